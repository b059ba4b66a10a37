"""What upper rooms know about a pollutant or a facility: they register a provider, the register's pages show its links.

The register lies below the areas and must not import them. An area's `wiring.py` says, for example:

    from register.links import add_pollutant_links
    add_pollutant_links("consultations", _("Consultations"), consultations_touching)

A provider gets the subject and the instant of reading, answers with few queries, and returns links in the order in
which they shall stand. The pages show them under the provider's heading.

Rooms of the same number meet here as well: whoever names pollutants (a measure, a question, an entry) asks
`explanations` for the pages that explain them, and the explainers answer, as they said with `provide_explanations`.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils import timezone
from django.utils.functional import Promise

from register.models import Facility, Pollutant


@dataclass(frozen=True)
class Link:
    """One address about a subject, with what it is and, where it has one, its state in words."""

    title: str
    url: str
    description: str = ""
    state_label: str = ""
    state_tone: str = "neutral"
    language: str = ""  # of the title, where it is not that of the page


@dataclass(frozen=True)
class LinkGroup:
    """The links of one provider under its heading."""

    heading: str | Promise
    links: Sequence[Link]
    stands_first: bool = False


PollutantProvider = Callable[[Pollutant, datetime], Sequence[Link]]
FacilityProvider = Callable[[Facility, datetime], Sequence[Link]]

ExplanationProvider = Callable[[Collection[Pollutant]], Mapping[int, Link]]

_pollutant_providers: Final[dict[str, tuple[str | Promise, PollutantProvider, bool]]] = {}
_facility_providers: Final[dict[str, tuple[str | Promise, FacilityProvider]]] = {}
_explanation_providers: Final[list[ExplanationProvider]] = []


def add_pollutant_links(
    name: str, heading: str | Promise, provider: PollutantProvider, *, stands_first: bool = False
) -> None:
    """Register a provider of links about a pollutant; the same name again replaces it.

    What `stands_first` is shown at the head of the page, before its numbers.
    """
    _pollutant_providers[name] = (heading, provider, stands_first)


def add_facility_links(name: str, heading: str | Promise, provider: FacilityProvider) -> None:
    """Register a provider of links about a facility; the same name again replaces it."""
    _facility_providers[name] = (heading, provider)


def pollutant_links(pollutant: Pollutant, at: datetime | None = None, *, without: str = "") -> list[LinkGroup]:
    """Return what every provider links to a pollutant, without those that have nothing and the one named `without`."""
    now = at or timezone.now()
    groups = [
        LinkGroup(heading, provider(pollutant, now), stands_first)
        for name, (heading, provider, stands_first) in _pollutant_providers.items()
        if name != without
    ]
    return [group for group in groups if group.links]


def facility_links(facility: Facility, at: datetime | None = None) -> list[LinkGroup]:
    """Return what every provider links to a facility, without the providers that have nothing."""
    now = at or timezone.now()
    groups = [LinkGroup(heading, provider(facility, now)) for heading, provider in _facility_providers.values()]
    return [group for group in groups if group.links]


def provide_explanations(provider: ExplanationProvider) -> None:
    """Say who explains pollutants in plain words; the last to say so is asked."""
    _explanation_providers[:] = [provider]


def explanations(pollutants: Iterable[Pollutant | None]) -> Mapping[int, Link]:
    """Return the page that explains each pollutant in plain words, by its key; one query, none without a pollutant."""
    named = [pollutant for pollutant in pollutants if pollutant is not None]
    return _explanation_providers[0](named) if named and _explanation_providers else {}
