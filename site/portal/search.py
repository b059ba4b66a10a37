"""Search of the whole site: pages, lessons, explainers, pollutants, facilities and consultations, each in its list."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Locale, Page

from consultations.models import ConsultationPage, Docket
from design.formats import format_number
from design.search.backend import indexed_matches
from design.search.words import search_words, titles_first
from explainers.models import ExplainerPage
from inforequests.queries import published_answers
from learning.models import ModulePage, ProgrammePage, UnitPage
from register.models import Pollutant
from register.queries.facilities import facilities_matching
from register.queries.pollutants import pollutants_matching

LONGEST_QUERY: Final = 200
SHOWN_OF_EACH_KIND: Final = 10
HOME_DEPTH: Final = 2
COMPARED_OF_EACH_KIND: Final = 200
_LESSONS: Final = (ProgrammePage, ModulePage, UnitPage)
_UNREADABLE: Final = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")


@dataclass(frozen=True)
class Hit:
    """One thing found."""

    title: str
    url: str
    line: str = ""


@dataclass(frozen=True)
class HitGroup:
    """The things of one kind that were found."""

    title: str
    hits: list[Hit]
    more_url: str = ""
    more_label: str = ""


@dataclass(frozen=True)
class SearchOutcome:
    """What a search answers: the words as they were understood, groups of hits, or a sentence on what to change."""

    query: str
    problem: str = ""
    groups: list[HitGroup] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether something was asked and nothing was found."""
        return bool(self.query) and not self.problem and not self.groups


def search_site(query: str) -> SearchOutcome:
    """Return what the site has on some words; never raises, whatever the words are."""
    words = " ".join(_UNREADABLE.sub(" ", query).split())
    if len(words) > LONGEST_QUERY:
        problem = _("The search takes at most %(most)s characters; you entered %(entered)s. Use fewer words.") % {
            "most": format_number(LONGEST_QUERY),
            "entered": format_number(len(words)),
        }
        return SearchOutcome(query=words[:LONGEST_QUERY], problem=problem)
    if not words:
        return SearchOutcome(query="")
    kinds = (_consultations, _answers, _explainers, _pollutants, _facilities, _lessons, _pages)
    groups = [kind(words) for kind in kinds]
    return SearchOutcome(query=words, groups=[group for group in groups if group.hits])


def _consultations(words: str) -> HitGroup:
    """Return the published consultations that have the words, in any language."""
    found = _matching(Docket.objects.published(), words)
    hits = [Hit(docket.title, docket.get_absolute_url(), docket.summary) for docket in found]
    return HitGroup(title=_("Consultations"), hits=hits)


def _explainers(words: str) -> HitGroup:
    """Return the explainers of this language that somebody has written and that have the words."""
    # The index knows which page is which, and not whether anything is written on it.
    written = list(
        ExplainerPage.objects.live().written().filter(locale=Locale.get_active()).values_list("pk", flat=True)
    )
    found = _matching(ExplainerPage.objects.filter(pk__in=written), words)
    hits = [Hit(page.title, page.get_url() or "", page.summary) for page in found]
    return HitGroup(title=_("Explainers"), hits=[hit for hit in hits if hit.url])


def _answers(words: str) -> HitGroup:
    """Return the published answers to requests that have the words."""
    found = _matching(published_answers(), words)
    hits = [Hit(entry.title, entry.get_absolute_url(), _("Asked and answered.")) for entry in found]
    more_url = _more("inforequests:log", words, hits)
    return HitGroup(title=_("Answers to requests"), hits=hits, more_url=more_url, more_label=_("Search all answers"))


def _pollutants(words: str) -> HitGroup:
    """Return the pollutants of which a name, code or CAS number has the words, in any language."""
    found = pollutants_matching(words, SHOWN_OF_EACH_KIND)
    more_url = _more("register:pollutant_list", words, found)
    found = found or pollutants_matching(words, SHOWN_OF_EACH_KIND, any_word=True)
    hits = [Hit(pollutant.name, pollutant.get_absolute_url(), _cas(pollutant)) for pollutant in found]
    return HitGroup(title=_("Pollutants"), hits=hits, more_url=more_url, more_label=_("Search all pollutants"))


def _more(address: str, words: str, found: Sequence[object]) -> str:
    """Return where the rest is listed, if there may be more than is shown here of what has all the words."""
    return f"{reverse(address)}?{urlencode({'q': words})}" if len(found) == SHOWN_OF_EACH_KIND else ""


def _cas(pollutant: Pollutant) -> str:
    """Return the line under a pollutant's name."""
    return _("CAS number %(number)s") % {"number": pollutant.cas} if pollutant.cas else ""


def _facilities(words: str) -> HitGroup:
    """Return the facilities of which the name, place or register number has the words."""
    found = facilities_matching(words, SHOWN_OF_EACH_KIND)
    more_url = _more("register:facility_list", words, found)
    found = found or facilities_matching(words, SHOWN_OF_EACH_KIND, any_word=True)
    hits = [Hit(facility.title, facility.get_absolute_url(), facility.city) for facility in found]
    return HitGroup(title=_("Facilities"), hits=hits, more_url=more_url, more_label=_("Search all facilities"))


def _lessons(words: str) -> HitGroup:
    """Return the programmes, modules and units of this language that have the words."""
    live = Page.objects.live().public().type(_LESSONS).filter(locale=Locale.get_active())
    hits = [Hit(page.title, page.get_url() or "", page.search_description) for page in _matching(live, words)]
    return HitGroup(title=_("Learning"), hits=[hit for hit in hits if hit.url])


def _pages(words: str) -> HitGroup:
    """Return the pages of this language that have the words."""
    live = Page.objects.live().public().not_type((ConsultationPage, ExplainerPage, *_LESSONS))
    live = live.filter(locale=Locale.get_active(), depth__gt=HOME_DEPTH)
    found = _matching(live, words)
    hits = [Hit(page.title, page.get_url() or "", page.search_description) for page in found]
    return HitGroup(title=_("Pages"), hits=[hit for hit in hits if hit.url])


def _matching(queryset: QuerySet[Any], words: str) -> list[Any]:
    """Return the first of a queryset that have all the words, else those that have some; titles that have them first.

    What is read to be put in order is bounded: titles are compared here, as SQLite ranks in quadratic time.
    """
    asked = search_words(words)
    found = list(indexed_matches(queryset, asked)[:COMPARED_OF_EACH_KIND])
    if not found and len(asked) > 1:
        found = list(indexed_matches(queryset, asked, any_word=True)[:COMPARED_OF_EACH_KIND])
    return titles_first(found, asked, _title)[:SHOWN_OF_EACH_KIND]


def _title(thing: Any) -> str:
    """Return a thing's titles in all languages in which it has some."""
    titles = [getattr(thing, f"title_{code}", "") for code, _name in settings.LANGUAGES]
    return " ".join(filter(None, titles)) or thing.title


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what the site has on the words of `q`."""
    return render(request, "search.html", {"outcome": search_site(request.GET.get("q", ""))})
