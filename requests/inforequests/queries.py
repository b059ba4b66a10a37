"""What the pages, the search and the API read of requests, each with a fixed number of queries."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from design.formats import date_of
from design.search.backend import indexed_matches
from design.search.words import search_words
from inforequests.deadlines import in_timeliness
from inforequests.enums import OPEN_STAGES, ClockKind, Stage, Timeliness
from inforequests.models import Clock, Disclosure, InformationRequest
from register.links import Link
from register.models import Facility, Pollutant
from register.queries.facilities import facilities_matching

_UNREADABLE: Final = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")
_WORD: Final = re.compile(r"[^\W_]{3,}")
LONGEST_QUERY: Final = 200
_SUGGESTED_OF_EACH: Final = 4
_STEM: Final = 5
_SHORT_WORD: Final = 6  # of which the last letters change: ртуть, ртути
_NAMES_TRIED: Final = 5
# Words that stand in the names of many pollutants and tell none of them from another.
_COMMON: Final = frozenset({"compo", "соеди", "tota", "общи", "expre", "expri", "oxid", "окси", "oxyd", "выраж"})


@dataclass(frozen=True)
class RequestCounts:
    """How many requests came, and where they stand; no percentage without its counts."""

    received: int
    open: int
    answered: int
    ignored: int
    reopened: int


def request_counts(at: datetime | None = None) -> RequestCounts:
    """Return the numbers of all requests at an instant; two queries.

    What a review has opened again was answered once, and is counted among the open ones only.
    """
    moment = at or timezone.now()
    once_answered = Exists(Clock.objects.filter(request=OuterRef("pk"), kind=ClockKind.ANSWER, met_on__isnull=False))
    counted = InformationRequest.objects.aggregate(
        received=Count("pk"),
        open=Count("pk", filter=Q(stage__in=OPEN_STAGES)),
        answered=Count("pk", filter=Q(stage=Stage.SENT)),
        reopened=Count("pk", filter=Q(once_answered, stage__in=OPEN_STAGES)),
    )
    return RequestCounts(**counted, ignored=InformationRequest.objects.ignored(moment).count())


@dataclass(frozen=True)
class AnsweredThisYear:
    """How many requests were completely answered in a calendar year of the authority, and how many of them in time."""

    year: int
    answered: int
    in_time: int


def answered_this_year(at: datetime | None = None) -> AnsweredThisYear:
    """Return the answers of the year up to an instant, by the clock that ran from submission; one query."""
    moment = at or timezone.now()
    year = date_of(moment).year
    answered = Clock.objects.filter(kind=ClockKind.ANSWER, met_on__year=year)
    counted = answered.aggregate(
        answered=Count("pk"), in_time=Count("pk", filter=in_timeliness(Timeliness.IN_TIME, moment))
    )
    return AnsweredThisYear(year=year, **counted)


def published_answers() -> QuerySet[Disclosure]:
    """Return the entries of the disclosure log with what a list shows, newest first."""
    return Disclosure.objects.select_related("request").prefetch_related("request__items")


def disclosures_matching(words: str, *, any_word: bool = False) -> Any:
    """Return the entries of the disclosure log that have the words, newest first; never raises, whatever they are."""
    if not readable(words):
        return published_answers()
    return indexed_matches(published_answers(), search_words(words), any_word=any_word)


def readable(words: str) -> str:
    """Return what somebody searches for, without what no keyboard makes and no longer than anybody searches."""
    return " ".join(_UNREADABLE.sub(" ", words).split())[:LONGEST_QUERY]


def suggestions(questions: Iterable[str]) -> list[Link]:
    """Return what is public already and may answer some questions: entries of the register and earlier answers."""
    text = "\n".join(questions)
    words = _WORD.findall(text)
    return [*_pollutants_named(words), *_facilities_named(words), *_answers_like(words)]


def _pollutants_named(words: Sequence[str]) -> list[Link]:
    """Return the pollutants whose name, in any language and however inflected, begins like a word of the text."""
    codes = {word.upper() for word in words}
    stems = _stems(words)
    found = []
    for pollutant in Pollutant.objects.only("code", "slug", "name_en", "name_fr", "name_ru"):
        names = " ".join((pollutant.name_en, pollutant.name_fr, pollutant.name_ru))
        if _stems(_WORD.findall(names)) & stems or pollutant.code in codes:
            link = Link(
                title=pollutant.name,
                url=pollutant.get_absolute_url(),
                description=_("In the register: releases, transfers and thresholds."),
            )
            found.append(link)
    return found[:_SUGGESTED_OF_EACH]


def _stems(words: Iterable[str]) -> set[str]:
    """Return the beginnings by which words are compared, so that inflection matters little."""
    long = (word.casefold() for word in words if len(word) >= _STEM)
    return {word[: _STEM - 1] if len(word) <= _SHORT_WORD else word[:_STEM] for word in long} - _COMMON


def _facilities_named(words: Sequence[str]) -> list[Link]:
    """Return the facilities whose name or place a capitalised word of the text is part of."""
    names = [word for word in dict.fromkeys(words) if word[0].isupper() and len(word) > _NAMES_TRIED - 1]
    found: dict[int, Facility] = {}
    for name in names[:_NAMES_TRIED]:
        found |= {facility.pk: facility for facility in facilities_matching(name, _SUGGESTED_OF_EACH)}
    return [
        Link(
            title=facility.title,
            url=facility.get_absolute_url(),
            description=_("In the register: what this facility reported, year by year."),
        )
        for facility in list(found.values())[:_SUGGESTED_OF_EACH]
    ]


def _answers_like(words: Sequence[str]) -> list[Link]:
    """Return the published answers that share the long words of the text, those with most of them first."""
    long = sorted({word.casefold() for word in words if len(word) > _STEM}, key=len, reverse=True)[:_NAMES_TRIED]
    if not long:
        return []
    found = disclosures_matching(" ".join(long), any_word=True)[: _SUGGESTED_OF_EACH * 3]
    ranked = sorted(found, key=lambda entry: -sum(word in entry.words.casefold() for word in long))
    return [
        Link(
            title=entry.title,
            url=entry.get_absolute_url(),
            description=_("Asked and answered."),
            language=entry.title_language,
        )
        for entry in ranked[:_SUGGESTED_OF_EACH]
    ]
