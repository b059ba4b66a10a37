"""How a docket's state is put into words for the components: tag, clock, and the days that count."""

from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.enums import DisplayState, PeriodKind
from consultations.models import Docket
from design.formats import format_date_long, format_instant

_TONES: Final = {
    DisplayState.UPCOMING: "neutral",
    DisplayState.OPEN: "open",
    DisplayState.UNDER_CONSIDERATION: "closed",
    DisplayState.CONCLUDED: "done",
    DisplayState.DISCONTINUED: "closed",
}


def state_tag(docket: Docket, at: datetime | None = None) -> dict[str, str]:
    """Return label and tone of the docket's state at an instant; the label is the word of the filters."""
    moment = at or timezone.now()
    state = docket.display_state(moment)
    tone = _TONES[state]
    if docket.closes_soon(moment):
        tone = "soon"
    elif docket.is_overdue(moment):
        tone = "overdue"
    return {"label": str(state.label), "tone": tone}


def clock(docket: Docket, at: datetime | None = None) -> dict[str, Any] | None:
    """Return what the clock shows at an instant: what ends or is due next, and how that was worked out."""
    moment = at or timezone.now()
    state = docket.display_state(moment)
    if state is DisplayState.OPEN:
        return {
            "label": _("Comments close"),
            "deadline": docket.closes_at(moment),
            "explanation": [*_periods_in_words(docket), _half_open(), _zone()],
            "state": "soon" if docket.closes_soon(moment) else "open",
        }
    opening = docket.opens_at(moment)
    if state is DisplayState.UPCOMING and opening:
        return {
            "label": _("Comments open"),
            "deadline": opening,
            "explanation": [*_periods_in_words(docket), _zone()],
            "state": "open",
        }
    if state is DisplayState.UNDER_CONSIDERATION and docket.decision_expected_by:
        return {
            "label": _("Decision expected by"),
            "deadline": docket.decision_expected_by,
            "explanation": [*_periods_in_words(docket), _expectation(docket)],
            "state": "overdue" if docket.is_overdue(moment) else "open",
        }
    return None


def _periods_in_words(docket: Docket) -> list[str]:
    """Return each period as a sentence, with the reason of an extension or re-opening."""
    sentences = {
        PeriodKind.ORIGINAL: _("Comments were to be taken from %(opens)s until %(closes)s."),
        PeriodKind.EXTENSION: _("The period was extended until %(closes)s. Reason: %(reason)s"),
        PeriodKind.REOPENING: _("Comments were re-opened from %(opens)s until %(closes)s. Reason: %(reason)s"),
    }
    return [
        sentences[PeriodKind(period.kind)]
        % {
            "opens": format_instant(period.opens_at),
            "closes": format_instant(period.closes_at),
            "reason": period.reason,
        }
        for period in docket.windows
    ]


def _half_open() -> str:
    return _("The server’s clock decides: what arrives before the closing instant counts, what arrives at it does not.")


def _zone() -> str:
    return _("Times are those of the authority’s zone, %(zone)s.") % {"zone": settings.TIME_ZONE}


def _expectation(docket: Docket) -> str:
    day = format_date_long(docket.decision_expected_by) if docket.decision_expected_by else ""
    return _("The authority said on publication that it expects to decide by %(day)s.") % {"day": day}
