"""Which state of the register a page was made from, and what the register holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min, Q
from django.utils.translation import gettext as _

from design.formats import format_date_short
from register.enums import Presence
from register.models import DiffuseRelease, Facility, PollutantTransfer, RegisterLoad, Release, WasteTransfer


@dataclass(frozen=True)
class DataVersion:
    """The newest load: with the next one, every number may be another."""

    label: str
    loaded_at: datetime | None
    in_words: str


@dataclass(frozen=True)
class RegisterCounts:
    """How much the register holds, and from which reporting years."""

    facilities: int
    releases: int
    waste_transfers: int
    pollutant_transfers: int
    diffuse_releases: int
    confidential: int
    facilities_withheld: int
    first_year: int | None
    last_year: int | None


def data_version() -> DataVersion:
    """Return the state of the register, named after its newest load."""
    newest = RegisterLoad.objects.only("loaded_at").first()
    if newest is None:
        return DataVersion(label="empty", loaded_at=None, in_words=_("The register holds no entries yet."))
    day = format_date_short(newest.loaded_at)
    return DataVersion(
        label=f"{newest.loaded_at:%Y-%m-%d}-{newest.pk}",
        loaded_at=newest.loaded_at,
        in_words=_("register as of %(day)s, load %(number)s") % {"day": day, "number": newest.pk},
    )


def covered_years() -> tuple[int, int] | None:
    """Return the first and the last reporting year of releases, None where there are none."""
    years = Release.objects.aggregate(first=Min("reporting_year"), last=Max("reporting_year"))
    return None if years["first"] is None else (years["first"], years["last"])


def register_counts() -> RegisterCounts:
    """Return how much the register holds: one query a kind of entry."""
    current = Q(dropped_by=None)
    releases = Release.objects.aggregate(
        entries=Count("pk", filter=current),
        confidential=Count("pk", filter=current & Q(presence=Presence.CONFIDENTIAL)),
        first=Min("reporting_year"),
        last=Max("reporting_year"),
    )
    waste = WasteTransfer.objects.aggregate(
        entries=Count("pk", filter=current),
        confidential=Count("pk", filter=current & Q(presence=Presence.CONFIDENTIAL)),
    )
    facilities = Facility.objects.aggregate(all=Count("pk"), withheld=Count("withheld"))
    return RegisterCounts(
        facilities=facilities["all"],
        facilities_withheld=facilities["withheld"],
        releases=releases["entries"],
        waste_transfers=waste["entries"],
        pollutant_transfers=PollutantTransfer.objects.current().count(),
        diffuse_releases=DiffuseRelease.objects.current().count(),
        confidential=releases["confidential"] + waste["confidential"],
        first_year=releases["first"],
        last_year=releases["last"],
    )


def loads_with(load_ids: Iterable[int | None]) -> list[RegisterLoad]:
    """Return the loads with these primary keys, oldest first; one query."""
    return list(RegisterLoad.objects.filter(pk__in={pk for pk in load_ids if pk is not None}).order_by("loaded_at"))


def sources_in_words(loads: Iterable[RegisterLoad]) -> str:
    """Return who published the files that values come from, each once."""
    return "; ".join(dict.fromkeys(load.source_in_words for load in loads)) or _("source not recorded")
