"""For which of the five reasons of Art. 14(1) a review is open at an instant, by items and clocks and without a job."""

from datetime import date, datetime

from django.utils import timezone

from design.formats import date_of
from inforequests.enums import KEEPING_BACK, Disposition, Limb, Stage
from inforequests.models import InformationRequest, RequestItem


def open_limbs(request: InformationRequest, at: datetime | None = None) -> tuple[Limb, ...]:
    """Return the reasons that fit what happened, in the order of the Protocol; none for a withdrawn request.

    Silence opens its reason on the first instant after the last day, and a later answer does not close it: what was
    ignored was ignored. "Otherwise" is always open. Nobody has to ask the authority itself first: the Protocol knows no
    such step.
    """
    if request.stage == Stage.WITHDRAWN:
        return ()
    today = date_of(at or timezone.now())
    items = request.sorted_items
    answered = [item for item in items if item.answered_at is not None]
    kept_back = [item for item in answered if item.disposition in KEEPING_BACK]
    limbs = [Limb.OTHERWISE]
    if any(was_ignored(item, today) for item in items):
        limbs.append(Limb.IGNORED)
    if items and len(answered) == len(items) and all(item.disposition == Disposition.WITHHELD for item in items):
        limbs.append(Limb.REFUSED_IN_FULL)
    elif kept_back:
        limbs.append(Limb.REFUSED_IN_PART)
    if answered:
        limbs.append(Limb.INADEQUATE)
    return tuple(limb for limb in Limb if limb in limbs)


def was_ignored(item: RequestItem, today: date) -> bool:
    """Return whether the last day of an item is over and no answer to it was sent by its end."""
    if item.last_day is None:
        return False
    answered_on = date_of(item.answered_at) if item.answered_at else today
    return answered_on > item.last_day
