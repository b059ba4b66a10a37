"""What followers of a request are told, and which of its days its requester can put in a calendar.

Only what everybody may read is told: of a request whose answer is published, to anybody; of any other, to whoever has
shown its access key. What only the requester may know comes in the letters of the request itself.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import ClassVar, Final

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from design.formats import authority_zone, date_of
from design.phrases import labelled
from following import subjects
from following.subjects import Happening, Moment, Subject, SubjectKind
from inforequests.domain.records import AREA, REQUEST
from inforequests.enums import ClockKind, Verb
from inforequests.models import Disclosure, InformationRequest, ReviewBody
from inforequests.queries import published_answers
from inforequests.timeline import line_for_public
from ledger.models import Entry
from tracking.grants import granted_key

KIND: Final = "request"


class RequestKind(SubjectKind):
    """A request, by its tracking number."""

    name = KIND
    title: ClassVar[Promise] = pgettext_lazy("followed", "request")
    invitation: ClassVar[Promise] = gettext_lazy("Follow this request")

    def find(self, key: str) -> Subject | None:
        """Return a request; its news are everybody's once its answer is published."""
        found = InformationRequest.objects.filter(tracking_number=key).first() if "\x00" not in key else None
        if found is None:
            return None
        title = _("Request %(number)s") % {"number": found.tracking_number}
        is_public = Disclosure.objects.filter(request=found).exists()
        url = found.get_absolute_url()
        # A letter that somebody may not have asked for does not say which request it is about.
        return Subject(self.name, key, title, url, mail_title=_("A request for information"), is_public=is_public)

    def happenings(self, key: str, since: datetime, until: datetime) -> Sequence[Happening]:
        """Return what the public record says of it; two queries."""
        request = InformationRequest.objects.filter(tracking_number=key).first()
        if request is None:
            return []
        acts = Entry.objects.about(REQUEST, key).public().filter(area=AREA, verb__in=Verb.values)
        url = request.get_absolute_url()
        return [
            Happening(f"request/{key}/{entry.pk}", entry.instant, line_for_public(entry), "", url)
            for entry in acts.filter(instant__gt=since, instant__lte=until)
        ]

    def may_be_followed(self, request: HttpRequest, key: str) -> bool:
        """Return whether its answer is published, or this browser was given its access key."""
        found = InformationRequest.objects.filter(tracking_number=key).select_related("disclosure").first()
        return found is not None and (hasattr(found, "disclosure") or bool(granted_key(request, found)))


def new_answers(key: str, since: datetime, until: datetime) -> Sequence[Happening]:
    """Return the answers that were published, for those who follow the whole site."""
    found = published_answers().filter(published_at__gt=since, published_at__lte=until)
    return [_published(entry) for entry in found]


def answers_on_pollutant(key: str, since: datetime, until: datetime) -> Sequence[Happening]:
    """Return the answers about a pollutant that were published, for those who follow it."""
    found = published_answers().filter(published_at__gt=since, published_at__lte=until)
    return [_published(entry) for entry in found.filter(request__items__pollutant__slug=key).distinct()]


def answers_on_facility(key: str, since: datetime, until: datetime) -> Sequence[Happening]:
    """Return the answers about a facility that were published, for those who follow it."""
    found = published_answers().filter(published_at__gt=since, published_at__lte=until)
    return [_published(entry) for entry in found.filter(request__items__facility__public_id=key).distinct()]


def let_requests_be_followed() -> None:
    """Fill the registry of what can be followed; called when the area is ready."""
    subjects.add_kind(RequestKind())
    subjects.add_happenings(subjects.SITE, AREA, new_answers)
    subjects.add_happenings("pollutant", AREA, answers_on_pollutant)
    subjects.add_happenings("facility", AREA, answers_on_facility)


def days_of(request: InformationRequest) -> list[Moment]:
    """Return the days of a request for its requester: the last day of each clock, and until when a body can be asked.

    A clock is never moved: a day that no longer matters is cancelled, and a new clock has a day of its own.
    """
    return [*_last_days(request), *_review_windows(request)]


def _published(entry: Disclosure) -> Happening:
    number = entry.request.tracking_number
    text = _("Question and answer were published.")
    return Happening(f"disclosure/{number}", entry.published_at, entry.title, text, entry.get_absolute_url())


def _last_days(request: InformationRequest) -> Iterator[Moment]:
    words = {
        ClockKind.ANSWER: _("Last day for the answer"),
        ClockKind.COMPLIANCE: _("Last day to do what the review decided"),
    }
    for clock in request.clocks.all():
        ended = clock.met_on or clock.lapsed_on
        is_cancelled = ended is not None and ended < clock.last_day
        yield _moment(
            request,
            name=f"clock-{clock.pk}",
            day=clock.last_day,
            title=words[ClockKind(clock.kind)],
            changed_at=max(clock.started_at, _noon(ended)) if is_cancelled and ended else clock.started_at,
            is_cancelled=is_cancelled,
        )


def _review_windows(request: InformationRequest) -> Iterator[Moment]:
    """Yield until when each body can be turned to that has a limit, from the newest way to a review as on the page."""
    remedies = list(request.remedies.all())
    if not remedies:
        return
    opened_at = max(remedy.opened_at for remedy in remedies)
    for body in ReviewBody.objects.active().exclude(window_days=None):
        yield _moment(
            request,
            name=f"review-{body.pk}",
            day=date_of(opened_at) + timedelta(days=body.window_days or 0),
            title=_("Last day to turn to: %(body)s") % {"body": body.name},
            changed_at=opened_at,
            moves=len(remedies) - 1,
        )


def _moment(
    request: InformationRequest,
    *,
    name: str,
    day: date,
    title: str,
    changed_at: datetime,
    moves: int = 0,
    is_cancelled: bool = False,
) -> Moment:
    return Moment(
        key=f"request-{request.tracking_number}-{name}",
        starts=day,
        title=labelled(title, request.tracking_number),
        text="",
        url=request.get_absolute_url(),
        changed_at=changed_at,
        sequence=moves + is_cancelled,
        is_cancelled=is_cancelled,
    )


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=authority_zone())
