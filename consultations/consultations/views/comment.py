"""Sending a comment, in three pages that carry what was typed from one to the next: words, publication, check."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from consultations import domain
from consultations.domain.intake import intake_refusal
from consultations.enums import NotOpenReason, PublicationPreference, SubmitterType
from consultations.forms import LONGEST_COMMENT, WHOLE, PublicationForm, WordsForm, field_of
from consultations.guards import suspicion_about
from consultations.models import Docket, Measure
from consultations.refusals import IntakeClosedError
from consultations.wording import clock
from design.languages import current_code
from files.forms import FIELD, LISTED, Chosen, seal_and_files
from files.refusals import FileGoneError
from tracking.grants import grant
from tracking.guards import HONEYPOT, new_seal, read_seal

WORDS: Final = "words"
PUBLICATION: Final = "publication"
CHECK: Final = "check"
ADD_FILES: Final = "files"
_GONE: Final = 410
_FORBIDDEN: Final = 403


@dataclass(frozen=True)
class Answer:
    """One line of the page on which everything is checked, and the page on which it can be changed."""

    label: str
    text: str
    page: str
    is_text: bool = False


@dataclass(frozen=True)
class Carried:
    """An answer of another page, carried along in the form: the server keeps nothing before it is sent."""

    name: str
    value: str


# Not `never_cache`: its no-store would lose what was typed when somebody goes a page back.
@cache_control(private=True, max_age=0)
@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a page of the form, or take the comment; where none is taken, say the true reason and keep the words."""
    docket = get_object_or_404(Docket.objects.published().with_periods(), slug=slug)
    measures = list(docket.measures.select_related("pollutant", "activity"))
    status = docket.intake_status()
    if status.reason is not None:
        return _taken_before(request) or _not_open(request, docket, measures, status.reason, intake_refusal(status))
    if request.method != "POST":
        return _words_page(request, docket, WordsForm(measures=measures), seal=new_seal())
    return _answered(request, docket, measures)


def _answered(request: HttpRequest, docket: Docket, measures: list[Measure]) -> HttpResponse:
    """Show the page that comes after what was answered, or take the comment."""
    seal, chosen = seal_and_files(request)
    here, wanted = request.POST.get("page", WORDS), request.POST.get("go", "")
    words = WordsForm(request.POST, measures=measures, chosen=chosen, is_whole=wanted != ADD_FILES)
    publication = PublicationForm(request.POST)
    if not words.is_valid() or wanted in {WORDS, ADD_FILES}:
        return _words_page(request, docket, words, seal)
    if here == WORDS or wanted == PUBLICATION or not publication.is_valid():
        asked = here == PUBLICATION or (here == CHECK and wanted != PUBLICATION)
        return _publication_page(request, docket, publication if asked else _unasked(request), words, seal)
    if here != CHECK:
        return _check_page(request, docket, words, publication, seal)
    try:
        return _take(request, docket, measures, words, publication)
    except FileGoneError as refusal:
        words.add_error(FIELD, list(refusal.sentences))
        return _words_page(request, docket, words, seal)


def _take(
    request: HttpRequest,
    docket: Docket,
    measures: list[Measure],
    words: WordsForm,
    publication: PublicationForm,
) -> HttpResponse:
    """Hand the comment to the domain; a second click on "Send" comes to the same receipt."""
    seal = read_seal(request.POST.get("seal", ""))
    said = publication.cleaned_data
    try:
        sent = domain.receive_submission(
            docket,
            language=current_code(),
            text=words.whole,
            measure_texts=words.by_measure,
            publication_preference=PublicationPreference(said["preference"]),
            submitter_type=SubmitterType(said["submitter_type"]),
            name=said["name"],
            organisation=said["organisation"],
            email=said["email"],
            files=words.chosen.held,
            form_token=words.chosen.form_token,
            suspicion=suspicion_about(request, seal, timezone.now()),
        )
    except IntakeClosedError as refusal:
        return _not_open(request, docket, measures, refusal.reason, " ".join(refusal.sentences))
    return _to_receipt(request, sent)


def _taken_before(request: HttpRequest) -> HttpResponse | None:
    """Lead to the receipt where the first click on "Send" was in time and only the second one came too late."""
    seal = read_seal(request.POST.get("seal", ""))
    sent = domain.sent_before(seal.token) if seal else None
    return _to_receipt(request, sent) if sent else None


def _to_receipt(request: HttpRequest, sent: domain.Sent) -> HttpResponse:
    response = redirect("consultations:sent", number=sent.submission.tracking_number)
    grant(request, response, sent.submission.tracking_number, sent.secret)
    return response


