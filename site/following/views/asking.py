"""Asking to follow something, and saying yes."""

from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from design.languages import current_code
from design.refusals import Refusal
from following import domain, limits, subjects
from following.enums import Frequency
from following.forms import FollowForm, FrequencyForm
from following.grants import grant, own_address
from following.subjects import Subject
from following.tokens import Purpose, guarded, read_token
from following.views.crumbs import breadcrumbs
from tracking.guards import HONEYPOT, new_seal, read_seal, too_many

_GONE: Final = 410


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, kind: str) -> HttpResponse:
    """Show the ways to follow a subject, and take the wish for letters; whoever is signed in is believed."""
    subject = _subject(request, kind)
    own = own_address(request)
    form_class = FrequencyForm if own else FollowForm
    if request.method != "POST":
        return _page(request, subject, form_class(), own)
    if limits.connection_asks_too_much(request):
        return too_many(request)
    form = form_class(request.POST)
    if not form.is_valid():
        return _page(request, subject, form, own)
    wish = domain.Wish(subject, form.chosen, current_code())
    return _follow_with(request, own, wish, form) if own else _ask_first(request, wish, form)


def _follow_with(request: HttpRequest, own: str, wish: domain.Wish, form: FrequencyForm) -> HttpResponse:
    """Begin at once with the address of an account: it was confirmed there."""
    try:
        domain.follow_at_once(own, wish)
    except Refusal as refusal:
        form.add_error(None, list(refusal.sentences))
        return _page(request, wish.subject, form, own)
    messages.success(request, _("You follow “%(title)s” now.") % {"title": wish.subject.title})
    return redirect("following:mine")


def _ask_first(request: HttpRequest, wish: domain.Wish, form: FrequencyForm) -> HttpResponse:
    """Write to the address for its yes, unless the subject is flooded; the same page follows for every address."""
    if limits.subject_is_flooded(wish.subject.kind, wish.subject.key):
        form.add_error(None, _("Very many people ask to follow this just now. Try again in an hour, or take the feed."))
        return _page(request, wish.subject, form, "", status=HTTPStatus.TOO_MANY_REQUESTS)
    _ask(request, form.cleaned_data["email"], wish)
    return redirect("following:asked")


def _ask(request: HttpRequest, email: str, wish: domain.Wish) -> None:
    """Write to an address, unless a machine asks or the address had enough; who asked cannot tell which it was."""
    seal = read_seal(request.POST.get("seal", ""))
    if seal is None or limits.is_machine(seal, request.POST.get(HONEYPOT, ""), timezone.now()):
        return
    if not limits.address_has_enough(email):
        domain.ask_to_follow(email, wish, seal=seal.token)


@never_cache
@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """Say what happens next, the same to everybody: it tells nothing about any address."""
    return render(request, "following/asked.html", {"breadcrumbs": breadcrumbs()})


@guarded
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Ask for the yes with a button (programs that check mail open every link), and take it."""
    is_answer = request.method == "POST"
    token = (request.POST if is_answer else request.GET).get("token", "")
    read = read_token(Purpose.CONFIRM, token)
    subject = subjects.find_subject(read[0].kind, read[0].key) if read else None
    if read is None or subject is None:
        return render(request, "following/dead_link.html", {"breadcrumbs": breadcrumbs()}, status=_GONE)
    subscription, said = read
    frequency = Frequency(said["frequency"])
    context = {
        "subject": subject,
        "frequency": frequency.label,
        "token": token,
        "refusals": (),
        "is_answered": subscription.asking != said["asking"],
        "breadcrumbs": breadcrumbs(),
    }
    if not is_answer:
        return render(request, "following/confirm.html", context)
    try:
        is_new = domain.confirm(subscription, asking=said["asking"], frequency=frequency, language=said["language"])
    except Refusal as refusal:
        return render(request, "following/confirm.html", {**context, "refusals": refusal.sentences})
    if is_new:
        messages.success(request, _("Thank you. You follow “%(title)s” now.") % {"title": subject.title})
    response = redirect("following:mine")
    grant(response, subscription.email)
    return response


def _subject(request: HttpRequest, kind: str) -> Subject:
    """Return what is to be followed; 404 where there is none, or where this visitor may not."""
    known = subjects.kind_named(kind)
    subject = subjects.find_subject(kind, request.GET.get("key", ""))
    if known is None or subject is None or not known.may_be_followed(request, subject.key):
        raise Http404
    return subject


def _page(request: HttpRequest, subject: Subject, form: FrequencyForm, own: str, *, status: int = 200) -> HttpResponse:
    context = {
        "subject": subject,
        "form": form,
        "own": own,
        "seal": request.POST.get("seal") or new_seal(),
        "honeypot": HONEYPOT,
        "feed": settings.BASE_URL + subjects.feed_address(subject.kind, subject.key),
        "calendar": settings.BASE_URL + subjects.calendar_address(subject.kind, subject.key),
        "breadcrumbs": breadcrumbs(),
    }
    return render(request, "following/follow.html", context, status=status)
