"""Finds an entry by the key under which its history is kept, and by which other rooms name it."""

from collections.abc import Callable, Mapping
from typing import Final

from register.enums import LoadKind
from register.models import DiffuseRelease, PollutantTransfer, Release, WasteTransfer
from register.models.entries import Entry

_RELEASE_PARTS: Final = 4
_DIFFUSE_PARTS: Final = 5  # after the country, an area that may hold a slash


def entry_with_key(kind: str, key: str) -> Entry | None:
    """Return the entry with a key, whether the newest load still holds it or not; None where there is none."""
    find = _FINDERS.get(LoadKind(kind)) if kind in LoadKind.values else None
    return find(key) if find else None


def _release(key: str) -> Release | None:
    # From the right: a register number may hold a slash, and codes, media and years do not.
    parts = key.rsplit("/", _RELEASE_PARTS - 1)
    if len(parts) != _RELEASE_PARTS or not parts[3].isdecimal():
        return None
    facility, pollutant, medium, year = parts
    found = Release.objects.filter(
        facility__public_id=facility, pollutant__code=pollutant, medium=medium, reporting_year=int(year)
    )
    return found.select_related("facility", "pollutant", "withheld").first()


def _waste_transfer(key: str) -> WasteTransfer | None:
    return WasteTransfer.objects.filter(entry_key=key).select_related("facility", "withheld").first()


def _pollutant_transfer(key: str) -> PollutantTransfer | None:
    found = PollutantTransfer.objects.filter(entry_key=key)
    return found.select_related("facility", "pollutant", "withheld").first()


def _diffuse_release(key: str) -> DiffuseRelease | None:
    country, _slash, rest = key.partition("/")
    parts = rest.rsplit("/", _DIFFUSE_PARTS - 1)
    if len(parts) != _DIFFUSE_PARTS or not parts[-1].isdecimal():
        return None
    area, category, pollutant, medium, year = parts
    found = DiffuseRelease.objects.filter(
        country=country,
        area=area,
        category=category,
        pollutant__code=pollutant,
        medium=medium,
        reporting_year=int(year),
    )
    return found.select_related("pollutant", "withheld").first()


_FINDERS: Final[Mapping[LoadKind, Callable[[str], Entry | None]]] = {
    LoadKind.RELEASES: _release,
    LoadKind.WASTE_TRANSFERS: _waste_transfer,
    LoadKind.POLLUTANT_TRANSFERS: _pollutant_transfer,
    LoadKind.DIFFUSE: _diffuse_release,
}
