"""What followers of a consultation are told, and which of its days stand in calendars.

Acts are told from the record, what the clock brings about (opened, closing soon, closed) from the periods: a period
that was extended in time neither closed nor was about to.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import ClassVar, Final

from django.db.models import Count, Max, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from consultations.domain.records import AREA, DOCKET
from consultations.enums import Verb
from consultations.models import Docket, Period
from consultations.register_links import dockets_on_facility, dockets_on_pollutant
from consultations.states import CLOSING_SOON
from consultations.timeline import more_about
from design.formats import date_of, format_instant
from design.phrases import labelled
from following import subjects
from following.calendars import beginning, deadline
from following.subjects import Happening, Moment, Subject, SubjectKind
from ledger.models import Entry
from register.models import Facility, Pollutant

CONSULTATION: Final = "consultation"
_TOLD: Final = (
    Verb.DOCKET_PUBLISHED,
    Verb.PROPOSAL_CHANGED,
    Verb.PERIOD_EXTENDED,
    Verb.DOCKET_REOPENED,
    Verb.DOCKET_DISCONTINUED,
    Verb.RESPONSES_PUBLISHED,
    Verb.DECISION_PUBLISHED,
)
_NEWS_ELSEWHERE: Final = (Verb.DOCKET_PUBLISHED, Verb.DECISION_PUBLISHED)
# What may have moved the day of the decision, or reworded what a calendar says.
_CHANGES: Final = (Verb.DOCKET_CHANGED, Verb.PROPOSAL_CHANGED)
_ENDED_KEPT: Final = timedelta(days=365)


class ConsultationKind(SubjectKind):
    """A consultation, by its reference."""

    name = CONSULTATION
    title: ClassVar[Promise] = pgettext_lazy("followed", "consultation")
    invitation: ClassVar[Promise] = gettext_lazy("Follow this consultation")

    def find(self, key: str) -> Subject | None:
        """Return a published consultation."""
        docket = Docket.objects.published().filter(reference=key).first() if "\x00" not in key else None
        if docket is None:
            return None
        return Subject(self.name, docket.reference, docket.title, docket.get_absolute_url(), has_calendar=True)

    def happenings(self, key: str, since: datetime, until: datetime) -> Sequence[Happening]:
        """Return its acts and what the clock brought about; three queries."""
        dockets = _dockets(Docket.objects.filter(reference=key))
        return [
            *(_act(entry, docket) for entry, docket in _acts(_TOLD, dockets, since, until)),
            *(each for docket in dockets.values() for each in _turns(docket)),
        ]

    def moments(self, key: str, at: datetime) -> Sequence[Moment]:
        """Return when comments open and close, and when the decision is due; three queries."""
        return _moments(_dockets(Docket.objects.filter(reference=key)))


def all_consultations(key: str, since: datetime, until: datetime) -> Sequence[Happening]:
    """Return the same of every consultation, under its title, for those who follow the whole site."""
    turning = Q(periods__closes_at__gt=since, periods__opens_at__lte=until + CLOSING_SOON)
    acted = Entry.objects.public().filter(area=AREA, subject_kind=DOCKET, instant__gt=since, instant__lte=until)
    of_acts = Q(reference__in=acted.values("subject_reference"))
    dockets = _dockets(Docket.objects.filter(turning | of_acts))
    told = [_under_title(_act(entry, docket), docket) for entry, docket in _acts(_TOLD, dockets, since, until)]
    return told + [_under_title(each, docket) for docket in dockets.values() for each in _turns(docket)]


def touching_pollutant(key: str, since: datetime, until: datetime) -> Sequence[Happening]:
    """Return that a consultation on a pollutant was published or decided, for those who follow the pollutant."""
    pollutant = Pollutant.objects.filter(slug=key).first()
    return _elsewhere(dockets_on_pollutant(pollutant), since, until) if pollutant else []


def touching_facility(key: str, since: datetime, until: datetime) -> Sequence[Happening]:
    """Return that a consultation on a facility's activity or pollutants was published or decided."""
    facility = Facility.objects.filter(public_id=key).first()
    return _elsewhere(dockets_on_facility(facility), since, until) if facility else []


def all_days(key: str, at: datetime) -> Sequence[Moment]:
    """Return the days of every consultation that has not ended, or ended within a year; three queries."""
    lately = at - _ENDED_KEPT
    ended = Q(decision__published_at__lt=lately) | Q(discontinued_at__lt=lately)
    return _moments(_dockets(Docket.objects.exclude(ended)))


def let_consultations_be_followed() -> None:
    """Fill the registry of what can be followed; called when the area is ready."""
    subjects.add_kind(ConsultationKind())
    subjects.add_happenings(subjects.SITE, AREA, all_consultations)
    subjects.add_moments(subjects.SITE, AREA, all_days)
    subjects.add_happenings("pollutant", AREA, touching_pollutant)
    subjects.add_happenings("facility", AREA, touching_facility)


def _dockets(found: QuerySet[Docket]) -> Mapping[str, Docket]:
    """Return published dockets by reference, with their periods and decisions; two queries."""
    published = Docket.objects.published().filter(pk__in=found.values("pk"))
    return {docket.reference: docket for docket in published.with_periods().select_related("decision")}


def _acts(
    verbs: Collection[Verb], dockets: Mapping[str, Docket], since: datetime, until: datetime
) -> Iterator[tuple[Entry, Docket]]:
    entries = Entry.objects.public().filter(
        area=AREA,
        subject_kind=DOCKET,
        subject_reference__in=list(dockets),
        verb__in=verbs,
        instant__gt=since,
        instant__lte=until,
    )
    for entry in entries:
        yield entry, dockets[entry.subject_reference]


