"""Starting and stopping clocks; called by the acts that have a time limit, inside their transaction."""

from datetime import date, datetime

from inforequests import deadlines
from inforequests.enums import ClockKind
from inforequests.models import Clock, DeadlineRule, InformationRequest, RequestItem


def start_answer_clock(request: InformationRequest, *, submitted_at: datetime) -> Clock:
    """Start the clock of a request that was submitted at an instant, by the rule in force on that day (Art. 11(2)).

    Side effects: the clock is stored with its last day and every step to it; the items are the caller's to attach.
    """
    anchor = deadlines.local_date(submitted_at)
    rule, result = due_for(anchor)
    clock = Clock(request=request, kind=ClockKind.ANSWER, rule=rule, calendar=rule.calendar, anchor=anchor)
    return _start(clock, result, submitted_at)


def due_for(anchor: date) -> tuple[DeadlineRule, deadlines.Due]:
    """Return the rule for requests submitted on a day, and the last day by it.

    Where the holidays of a year that it depends on are not entered yet, it is the Protocol's own rule, which depends on
    none: nobody is turned away because of a calendar. Raises DeadlineRule.DoesNotExist for a day before any rule.
    """
    rule = DeadlineRule.objects.governing(anchor)
    try:
        return rule, deadlines.due(rule.as_rule(), anchor, rule.calendar.as_calendar() if rule.calendar else None)
    except (deadlines.CalendarMissingError, deadlines.YearNotCoveredError):
        rule = DeadlineRule.objects.get(code=deadlines.PROTOCOL_CODE)
        return rule, deadlines.due(rule.as_rule(), anchor)


def start_compliance_clock(request: InformationRequest, *, last_day: date, ordered_at: datetime) -> Clock:
    """Start the clock of items that a review has re-opened, until the day that the reviewing body has set.

    Side effects, in order: the clock is stored and its items, the caller's to attach, follow it; a clock that runs and
    has kept no unanswered item lapses when `settle_clocks` is called after that.
    """
    clock = Clock(request=request, kind=ClockKind.COMPLIANCE, anchor=deadlines.local_date(ordered_at))
    return _start(clock, deadlines.ordered(last_day), ordered_at)


def settle_clocks(request: InformationRequest, *, at: datetime) -> None:
    """Bring the clocks in line with the items; called after items were answered or moved to another clock.

    Side effects, in order: where nothing is unanswered any more, every clock without an answer is met on the day of the
    instant; else a running clock is met whose items are all answered, and one that lost its items to a review lapses;
    then the clock that says where the request stands is chosen anew.
    """
    today = deadlines.local_date(at)
    unanswered = RequestItem.objects.filter(request=request, answered_at=None)
    if not unanswered.exists():
        Clock.objects.filter(request=request, met_on=None).update(met_on=today)
    else:
        done = Clock.objects.filter(request=request).running().exclude(items__in=unanswered)
        done.filter(items__isnull=True).update(lapsed_on=today)
        done.filter(items__isnull=False).update(met_on=today)
    _choose_current(request)


def lapse_clocks(request: InformationRequest, *, at: datetime) -> None:
    """Record that nobody asks any more: every running clock lapses on the day of the instant."""
    Clock.objects.filter(request=request).running().update(lapsed_on=deadlines.local_date(at))
    _choose_current(request)


def _start(clock: Clock, result: deadlines.Due, at: datetime) -> Clock:
    clock.last_day = result.last_day
    clock.explanation = [line.as_json() for line in result.explanation]
    clock.started_at = at
    clock.is_current = False
    clock.save()
    _choose_current(clock.request)
    return clock


def _choose_current(request: InformationRequest) -> None:
    """Let the running clock that ends first say where a request stands, or else the one that submission started."""
    clocks = Clock.objects.filter(request=request)
    chosen = clocks.running().order_by("last_day", "pk").first() or clocks.order_by("started_at", "pk").first()
    clocks.current().update(is_current=False)
    if chosen is not None:
        clocks.filter(pk=chosen.pk).update(is_current=True)
