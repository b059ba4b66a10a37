"""Asking, in two pages that carry what was typed from one to the next: the questions, then where the answer goes.

Between them stands what is public already and may be the answer; nobody has to look at it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from design.languages import current_code
from files.forms import FIELD, LISTED, Chosen, seal_and_files
from files.refusals import FileGoneError
from inforequests import domain
from inforequests.enums import AnswerPrivacy, Suspicion
from inforequests.forms import LONGEST_QUESTION, MOST_QUESTIONS, ContactForm, QuestionsForm, name_of
from inforequests.queries import suggestions
from register.models import Facility, Pollutant
from tracking.grants import grant
from tracking.guards import HONEYPOT, new_seal, read_seal, why_suspicious

QUESTIONS: Final = "questions"
CONTACT: Final = "contact"
ANOTHER: Final = "another"
_SCOPE: Final = ("pollutant", "facility")
_MOST_REQUESTS: Final = 30  # from one connection in an hour; a library or an office has one connection


@dataclass(frozen=True)
class Carried:
    """An answer of another page, carried along in the form: the server keeps nothing before it is sent."""

    name: str
    value: str


@dataclass(frozen=True)
class Scope:
    """What of the register the questions are about, where the asker comes from its page."""

    pollutant: Pollutant | None
    facility: Facility | None

    @property
    def names(self) -> list[str]:
        """What it is, by name."""
        names = [self.pollutant.name if self.pollutant else "", self.facility.title if self.facility else ""]
        return [name for name in names if name]


# Not `never_cache`: its no-store would lose what was typed when somebody goes a page back.
@cache_control(private=True, max_age=0)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Show a page of the form, or take the request."""
    if request.method != "POST":
        return _questions_page(request, QuestionsForm(), seal=new_seal())
    return _answered(request, _boxes_of(request))


def _answered(request: HttpRequest, boxes: int) -> HttpResponse:
    """Show the page that comes after what was answered, or take the request."""
    seal, chosen = seal_and_files(request)
    here, wanted = request.POST.get("page", QUESTIONS), request.POST.get("go", "")
    if wanted == ANOTHER and not chosen.refusals:
        return _questions_page(request, _unchecked(request, boxes + 1, chosen), seal)
    questions, contact = QuestionsForm(request.POST, boxes=boxes, chosen=chosen), ContactForm(request.POST)
    if not questions.is_valid() or wanted == QUESTIONS:
        return _questions_page(request, questions, seal)
    if here != CONTACT:
        return _contact_page(request, questions, _unasked(request), seal)
    if not contact.is_valid():
        return _contact_page(request, questions, contact, seal)
    try:
        return _take(request, questions, contact)
    except FileGoneError as refusal:
        questions.add_error(FIELD, list(refusal.sentences))
        return _questions_page(request, questions, seal)


def _take(request: HttpRequest, questions: QuestionsForm, contact: ContactForm) -> HttpResponse:
    """Hand the request to the domain; a second click on "Send" comes to the same receipt."""
    seal = read_seal(request.POST.get("seal", ""))
    scope = _scope_of(request)
    said = contact.cleaned_data
    suspicion = why_suspicious(request, seal, what="request", most=_MOST_REQUESTS)
    sent = domain.receive_request(
        language=said["language"],
        questions=[domain.Question(text, scope.pollutant, scope.facility) for text in questions.questions],
        name=said["name"],
        email=said["email"],
        privacy=AnswerPrivacy(said["privacy"]),
        files=questions.chosen.held,
        form_token=questions.chosen.form_token,
        suspicion=Suspicion(suspicion) if suspicion else None,
    )
    response = redirect("inforequests:sent", number=sent.request.tracking_number)
    grant(request, response, sent.request.tracking_number, sent.secret)
    return response


def _questions_page(request: HttpRequest, form: QuestionsForm, seal: str) -> HttpResponse:
    context = {
        **_frame(request),
        "title": _("What do you want to know?"),
        "form": form,
        "form_page": QUESTIONS,
        "step": 1,
        "limit": LONGEST_QUESTION,
        "can_add": form.boxes < MOST_QUESTIONS,
        "another": ANOTHER,
        "new_box": f"id_{name_of(form.boxes + 1)}",
        "carried": list(_carried(request, form, seal)),
    }
    return render(request, "inforequests/ask_questions.html", context)


def _contact_page(request: HttpRequest, questions: QuestionsForm, form: ContactForm, seal: str) -> HttpResponse:
    context = {
        **_frame(request),
        "title": _("Where shall the answer go?"),
        "form": form,
        "form_page": CONTACT,
        "step": 2,
        "asked": questions.questions,
        "suggestions": suggestions(questions.questions),
        "back": QUESTIONS,
        "files": questions.chosen.held,
        "carried": [
            *_carried(request, form, seal),
            *(Carried(LISTED, file.code) for file in questions.chosen.held),
        ],
    }
    return render(request, "inforequests/ask_contact.html", context)


def _frame(request: HttpRequest) -> dict[str, Any]:
    """Return what both pages of the form show."""
    return {"steps": 2, "honeypot": HONEYPOT, "about": _scope_of(request).names, "breadcrumbs": breadcrumbs()}


def breadcrumbs() -> list[dict[str, str]]:
    """Return the way back up from a page about requests."""
    return [{"title": _("Ask for information"), "url": reverse("wagtail_serve", args=["requests/"])}]


def _boxes_of(request: HttpRequest) -> int:
    """Return how many boxes for questions the form had."""
    return next((number for number in range(MOST_QUESTIONS, 0, -1) if name_of(number) in request.POST), 1)


def _unchecked(request: HttpRequest, boxes: int, chosen: Chosen) -> QuestionsForm:
    """Return the form with what was typed and one more box to begin in, and without a word about what is empty."""
    typed = {name_of(number): request.POST.get(name_of(number), "") for number in range(1, boxes + 1)}
    form = QuestionsForm(boxes=boxes, initial=typed, chosen=chosen)
    form.fields[name_of(form.boxes)].widget.attrs["autofocus"] = True
    return form


def _unasked(request: HttpRequest) -> ContactForm:
    """Return the second page's form without errors: as it is first shown, or filled with earlier answers."""
    given = {name: request.POST[name] for name in ContactForm.base_fields if name in request.POST}
    return ContactForm(initial={"language": current_code(), **given})


def _carried(request: HttpRequest, shown: Any, seal: str) -> Iterator[Carried]:
    """Yield what the other page holds already, what it is about, and the seal."""
    yield Carried("seal", seal)
    for name in _SCOPE:
        value = _given(request, name)
        if value:
            yield Carried(name, value)
    others = [*ContactForm.base_fields, *(name_of(number) for number in range(1, MOST_QUESTIONS + 1))]
    for name in others:
        if name in request.POST and name not in shown.fields:
            yield Carried(name, request.POST[name])


def _scope_of(request: HttpRequest) -> Scope:
    """Return what of the register the form is about; what there is not is left out in silence."""
    slug, public_id = _given(request, "pollutant"), _given(request, "facility")
    return Scope(
        pollutant=Pollutant.objects.filter(slug=slug).first() if slug else None,
        facility=Facility.objects.filter(public_id=public_id).first() if public_id else None,
    )


def _given(request: HttpRequest, name: str) -> str:
    given = request.POST if request.method == "POST" else request.GET
    return given.get(name, "").replace("\x00", "")[:200]
