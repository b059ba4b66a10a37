"""What lists and desks say of a request in a few words; states in the words of the public site."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from design.desk.words import Tag
from design.formats import format_date_short, format_instant
from inforequests.enums import (
    FULLY_GIVEN,
    KEEPING_BACK,
    ClockKind,
    Disposition,
    ReviewState,
    Stage,
    Timeliness,
)
from inforequests.models import Clock, InformationRequest, RequestItem

_STAGE_TONES: Final[Mapping[Stage, str]] = {
    Stage.RECEIVED: "open",
    Stage.IN_HAND: "open",
    Stage.DECIDED: "open",
    Stage.SENT: "done",
    Stage.WITHDRAWN: "closed",
}
_TIMELINESS_TONES: Final[Mapping[Timeliness, str]] = {
    Timeliness.IN_TIME: "neutral",
    Timeliness.DUE_TODAY: "soon",
    Timeliness.IGNORED: "overdue",
    Timeliness.ANSWERED_LATE: "neutral",
}
ANSWERED_IN_PART: Final = pgettext_lazy("request", "answered in part")
KEPT_BACK: Final = pgettext_lazy("request", "kept back")
UNDER_REVIEW: Final = gettext_lazy("under review")


def stage_tag(request: InformationRequest) -> Tag:
    """Return how far a request has got; of what was answered also whether something is kept back."""
    stage = Stage(request.stage)
    if stage is Stage.SENT:
        given = [item.disposition for item in request.items.all()]
        if given and all(disposition == Disposition.WITHHELD for disposition in given):
            return Tag(KEPT_BACK, "closed")
        if any(disposition in KEEPING_BACK for disposition in given):
            return Tag(ANSWERED_IN_PART, "done")
    return Tag(stage.label, _STAGE_TONES[stage])


def request_tags(request: InformationRequest, at: datetime | None = None) -> list[Tag]:
    """Return where a request stands: how far it has got, whether that is in time, and whether it is under review."""
    tags = [stage_tag(request)]
    timeliness = request.timeliness(at or timezone.now())
    # "In time" goes without saying; a request that was withdrawn waits for nothing.
    if timeliness is not None and timeliness is not Timeliness.IN_TIME and request.stage != Stage.WITHDRAWN:
        tags.append(Tag(timeliness.label, _TIMELINESS_TONES[timeliness]))
    if request.review_state is ReviewState.OPEN:
        tags.append(Tag(UNDER_REVIEW, "soon"))
    return tags


def item_tag(item: RequestItem) -> Tag:
    """Return what becomes of one thing asked, and whether the requester knows it."""
    disposition = Disposition(item.disposition)
    if disposition is Disposition.UNDECIDED:
        return Tag(disposition.label, "open")
    if item.answered_at is None:
        return Tag(_("draft: %(answer)s") % {"answer": disposition.label}, "neutral")
    return Tag(disposition.label, "done" if disposition in FULLY_GIVEN else "closed")


def last_day_line(request: InformationRequest) -> str:
    """Return the last day on which an answer is in time; nothing where nothing is waited for."""
    clock = request.clock
    return format_date_short(clock.last_day) if clock is not None else ""


def clock_card(clock: Clock, at: datetime) -> dict[str, object]:
    """Return what a clock shows at an instant: the last day, how it was worked out, and how far off it is."""
    complies = clock.kind == ClockKind.COMPLIANCE
    return {
        "label": _("Last day to comply with the review") if complies else _("Last day for the answer"),
        "deadline": clock.last_day,
        "explanation": [str(line) for line in clock.lines],
        "state": "done" if not clock.is_running else _TIMELINESS_TONES[clock.timeliness(at)],
        "is_running": clock.is_running,
        "timeliness": clock.timeliness(at).label,
    }


def who_asked(request: InformationRequest) -> str:
    """Return who asked, as officials may know it."""
    if request.requester:
        return str(request.requester)
    return request.tombstone or pgettext("requester", "anonymous")


def language_hint(request: InformationRequest) -> str:
    """Return in a sentence in which language it was asked, for whoever writes to the requester."""
    return _("The requester asked in this language: %(language)s.") % {"language": request.get_language_display()}


def asked_line(request: InformationRequest) -> str:
    """Return when and by which way it was asked."""
    return _("asked %(instant)s, %(way)s") % {
        "instant": format_instant(request.submitted_at),
        "way": request.submission.get_kind_display(),
    }