def _words_page(request: HttpRequest, docket: Docket, form: WordsForm, seal: str) -> HttpResponse:
    context = {
        **_frame(docket),
        "title": _("What do you want to say?"),
        "form": form,
        "form_page": WORDS,
        "step": 1,
        "limit": LONGEST_COMMENT,
        "add_files": ADD_FILES,
        "carried": list(_carried(request, form, seal)),
        "clock": clock(docket),
    }
    return render(request, "consultations/comment_words.html", context)


def _publication_page(
    request: HttpRequest, docket: Docket, form: PublicationForm, words: WordsForm, seal: str
) -> HttpResponse:
    context = {
        **_frame(docket),
        "title": _("What may we publish?"),
        "form": form,
        "form_page": PUBLICATION,
        "step": 2,
        "carried": [*_carried(request, form, seal), *_carried_files(words.chosen)],
    }
    return render(request, "consultations/comment_publication.html", context)


def _check_page(
    request: HttpRequest, docket: Docket, words: WordsForm, publication: PublicationForm, seal: str
) -> HttpResponse:
    context = {
        **_frame(docket),
        "title": _("Check what you are sending"),
        "form_page": CHECK,
        "step": 3,
        "answers": [*_words_said(words), *_publication_said(publication)],
        "files": words.chosen.held,
        "carried": [*_carried(request, None, seal), *_carried_files(words.chosen)],
    }
    return render(request, "consultations/comment_check.html", context)


def _not_open(
    request: HttpRequest, docket: Docket, measures: list[Measure], reason: NotOpenReason, sentence: str
) -> HttpResponse:
    """Say why no comment is taken, and give back what was typed, so that nothing is lost."""
    if reason is NotOpenReason.NOT_PUBLISHED:
        raise Http404
    typed = [request.POST.get(name, "").strip() for name in (*map(field_of, measures), WHOLE)]
    context = {**_frame(docket), "sentence": sentence, "typed": [text for text in typed if text]}
    status = _FORBIDDEN if reason is NotOpenReason.NOT_OPEN_YET else _GONE
    return render(request, "consultations/comment_not_open.html", context, status=status)


def _frame(docket: Docket) -> dict[str, Any]:
    """Return what every page of the form shows."""
    return {
        "docket": docket,
        "steps": 3,
        "honeypot": HONEYPOT,
        "pages": {"words": WORDS, "publication": PUBLICATION, "check": CHECK},
        "breadcrumbs": breadcrumbs(docket),
    }


def breadcrumbs(docket: Docket) -> list[dict[str, str]]:
    """Return the way back up from a page about a docket."""
    return [
        {"title": _("Consultations"), "url": reverse("wagtail_serve", args=["consultations/"])},
        {"title": docket.title, "url": docket.get_absolute_url()},
    ]


def _carried(request: HttpRequest, shown: Form | None, seal: str) -> Iterator[Carried]:
    """Yield what the other pages hold already, and the seal; not what the shown form asks itself."""
    yield Carried("seal", seal)
    own = set(shown.fields) if shown else set()
    for name in request.POST:
        is_answer = name in PublicationForm.base_fields or name == WHOLE or name.startswith("measure_")
        if is_answer and name not in own:
            yield Carried(name, request.POST[name])


def _carried_files(chosen: Chosen) -> Iterator[Carried]:
    """Yield the files that were chosen on the first page; they are held here, and the form brings back which."""
    for file in chosen.held:
        yield Carried(LISTED, file.code)


def _unasked(request: HttpRequest) -> PublicationForm:
    """Return the form about publication without errors: as it is first shown, or filled with earlier answers."""
    if "preference" in request.POST:
        return PublicationForm(request.POST)
    return PublicationForm()


def _words_said(words: WordsForm) -> Iterator[Answer]:
    for name, field in words.texts.items():
        if words.cleaned_data[name]:
            yield Answer(str(field.label), words.cleaned_data[name], WORDS, is_text=True)


def _publication_said(form: PublicationForm) -> Iterator[Answer]:
    said = form.cleaned_data
    labels = {
        "preference": PublicationPreference(said["preference"]).label,
        "submitter_type": SubmitterType(said["submitter_type"]).label,
        "name": said["name"],
        "organisation": said["organisation"],
        "email": said["email"],
    }
    for name, text in labels.items():
        yield Answer(str(form.fields[name].label), str(text or _("Not given")), PUBLICATION)
