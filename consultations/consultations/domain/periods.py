"""Setting, extending and re-opening comment periods; what was once announced is never overwritten."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.acts import DOCKET_RULES, Act
from consultations.domain.commitments import reason_words
from consultations.domain.records import record_about_docket
from consultations.enums import PeriodKind, Verb
from consultations.models import Docket, Period
from consultations.permissions import require
from consultations.refusals import PeriodError
from consultations.states import closing_instant, next_opening
from design.formats import format_instant
from design.texts import Texts


@transaction.atomic
def add_period(
    docket: Docket,
    *,
    actor: Any,
    opens_at: datetime,
    closes_at: datetime,
    notice: str = "",
    at: datetime | None = None,
) -> Period:
    """Set the first comment period of a consultation that is not published yet; an earlier plan gives way.

    Side effects, in order: the earlier plan is dropped, the period is stored, the record gets an entry (not public).
    Raises PermissionDenied, WrongStateError and PeriodError.
    """
    moment = at or timezone.now()
    docket = Docket.objects.select_for_update().get(pk=docket.pk)
    require(Act.PLAN_PERIOD, actor, docket, moment)
    docket.periods.all().delete()
    planned = Period(kind=PeriodKind.ORIGINAL, opens_at=opens_at, closes_at=closes_at, notice=notice)
    period = _store(planned, docket, actor=actor, at=moment)
    _record(Verb.PERIOD_ADDED, Act.PLAN_PERIOD, period, actor, moment, public=False)
    return period


@transaction.atomic
def extend_period(
    docket: Docket,
    *,
    actor: Any,
    closes_at: datetime,
    reason: Texts,
    notice: str = "",
    at: datetime | None = None,
) -> Period:
    """Let comments close later: a period of its own that begins when the running or coming one ends.

    Side effects, in order: the extension is stored, the record gets a public entry that commits to the reason. Raises
    PermissionDenied, WrongStateError, and PeriodError where the new end is not later or the reason is missing in a
    language.
    """
    moment = at or timezone.now()
    docket = Docket.objects.select_for_update().get(pk=docket.pk)
    require(Act.EXTEND_PERIOD, actor, docket, moment)
    _require_reason(reason)
    opening = next_opening(docket.windows, moment)
    current_end = closing_instant(docket.windows, moment) or (
        closing_instant(docket.windows, opening) if opening else None
    )
    if current_end is None:
        raise PeriodError(DOCKET_RULES[Act.EXTEND_PERIOD].refusal)
    extension = Period(kind=PeriodKind.EXTENSION, opens_at=current_end, closes_at=closes_at, notice=notice)
    reason.put(extension, "reason")
    period = _store(extension, docket, actor=actor, at=moment)
    _record(Verb.PERIOD_EXTENDED, Act.EXTEND_PERIOD, period, actor, moment)
    return period


@transaction.atomic
def reopen_docket(
    docket: Docket,
    *,
    actor: Any,
    opens_at: datetime,
    closes_at: datetime,
    reason: Texts,
    notice: str = "",
    at: datetime | None = None,
) -> Period:
    """Take comments again after they closed; until the new period opens, the proposal may be changed.

    Side effects, in order: the period is stored, a drafted decision goes back to being a draft of nothing decided
    (handling: collecting), the record gets a public entry that commits to the reason. Raises PermissionDenied,
    WrongStateError and PeriodError.
    """
    moment = at or timezone.now()
    docket = Docket.objects.select_for_update().get(pk=docket.pk)
    require(Act.REOPEN_DOCKET, actor, docket, moment)
    _require_reason(reason)
    if opens_at < moment:
        raise PeriodError(_("A new period opens in the future: choose a later opening."))
    reopening = Period(kind=PeriodKind.REOPENING, opens_at=opens_at, closes_at=closes_at, notice=notice)
    reason.put(reopening, "reason")
    period = _store(reopening, docket, actor=actor, at=moment)
    docket.handling_state = DOCKET_RULES[Act.REOPEN_DOCKET].to_handling or docket.handling_state
    docket.save()
    _record(Verb.DOCKET_REOPENED, Act.REOPEN_DOCKET, period, actor, moment)
    return period


def reset_opening(docket: Docket, *, not_before: datetime) -> None:
    """Make the planned period of a docket that is being published open now, where its opening has passed unseen."""
    planned = docket.periods.first()
    if planned is None or planned.opens_at >= not_before:
        return
    planned.delete()
    planned.pk = None
    planned._state.adding = True
    planned.opens_at = not_before
    planned.save()


def _store(period: Period, docket: Docket, *, actor: Any, at: datetime) -> Period:
    """Store a period, or raise PeriodError with what is wrong with it."""
    if period.closes_at <= period.opens_at:
        if period.kind == PeriodKind.EXTENSION:
            closing = format_instant(period.opens_at)
            raise PeriodError(_("Comments close on %(closing)s already: choose a later end.") % {"closing": closing})
        raise PeriodError(_("Comments must close after they open: choose a later end."))
    if period.closes_at <= at:
        raise PeriodError(_("Comments would close in the past: choose a later end."))
    overlapping = Period.objects.filter(docket=docket).overlapping(period.opens_at, period.closes_at).first()
    if overlapping is not None:
        raise PeriodError(_("There is a period at that time already: %(period)s.") % {"period": overlapping})
    period.docket = docket
    period.zone = settings.TIME_ZONE
    period.created_at = at
    period.created_by = actor
    period.save()
    return period


def _require_reason(reason: Texts) -> None:
    if reason.missing:
        raise PeriodError(_("Give the reason in all three languages: it is published with the new dates."))


def _record(verb: Verb, act: Act, period: Period, actor: Any, moment: datetime, *, public: bool = True) -> None:
    record_about_docket(
        verb,
        period.docket,
        actor=actor,
        act=act,
        at=moment,
        public=public,
        facts={
            "opens_at": period.opens_at.isoformat(),
            "closes_at": period.closes_at.isoformat(),
            "zone": period.zone,
        },
        private=reason_words(Texts.of(period, "reason")),
    )
