"""The criteria of Art. 5(1)-(2), as plain values."""

from dataclasses import dataclass, fields
from typing import Final

from register.selectors.enums import EntryKind

# Which criteria an entry of each kind can be found by; what else was asked is named to the visitor.
_FACILITY: Final = frozenset({"facility", "place", "activity", "operator"})
_TRANSFER: Final = frozenset({"receiver", "receiver_country", "operation"})
_ALWAYS: Final = frozenset({"kind", "year_from", "year_to", "presence"})
APPLICABLE: Final = {
    EntryKind.RELEASES: _ALWAYS | _FACILITY | {"pollutant", "group", "medium"},
    EntryKind.WASTE: _ALWAYS | _FACILITY | _TRANSFER | {"waste"},
    EntryKind.TRANSFERS: _ALWAYS | _FACILITY | _TRANSFER | {"pollutant", "group"},
    EntryKind.DIFFUSE: _ALWAYS | {"pollutant", "group", "medium", "place", "source"},
}


@dataclass(frozen=True)
class Criteria:
    """What is searched for; an empty value asks for nothing.

    `facility` is found in names and register numbers, `place` in town, region, street and postal code (for diffuse
    sources: the area), `operator` in operators and parent companies (Art. 5(1)(a)-(c)). `activity` is a code of Annex I
    and takes its sub-activities with it. `pollutant` is a reporting code and takes no sub-entries with it. `operation`
    is a code of Annex III, or "D" or "R" for all disposal or recovery (Art. 5(1)(f)).
    """

    kind: EntryKind = EntryKind.RELEASES
    facility: str = ""
    place: str = ""
    activity: str = ""
    operator: str = ""
    pollutant: str = ""
    group: str = ""
    waste: str = ""
    medium: str = ""
    receiver: str = ""
    receiver_country: str = ""
    operation: str = ""
    source: str = ""
    year_from: int | None = None
    year_to: int | None = None
    presence: str = ""

    @property
    def asked(self) -> tuple[str, ...]:
        """Return the names of the criteria that ask for something, in the order of the form."""
        return tuple(item.name for item in fields(self) if item.name != "kind" and getattr(self, item.name))


def inapplicable_criteria(criteria: Criteria) -> tuple[str, ...]:
    """Return the criteria that were asked but do not exist for the kind of entry searched for."""
    return tuple(name for name in criteria.asked if name not in APPLICABLE[criteria.kind])