def _act(entry: Entry, docket: Docket) -> Happening:
    text = more_about(entry, docket, docket.windows)
    if entry.verb == Verb.DECISION_PUBLISHED and docket.published_decision:
        text = docket.published_decision.summary
    elif entry.verb == Verb.DOCKET_PUBLISHED:
        text = docket.summary
    title = str(Verb(entry.verb).label)
    return Happening(f"docket/{docket.reference}/{entry.pk}", entry.instant, title, text, docket.get_absolute_url())


def _turns(docket: Docket) -> Iterator[Happening]:
    """Yield what the clock brings about, also in the future: opened, closing soon, closed."""
    windows = docket.windows
    url = docket.get_absolute_url()
    for period in windows:
        closing = format_instant(period.closes_at)
        until = _("Comments close on %(closing)s.") % {"closing": closing}
        stem = f"docket/{docket.reference}"
        turns = []
        if _before(period, windows) is None and period.opens_at != docket.published_at:
            turns.append(("opened", period.opens_at, _("Comments are open."), until))
        if period.closes_at - CLOSING_SOON > period.opens_at:
            turns.append(("closing", period.closes_at - CLOSING_SOON, _("Comments close within a week."), until))
        turns.append(("closed", period.closes_at, _("Comments are closed."), _("The authority considers them now.")))
        for name, instant, title, text in turns:
            if _came_true(docket, _after(period, windows), instant, is_end=name != "opened"):
                yield Happening(f"{stem}/{name}/{period.pk}", instant, title, text, url)


def _came_true(docket: Docket, extension: Period | None, instant: datetime, *, is_end: bool) -> bool:
    """Return whether nothing had happened before an instant that made something else come of it."""
    decision = docket.published_decision
    ended = docket.discontinued_at or (decision.published_at if decision else None)
    if docket.published_at is None or instant < docket.published_at or (ended and instant >= ended):
        return False
    return not (is_end and extension is not None and extension.created_at <= instant)


def _under_title(happening: Happening, docket: Docket) -> Happening:
    """Return the same for a list of several consultations: under the title of its own."""
    text = f"{happening.title} {happening.text}".strip()
    return Happening(happening.key, happening.instant, docket.title, text, happening.url)


def _elsewhere(dockets: QuerySet[Docket], since: datetime, until: datetime) -> list[Happening]:
    recent = Entry.objects.public().filter(area=AREA, verb__in=_NEWS_ELSEWHERE, instant__gt=since, instant__lte=until)
    references = list(recent.values_list("subject_reference", flat=True))
    if not references:
        return []
    found = _dockets(dockets.filter(reference__in=references))
    return [_under_title(_act(entry, docket), docket) for entry, docket in _acts(_NEWS_ELSEWHERE, found, since, until)]


def _moments(dockets: Mapping[str, Docket]) -> list[Moment]:
    changes = Entry.objects.filter(
        area=AREA, subject_kind=DOCKET, subject_reference__in=list(dockets), verb__in=_CHANGES
    ).order_by()
    counted = {
        reference: (count, latest)
        for reference, count, latest in changes.values_list("subject_reference").annotate(
            count=Count("pk"), latest=Max("instant")
        )
    }
    return [
        moment for docket in dockets.values() for moment in _days_of(docket, *counted.get(docket.reference, (0, None)))
    ]


def _days_of(docket: Docket, changes: int, changed_at: datetime | None) -> Iterator[Moment]:
    """Yield the days of a docket; what it came to its end before is cancelled."""
    decision = docket.published_decision
    ended = docket.discontinued_at or (decision.published_at if decision else None)
    said = [instant for instant in (docket.published_at, changed_at, ended) if instant is not None]

    def entry(name: str, starts: date | datetime, title: str, said_at: list[datetime], moves: int) -> Moment:
        is_cancelled = ended is not None and (ended if isinstance(starts, datetime) else date_of(ended)) < starts
        return Moment(
            key=f"consultation-{docket.reference}-{name}",
            starts=starts,
            title=labelled(title, docket.title),
            text=docket.summary,
            url=docket.get_absolute_url(),
            changed_at=max([*said, *said_at]),
            sequence=moves + is_cancelled,
            is_cancelled=is_cancelled,
        )

    for number, chain in enumerate(_chains(docket.windows), start=1):
        created = [each.created_at for each in chain]
        yield entry(f"opens-{number}", beginning(chain[0].opens_at), _("Comments open"), created[:1], 0)
        closes = deadline(chain[-1].closes_at)
        words = _("Comments close") if isinstance(closes, datetime) else _("Last day for comments")
        yield entry(f"closes-{number}", closes, words, created, len(chain) - 1)
    if docket.decision_expected_by:
        yield entry("decision", docket.decision_expected_by, _("Decision expected by"), [], changes)


def _chains(windows: Sequence[Period]) -> list[list[Period]]:
    """Return the periods, each with the extensions that follow it without a gap."""
    chains: list[list[Period]] = []
    for period in sorted(windows, key=lambda each: each.opens_at):
        if chains and chains[-1][-1].closes_at == period.opens_at:
            chains[-1].append(period)
        else:
            chains.append([period])
    return chains


def _before(period: Period, windows: Sequence[Period]) -> Period | None:
    return next((each for each in windows if each.closes_at == period.opens_at), None)


def _after(period: Period, windows: Sequence[Period]) -> Period | None:
    return next((each for each in windows if each.opens_at == period.closes_at), None)
