"""Stopping out of a letter: with one click of the mail program (RFC 8058) or a button on a page; and undoing it."""

from datetime import datetime
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from following import domain
from following.models import Subscription
from following.subjects import find_subject
from following.tokens import Purpose, guarded, new_token, read_token
from following.views.crumbs import breadcrumbs

_GONE: Final = 410


# The token is what allows it: a mail program brings neither a cookie nor a form's token (RFC 8058, section 3.2).
@csrf_exempt
@guarded
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest) -> HttpResponse:
    """Stop one subject or everything, as the token says; opening the page only asks (mail scanners open links).

    The mail program's POST is answered on the spot: it follows no redirect.
    """
    read = read_token(Purpose.STOP, request.GET.get("token", ""))
    if read is None:
        return _dead(request)
    subscription, said = read
    is_one = bool(said.get("one"))
    subject = find_subject(subscription.kind, subscription.key) if is_one else None
    context = {"is_one": is_one, "subject": subject, "breadcrumbs": breadcrumbs()}
    if request.method != "POST":
        return render(request, "following/stop.html", context)
    at = domain.stop(subscription) if is_one else domain.stop_everything(subscription.email)
    undo = new_token(Purpose.RESUME, subscription, at=at.isoformat(), one=is_one)
    return render(request, "following/stopped.html", {**context, "undo": undo, "is_undone": False})


@guarded
@require_POST
def resume(request: HttpRequest) -> HttpResponse:
    """Undo what `stop` has just done: take up again what was stopped at that instant, and nothing else."""
    read = read_token(Purpose.RESUME, request.POST.get("token", ""))
    if read is None:
        return _dead(request)
    subscription, said = read
    rows = Subscription.objects.of(subscription.email)
    if said["one"]:
        rows = rows.filter(pk=subscription.pk)
    domain.resume(rows.filter(stopped_at=datetime.fromisoformat(said["at"])))
    context = {"is_undone": True, "is_one": said["one"], "subject": None, "undo": "", "breadcrumbs": breadcrumbs()}
    return render(request, "following/stopped.html", context)


def _dead(request: HttpRequest) -> HttpResponse:
    return render(request, "following/dead_link.html", {"breadcrumbs": breadcrumbs()}, status=_GONE)
