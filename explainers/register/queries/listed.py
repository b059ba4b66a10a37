"""How many pollutants there are: listed, and of these reported; every page that names a number says which it is."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from register.models import Pollutant, Release


@dataclass(frozen=True)
class PollutantCounts:
    """Entries that an annex lists, by annex, and how many of them some facility has reported a release of.

    A sub-entry (CO2 without biomass) is counted in its entry: it is neither listed nor reported beside it.
    """

    listed: int
    in_protocol: int
    in_eprtr_only: int
    sub_entries: int
    reported: int


def pollutant_counts() -> PollutantCounts:
    """Return how many pollutants are listed where, and how many are reported; one query."""
    releases = Release.objects.current().filter(pollutant=OuterRef("pk"))
    rows = (
        Pollutant.objects.order_by()
        .annotate(has_releases=Exists(releases))
        .values_list("pk", "part_of", "in_protocol", "in_eprtr", "has_releases")
    )
    listed = protocol = eprtr_only = sub_entries = 0
    reported = set()
    for pk, part_of, in_protocol, in_eprtr, has_releases in rows:
        if has_releases:
            reported.add(part_of or pk)
        if part_of:
            sub_entries += 1
            continue
        listed += 1
        protocol += in_protocol
        eprtr_only += in_eprtr and not in_protocol
    return PollutantCounts(listed, protocol, eprtr_only, sub_entries, len(reported))
