"""How a request's state is put into words for the components: tag, clock, and what became of it as a whole."""

from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from inforequests.enums import KEEPING_BACK, ClockKind, Disposition, ReviewState, Stage, Timeliness
from inforequests.models import Clock, InformationRequest

DISPOSITION_TONES: Final = {
    Disposition.UNDECIDED: "neutral",
    Disposition.PROVIDED: "done",
    Disposition.PROVIDED_IN_PART: "done",
    Disposition.ALREADY_PUBLIC: "done",
    Disposition.WITHHELD: "closed",
    Disposition.NOT_IN_REGISTER: "closed",
}
_CLOCK_STATES: Final = {
    Timeliness.IN_TIME: "open",
    Timeliness.DUE_TODAY: "soon",
    Timeliness.IGNORED: "overdue",
    Timeliness.ANSWERED_LATE: "closed",
}


def rolled_up(request: InformationRequest) -> Disposition:
    """Return what became of a request as a whole, by what its requester was told."""
    told = {item.public_disposition for item in request.sorted_items}
    if len(told) == 1:
        return told.pop()
    if Disposition.UNDECIDED in told and told <= {Disposition.UNDECIDED, *KEEPING_BACK}:
        return Disposition.UNDECIDED
    return Disposition.PROVIDED_IN_PART


def state_tag(request: InformationRequest, at: datetime | None = None) -> dict[str, str]:
    """Return label and tone of where a request stands at an instant, in the words that the public is told."""
    label, tone = _state(request, at or timezone.now())
    return {"label": capfirst(label), "tone": tone}


def _state(request: InformationRequest, moment: datetime) -> tuple[str, str]:
    if request.stage == Stage.WITHDRAWN:
        return str(Stage.WITHDRAWN.label), "closed"
    if request.is_open and request.timeliness(moment) is Timeliness.IGNORED:
        return str(Timeliness.IGNORED.label), "overdue"
    if request.review_state is ReviewState.OPEN:
        return str(ReviewState.OPEN.label), "soon"
    if request.stage == Stage.SENT:
        is_whole = rolled_up(request) not in KEEPING_BACK
        return str(Stage.SENT.label) if is_whole else _("answered, not in full"), "done"
    if request.timeliness(moment) is Timeliness.DUE_TODAY:
        return str(Timeliness.DUE_TODAY.label), "soon"
    # That an answer is ready and not sent yet is nothing that helps whoever waits for it.
    label = Stage.RECEIVED.label if request.stage == Stage.RECEIVED else Stage.IN_HAND.label
    return str(label), "open"


def clock(request: InformationRequest, at: datetime | None = None) -> dict[str, Any] | None:
    """Return what the clock shows while something is to be answered: by when, and how that was worked out."""
    moment = at or timezone.now()
    current = request.clock
    if current is None or not request.is_open:
        return None
    return {
        "label": _("To be complied with by") if current.kind == ClockKind.COMPLIANCE else _("To be answered by"),
        "deadline": current.last_day,
        "explanation": explanation(current),
        "state": _CLOCK_STATES[current.timeliness(moment)],
    }


def explanation(shown: Clock) -> list[str]:
    """Return how a clock's last day was worked out, as sentences."""
    zone = _("The day ends at midnight where the authority sits (%(zone)s).") % {"zone": settings.TIME_ZONE}
    return [*(str(line) for line in shown.lines), zone]
