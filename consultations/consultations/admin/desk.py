"""What the desk of a docket shows: where it stands, what can be done now and later, what is missing, what happened."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
from wagtail.models import Locale

from accounts.roles import Role
from consultations.acts import DOCKET_RULES, Act
from consultations.domain import coverage_of, missing_by_part, missing_for_decision
from consultations.domain.decisions import Coverage
from consultations.domain.records import AREA, DOCKET, SUBMISSION
from consultations.enums import DocketPart, HandlingState, Verb
from consultations.models import ConsultationPage, Docket, OfficialResponse, Submission
from consultations.permissions import docket_allows, user_has_role_for
from design.formats import format_number
from ledger.domain import PUBLIC_ACTOR, SYSTEM_ACTOR
from ledger.models import Entry

# Every act on a docket has its page; the order is that of the work.
ACT_PAGES: Final[Mapping[Act, str]] = {
    Act.CHANGE_DOCKET: "dockets:edit",
    Act.PUBLISH_DOCKET: "dockets:publish",
    Act.EXTEND_PERIOD: "dockets:extend",
    Act.RECORD_SUBMISSION: "dockets:enter",
    Act.PUBLISH_RESPONSES: "dockets:publish_answers",
    Act.REOPEN_DOCKET: "dockets:reopen",
    Act.DRAFT_DECISION: "dockets:decision",
    Act.PUBLISH_DECISION: "dockets:publish_decision",
    Act.DISCONTINUE_DOCKET: "dockets:discontinue",
}
_PART_ANCHORS: Final[Mapping[DocketPart, str]] = {
    DocketPart.TEXTS: "tab-texts",
    DocketPart.MEASURES: "tab-measures",
    DocketPart.DOSSIER: "tab-dossier",
    DocketPart.PERIOD: "tab-times",
    DocketPart.DECISION_DAY: "tab-times",
    DocketPart.CONTACT: "tab-texts",
}
_ACTORS: Final[Mapping[str, Promise]] = {
    PUBLIC_ACTOR: gettext_lazy("the public"),
    SYSTEM_ACTOR: gettext_lazy("the site"),
}
_GRAVE: Final = (Act.DISCONTINUE_DOCKET,)


@dataclass(frozen=True)
class Step:
    """An act that the person has a role for: where it is done, or why it has no place yet."""

    label: Promise | str
    url: str
    refusal: str = ""
    is_main: bool = False
    is_grave: bool = False


@dataclass(frozen=True)
class Check:
    """One part of a file before publication: complete, or what it lacks and where that is mended."""

    label: Promise | str
    missing: list[str]
    url: str

    @property
    def is_done(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


@dataclass(frozen=True)
class Happened:
    """A line of the timeline."""

    instant: datetime
    actor: str
    text: str
    is_public: bool
    facts: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Progress:
    """How far the work on the submissions has got, in numbers that lead to the submissions behind them."""

    coverage: Coverage
    counts: list[dict[str, Any]]
    drafted_answers: int

    @property
    def answered(self) -> int:
        """Points with an answer, published or not."""
        return self.coverage.points - self.coverage.unanswered

    @property
    def in_words(self) -> str:
        """The bar in words."""
        points = self.coverage.points
        return ngettext(
            "%(answered)s of %(points)s point has an answer.",
            "%(answered)s of %(points)s points have an answer.",
            points,
        ) % {"answered": format_number(self.answered), "points": format_number(points)}


def steps_for(person: Any, docket: Docket, at: datetime) -> tuple[list[Step], list[Step]]:
    """Return what the person can do with a docket at an instant, and what at another time, with the reason."""
    now, later = [], []
    main = _main_act(person, docket, at)
    for act, url_name in ACT_PAGES.items():
        if not user_has_role_for(person, act):
            continue
        url = reverse(url_name, args=[docket.pk])
        if docket_allows(act, docket, at):
            now.append(Step(act.label, url, is_main=act is main, is_grave=act in _GRAVE))
        else:
            later.append(Step(act.label, url, refusal=str(DOCKET_RULES[act].refusal)))
    return now, later


def _main_act(person: Any, docket: Docket, at: datetime) -> Act | None:
    """Return the act that the person is most likely here for."""
    for act in (Act.PUBLISH_DECISION, Act.PUBLISH_DOCKET, Act.DRAFT_DECISION, Act.RECORD_SUBMISSION, Act.CHANGE_DOCKET):
        if user_has_role_for(person, act) and docket_allows(act, docket, at):
            return act
    return None


def checklist(docket: Docket, at: datetime) -> list[Check]:
    """Return every part of a draft with what it lacks before publication."""
    form = reverse("dockets:edit", args=[docket.pk])
    return [
        Check(part.label, missing, f"{form}#{_PART_ANCHORS[part]}")
        for part, missing in missing_by_part(docket, at).items()
    ]


def progress_of(docket: Docket) -> Progress:
    """Return how far the work on the submissions has got; five queries."""
    submissions = Submission.objects.filter(docket=docket)
    listing = f"{reverse('submissions:index')}?docket={docket.pk}"
    found = submissions.aggregate(
        all=Count("pk"),
        pending=Count("pk", filter=Q(pk__in=submissions.pending())),
        published=Count("pk", filter=Q(pk__in=submissions.published())),
        withheld=Count("pk", filter=Q(pk__in=submissions.withheld())),
        held=Count("pk", filter=Q(pk__in=submissions.held())),
    )
    coverage = coverage_of(docket)
    return Progress(
        coverage=coverage,
        counts=[
            {"label": pgettext("comments", "received"), "count": found["all"], "url": listing},
            {"label": pgettext("comments", "unread"), "count": coverage.unread, "url": f"{listing}&waits_for=unread"},
            {"label": _("held for a look"), "count": found["held"], "url": f"{listing}&waits_for=held"},
            {
                "label": _("wait for a word on publication"),
                "count": found["pending"],
                "url": f"{listing}&waits_for=pending",
            },
            {"label": _("late, to be decided"), "count": coverage.undetermined, "url": f"{listing}&waits_for=late"},
            {
                "label": pgettext("comments", "published"),
                "count": found["published"],
                "url": f"{listing}&publication_state=published",
            },
            {
                "label": pgettext("comments", "withheld"),
                "count": found["withheld"],
                "url": f"{listing}&publication_state=withheld",
            },
        ],
        drafted_answers=OfficialResponse.objects.unpublished().filter(point__submission__docket=docket).count(),
    )


def timeline(docket: Docket) -> list[Happened]:
    """Return what happened with a docket, newest first; each submission has a record of its own."""
    entries: QuerySet[Entry] = Entry.objects.about(DOCKET, docket.reference).order_by("-instant", "-pk")
    return [_line(entry) for entry in entries]


def submission_timeline(submission: Submission) -> list[Happened]:
    """Return what happened with a submission, newest first."""
    entries = Entry.objects.about(SUBMISSION, submission.tracking_number).filter(area=AREA)
    return [_line(entry) for entry in entries.order_by("-instant", "-pk")]


def _line(entry: Entry) -> Happened:
    actor = _ACTORS.get(entry.actor_role) or Role(entry.actor_role).label
    return Happened(entry.instant, str(actor), str(Verb(entry.verb).label), entry.public)


def pages_of(docket: Docket) -> list[dict[str, Any]]:
    """Return the public page in each language, with where its background is written; empty before publication."""
    pages = {page.locale_id: page for page in ConsultationPage.objects.filter(docket=docket).select_related("locale")}
    return [
        {
            "language": locale.get_display_name(),
            "page": pages[locale.pk],
            "edit_url": reverse("wagtailadmin_pages:edit", args=[pages[locale.pk].pk]),
        }
        for locale in Locale.objects.all()
        if locale.pk in pages
    ]


def decision_gaps(docket: Docket, at: datetime) -> list[str]:
    """Return what a drafted decision lacks before publication; nothing where none is drafted."""
    if docket.handling_state != HandlingState.DECISION_DRAFTED:
        return []
    return missing_for_decision(docket, at)
