"""What requesters do with their own request: write, ask for a review, choose who may read it, withdraw it.

Each page is there only for whoever has given the access key; everybody else is asked for it, and nothing happens.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from design.languages import current_code
from design.refusals import Refusal
from inforequests import domain
from inforequests.enums import AnswerPrivacy, Limb
from inforequests.forms import MessageForm, PrivacyForm, ReviewForm, WithdrawForm
from inforequests.models import InformationRequest, ReviewBody
from inforequests.permissions import (
    requester_can_ask_review,
    requester_can_choose_privacy,
    requester_can_reply,
    requester_can_withdraw,
)
from inforequests.remedies import open_limbs
from inforequests.views.asking import breadcrumbs
from inforequests.views.tracking import stored_request, to_track
from tracking.grants import granted_key
from tracking.guards import new_seal, read_seal

_CONFLICT: Final = 409

OfRequester = Callable[[HttpRequest, InformationRequest, str], HttpResponse]


def for_requester(view: OfRequester) -> Callable[[HttpRequest, str], HttpResponse]:
    """Decorate a view of one's own request: it gets the request and the key that this browser has given for it."""

    @cache_control(private=True, max_age=0)
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def asking_for_key(request: HttpRequest, number: str) -> HttpResponse:
        subject = stored_request(number)
        key = granted_key(request, subject)
        if not key:
            return to_track(number)
        return view(request, subject, key)

    return asking_for_key


@for_requester
def message(request: HttpRequest, subject: InformationRequest, key: str) -> HttpResponse:
    """Write a message to the authority; a second click on "Send" changes nothing."""
    if not requester_can_reply(key, subject):
        return _to_request(subject)
    form = MessageForm(request.POST) if request.method == "POST" else MessageForm(initial={"seal": new_seal()})
    if request.method == "POST" and form.is_valid():
        seal = read_seal(form.cleaned_data["seal"])
        token = seal.token if seal else ""
        return _done(
            request,
            subject,
            lambda: domain.receive_message(
                subject, key=key, text=form.cleaned_data["text"], language=current_code(), form_token=token
            ),
            said=_("Your message is sent. It stands below, under “Messages”."),
        )
    return _page(
        request,
        subject,
        form,
        title=_("Write to the authority"),
        submit_label=_("Send message"),
        lead=_("Add something, or answer a question you were asked. You need not."),
    )


@for_requester
def review(request: HttpRequest, subject: InformationRequest, key: str) -> HttpResponse:
    """Ask for a review by one of the five sentences; only of one's own request."""
    if not requester_can_ask_review(key, subject):
        return _to_request(subject)
    bodies = list(ReviewBody.objects.receiving_here())
    limbs = open_limbs(subject, timezone.now())
    if not bodies:
        return _to_request(subject, "#review")
    form = ReviewForm(request.POST if request.method == "POST" else None, limbs=limbs, bodies=bodies)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        return _done(
            request,
            subject,
            lambda: domain.open_review(
                subject, key=key, limb=Limb(said["limb"]), body=said["body"], words=said["words"]
            ),
            said=_("You have asked for a review. What becomes of it stands below."),
        )
    return _page(
        request,
        subject,
        form,
        title=_("Ask for a review"),
        submit_label=_("Ask for a review"),
        lead=_("People who are not the authority look at what happened, and decide. It is your right (Article 14)."),
    )


@for_requester
def publication(request: HttpRequest, subject: InformationRequest, key: str) -> HttpResponse:
    """Choose who may read question and answer."""
    if not requester_can_choose_privacy(key, subject):
        return _to_request(subject)
    form = PrivacyForm(request.POST) if request.method == "POST" else PrivacyForm(initial={"privacy": subject.privacy})
    if request.method == "POST" and form.is_valid():
        privacy = AnswerPrivacy(form.cleaned_data["privacy"])
        chosen = _("Your choice is saved.")
        return _done(request, subject, lambda: domain.choose_privacy(subject, key=key, privacy=privacy), said=chosen)
    return _page(request, subject, form, title=_("Who may read it?"), submit_label=_("Save the choice"), lead="")


@for_requester
def withdraw(request: HttpRequest, subject: InformationRequest, key: str) -> HttpResponse:
    """Withdraw the request, after one question."""
    if not requester_can_withdraw(key, subject):
        return _to_request(subject)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        withdrawn = _("The request is withdrawn. Nobody will answer it any more.")
        return _done(request, subject, lambda: domain.withdraw_request(subject, key=key), said=withdrawn)
    return _page(
        request,
        subject,
        form,
        title=_("Withdraw the request"),
        submit_label=_("Withdraw the request"),
        lead=_("You will get no answer to it. You can ask again at any time."),
    )


def _done(request: HttpRequest, subject: InformationRequest, act: Callable[[], Any], *, said: str) -> HttpResponse:
    """Do the act, say so on the request's page; where it has no place any more, say why and keep what was typed."""
    try:
        act()
    except Refusal as refusal:
        context = {
            "subject": subject,
            "sentences": refusal.sentences,
            "typed": [request.POST[name] for name in ("text", "words") if request.POST.get(name)],
            "breadcrumbs": _trail(subject),
        }
        return render(request, "inforequests/not_done.html", context, status=_CONFLICT)
    messages.success(request, said)
    return _to_request(subject)


def _page(
    request: HttpRequest, subject: InformationRequest, form: Form, *, title: str, submit_label: str, lead: str
) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "submit_label": submit_label,
        "lead": lead,
        "back_url": subject.get_absolute_url(),
        "breadcrumbs": _trail(subject),
    }
    return render(request, "question.html", context)


def _trail(subject: InformationRequest) -> list[dict[str, str]]:
    return [*breadcrumbs(), {"title": subject.tracking_number, "url": subject.get_absolute_url()}]


def _to_request(subject: InformationRequest, anchor: str = "") -> HttpResponse:
    return redirect(f"{subject.get_absolute_url()}{anchor}")
