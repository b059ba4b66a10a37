"""What can be followed: kinds of subjects, each filled by the room that knows it.

This room lies below the areas and must not import them. An area's `wiring.py` says, for example:

    from following import subjects
    subjects.add_kind(ConsultationKind())
    subjects.add_happenings("pollutant", "consultations", touching_pollutant)
    subjects.add_moments("site", "consultations", all_dates)

A kind finds its subjects by key, tells what happened to one of them between two instants, and on which days something
falls due. Other areas add what they know to the kinds of others. Everything is told in the language that is active.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from design.languages import current_code
from design.publisher import site_name

SITE: Final = "site"


@dataclass(frozen=True)
class Happening:
    """Something that happened to a subject. `key` stays the same in every language and for ever; `url` is a path."""

    key: str
    instant: datetime
    title: str
    text: str
    url: str


@dataclass(frozen=True)
class Moment:
    """A day, or an instant, on which something falls due: an entry of a calendar.

    `key` stays the same when the day is moved; `sequence` grows with each move, `changed_at` is when it was last said.
    """

    key: str
    starts: date | datetime
    title: str
    text: str
    url: str
    changed_at: datetime
    sequence: int = 0
    is_cancelled: bool = False


@dataclass(frozen=True)
class Subject:
    """One thing that can be followed, in the language of the page.

    `mail_title` is what a letter to an address that has not said yes may call it: nothing that a stranger typed.
    """

    kind: str
    key: str
    title: str
    url: str
    mail_title: str = ""
    is_public: bool = True
    has_calendar: bool = False

    @property
    def title_for_strangers(self) -> str:
        """What it is called in a letter to somebody who may not have asked for it."""
        return self.mail_title or self.title


class SubjectKind(ABC):
    """One kind of subject."""

    name: ClassVar[str]
    title: ClassVar[Promise]  # what such a subject is called
    invitation: ClassVar[Promise]  # the words of the link on its pages

    @abstractmethod
    def find(self, key: str) -> Subject | None:
        """Return the subject of a key; None where there is none, or none that anybody may know of."""

    @abstractmethod
    def happenings(self, key: str, since: datetime, until: datetime) -> Sequence[Happening]:
        """Return what happened to a subject after `since` and up to `until`, in any order."""

    def moments(self, key: str, at: datetime) -> Sequence[Moment]:
        """Return the days of a subject; none by default."""
        return ()

    def may_be_followed(self, request: HttpRequest, key: str) -> bool:
        """Return whether this visitor may follow a subject that was found."""
        return True


HappeningsProvider = Callable[[str, datetime, datetime], Sequence[Happening]]
MomentsProvider = Callable[[str, datetime], Sequence[Moment]]


@dataclass
class _Registry:
    kinds: dict[str, SubjectKind] = field(default_factory=dict)
    happenings: dict[tuple[str, str], HappeningsProvider] = field(default_factory=dict)
    moments: dict[tuple[str, str], MomentsProvider] = field(default_factory=dict)


_registry: Final = _Registry()


def add_kind(kind: SubjectKind) -> None:
    """Say that a kind of subject can be followed; the same name again replaces it."""
    _registry.kinds[kind.name] = kind


def add_happenings(kind: str, name: str, provider: HappeningsProvider) -> None:
    """Tell more of what happens to the subjects of a kind; the same name again replaces it."""
    _registry.happenings[kind, name] = provider


def add_moments(kind: str, name: str, provider: MomentsProvider) -> None:
    """Add days to the calendars of a kind; the same name again replaces it."""
    _registry.moments[kind, name] = provider


def kind_named(name: str) -> SubjectKind | None:
    """Return the kind of that name."""
    return _registry.kinds.get(name)


def kind_names() -> list[str]:
    """Return the names of all kinds, in the order in which the rooms have told them."""
    return list(_registry.kinds)


def find_subject(kind: str, key: str) -> Subject | None:
    """Return the subject of a kind and key; None where there is none."""
    known = _registry.kinds.get(kind)
    return known.find(key) if known else None


def happenings_of(kind: str, key: str, since: datetime, until: datetime) -> list[Happening]:
    """Return everything that happened to a subject after `since` and up to `until`, newest first."""
    known = _registry.kinds.get(kind)
    told = list(known.happenings(key, since, until)) if known else []
    for (name, _provider_name), provider in _registry.happenings.items():
        if name == kind:
            told += provider(key, since, until)
    by_key = {each.key: each for each in told if since < each.instant <= until}
    return sorted(by_key.values(), key=lambda each: (each.instant, each.key), reverse=True)


def moments_of(kind: str, key: str, at: datetime) -> list[Moment]:
    """Return every day of a subject, by key."""
    known = _registry.kinds.get(kind)
    said = list(known.moments(key, at)) if known else []
    for (name, _provider_name), provider in _registry.moments.items():
        if name == kind:
            said += provider(key, at)
    return sorted({each.key: each for each in said}.values(), key=lambda each: each.key)


def follow_address(kind: str, key: str) -> str:
    """Return the address of the page on which a subject can be followed."""
    return _address("following:follow", kind, key)


def feed_address(kind: str, key: str) -> str:
    """Return the address of a subject's Atom feed."""
    return _address("following:feed", kind, key)


def calendar_address(kind: str, key: str) -> str:
    """Return the address of a subject's calendar."""
    return _address("following:calendar", kind, key)


def _address(name: str, kind: str, key: str) -> str:
    address = reverse(name, args=[kind])
    return f"{address}?{urlencode({'key': key})}" if key else address


class SiteKind(SubjectKind):
    """The whole site: what each area thinks everybody should hear of. It has one subject, whose key is empty."""

    name = SITE
    title = pgettext_lazy("followed", "the whole site")
    invitation = _("Follow this site")

    def find(self, key: str) -> Subject | None:
        """Return the site."""
        if key:
            return None
        return Subject(SITE, "", site_name(), f"/{current_code()}/", has_calendar=True)

    def happenings(self, key: str, since: datetime, until: datetime) -> Sequence[Happening]:
        """Return nothing of its own: the areas tell."""
        return ()
