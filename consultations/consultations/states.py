"""What a docket's times and states mean at an instant: pure functions that serve label, clock, intake and filter alike.

Intervals are half-open: a period is open from `opens_at` on, and no more at `closes_at`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from consultations.enums import DisplayState, EditorialState, HandlingState, NotOpenReason, TimeState

CLOSING_SOON: Final = timedelta(days=7)


class Window(Protocol):
    """Anything with an opening and a closing instant."""

    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True)
class IntakeStatus:
    """Whether comments are taken at an instant and, if not, the true reason."""

    is_open: bool
    reason: NotOpenReason | None
    opens_at: datetime | None
    closes_at: datetime | None


def window_at(windows: Sequence[Window], at: datetime) -> Window | None:
    """Return the window that is open at an instant, if any."""
    return next((window for window in windows if window.opens_at <= at < window.closes_at), None)


def closing_instant(windows: Sequence[Window], at: datetime) -> datetime | None:
    """Return when the comments that are being taken at an instant stop being taken; None where none are taken.

    A period and the extension that follows it without a gap close together, at the end of the last one.
    """
    window = window_at(windows, at)
    closes_at = None
    while window is not None:
        closes_at = window.closes_at
        window = window_at(windows, closes_at)
    return closes_at


def next_opening(windows: Sequence[Window], at: datetime) -> datetime | None:
    """Return when the next window opens after an instant, if one does."""
    return min((window.opens_at for window in windows if window.opens_at > at), default=None)


def last_closing(windows: Sequence[Window], at: datetime) -> datetime | None:
    """Return when the last window that is over at an instant closed, if one is."""
    return max((window.closes_at for window in windows if window.closes_at <= at), default=None)


def time_state(windows: Sequence[Window], at: datetime) -> TimeState:
    """Return whether comments are taken, will be, or were; with no window at all they are still to be announced."""
    if window_at(windows, at):
        return TimeState.OPEN
    if next_opening(windows, at) or not windows:
        return TimeState.ANNOUNCED
    return TimeState.CLOSED


_DISPLAY_BY_TIME: Final = {
    TimeState.ANNOUNCED: DisplayState.UPCOMING,
    TimeState.OPEN: DisplayState.OPEN,
    TimeState.CLOSED: DisplayState.UNDER_CONSIDERATION,
}


def display_state(handling: str, windows: Sequence[Window], at: datetime) -> DisplayState:
    """Return what the public is told at an instant."""
    if handling == HandlingState.DISCONTINUED:
        return DisplayState.DISCONTINUED
    if handling == HandlingState.DECISION_PUBLISHED:
        return DisplayState.CONCLUDED
    return _DISPLAY_BY_TIME[time_state(windows, at)]


def closes_soon(handling: str, windows: Sequence[Window], at: datetime) -> bool:
    """Return whether comments are taken now, but for no more than a week."""
    closes_at = closing_instant(windows, at)
    is_open = display_state(handling, windows, at) is DisplayState.OPEN
    return is_open and closes_at is not None and closes_at - at <= CLOSING_SOON


def intake_status(editorial: str, handling: str, windows: Sequence[Window], at: datetime) -> IntakeStatus:
    """Return whether a comment is taken at an instant, or the one true reason why not."""
    state = display_state(handling, windows, at)
    reason: NotOpenReason | None = None
    if editorial != EditorialState.PUBLISHED:
        reason = NotOpenReason.NOT_PUBLISHED
    elif state is DisplayState.DISCONTINUED:
        reason = NotOpenReason.DISCONTINUED
    elif state is DisplayState.UPCOMING:
        reason = NotOpenReason.NOT_OPEN_YET
    elif state is not DisplayState.OPEN:
        reason = NotOpenReason.CLOSED
    return IntakeStatus(
        is_open=reason is None,
        reason=reason,
        opens_at=next_opening(windows, at),
        closes_at=closing_instant(windows, at) if reason is None else last_closing(windows, at),
    )


def turning_points(windows: Sequence[Window], at: datetime) -> list[datetime]:
    """Return the instants after `at` at which a page about these windows would say something else, earliest first."""
    instants = {window.opens_at for window in windows} | {window.closes_at for window in windows}
    instants |= {window.closes_at - CLOSING_SOON for window in windows}
    return sorted(instant for instant in instants if instant > at)
