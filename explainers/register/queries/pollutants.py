"""Questions about pollutants: lists, thresholds, largest releases, what is withheld."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet

from register.enums import RELEASE_THRESHOLDS, Medium, ThresholdKind
from register.models import DiffuseRelease, Pollutant, PollutantTransfer, Release, Threshold, ThresholdSet
from register.text_matching import beginnings_of, containing_words, fold

_NAMES = ("name_en", "name_fr", "name_ru", "cas", "code", "slug")


def pollutant_results(text: str = "", group: str = "") -> QuerySet[Pollutant]:
    """Return the pollutants of a group in whose names, CAS number or codes every word of `text` occurs."""
    pollutants = containing_words(Pollutant.objects.all(), text, *_NAMES)
    return pollutants.filter(group=group) if group else pollutants


def pollutants_matching(text: str, limit: int = 10, *, any_word: bool = False) -> list[Pollutant]:
    """Return at most `limit` pollutants for a visitor's words, those whose name or code begins with them first.

    With `any_word`, one of the words is enough.
    """
    starts = beginnings_of(text)
    if not starts:
        return []
    found = containing_words(Pollutant.objects.select_related("part_of"), text, *_NAMES, any_word=any_word)
    return sorted(found, key=lambda pollutant: not _begins(pollutant, starts))[:limit]


def _begins(pollutant: Pollutant, starts: tuple[str, ...]) -> bool:
    """Return whether any of a pollutant's names begins in one of some folded ways."""
    return any((fold(getattr(pollutant, name)) or "").startswith(starts) for name in _NAMES)


def reporting_facilities(year: int | None) -> dict[int, int]:
    """Return how many facilities reported each pollutant for a year, by primary key."""
    if year is None:
        return {}
    rows = (
        Release.objects.current()
        .filter(reporting_year=year)
        .order_by()
        .values("pollutant")
        .annotate(facilities=Count("facility", distinct=True))
        .values_list("pollutant", "facilities")
    )
    return dict(rows)


@dataclass(frozen=True)
class ThresholdRow:
    """One column of Annex II for a pollutant: its threshold in each set, None where the set has none."""

    kind: ThresholdKind
    cells: list[tuple[ThresholdSet, Threshold | None]]


@dataclass(frozen=True)
class ThresholdTable:
    """The thresholds of a pollutant in all sets, the set that applies here first."""

    sets: list[ThresholdSet]
    rows: list[ThresholdRow]

    def applying(self, medium: Medium) -> Threshold | None:
        """Return the threshold for releases to a medium in the set by which operators here report."""
        for row in self.rows:
            if row.kind == RELEASE_THRESHOLDS[medium]:
                return next((threshold for held, threshold in row.cells if held.applies), None)
        return None


def threshold_table(pollutant: Pollutant) -> ThresholdTable:
    """Return the thresholds of a pollutant, one row for each kind that any set has; two queries."""
    sets = list(ThresholdSet.objects.order_by(F("applies").desc(), "code"))
    found: dict[str, dict[int, Threshold]] = defaultdict(dict)
    for threshold in Threshold.objects.filter(pollutant=pollutant).order_by():
        found[threshold.kind][threshold.threshold_set_id] = threshold
    rows = [
        ThresholdRow(kind=kind, cells=[(held, found[kind].get(held.pk)) for held in sets])
        for kind in ThresholdKind
        if kind in found
    ]
    return ThresholdTable(sets=sets, rows=rows)


def applying_thresholds(pollutant_ids: set[int]) -> dict[tuple[int, str], Decimal]:
    """Return the applying release thresholds in kilograms a year, by pollutant and medium; one query."""
    media = {kind.value: medium for medium, kind in RELEASE_THRESHOLDS.items()}
    rows = Threshold.objects.filter(
        threshold_set__applies=True, pollutant__in=pollutant_ids, kind__in=media
    ).values_list("pollutant", "kind", "quantity_kg")
    return {(pollutant, media[kind].value): quantity for pollutant, kind, quantity in rows}


def largest_releases(pollutant: Pollutant, year: int, medium: Medium, limit: int = 5) -> list[Release]:
    """Return the largest quantities of a pollutant reported for a year and medium."""
    return list(
        Release.objects.current()
        .filter(pollutant=pollutant, reporting_year=year, medium=medium, quantity_kg__gt=0)
        .select_related("facility__activity", "load")
        .order_by("-quantity_kg", "pk")[:limit]
    )


def accidental_releases(pollutant: Pollutant, limit: int = 10) -> list[Release]:
    """Return the newest releases of a pollutant with a quantity from extraordinary events (Art. 7(6))."""
    return list(
        Release.objects.current()
        .filter(pollutant=pollutant, accidental_kg__gt=0)
        .select_related("facility", "pollutant", "withheld", "load")
        .order_by("-reporting_year", "-accidental_kg", "pk")[:limit]
    )


def withheld_releases(pollutant: Pollutant, limit: int = 20) -> list[Release]:
    """Return the newest releases of a pollutant of which something is withheld, with type and reason (Art. 12(3))."""
    return list(
        Release.objects.current()
        .filter(pollutant=pollutant, withheld__isnull=False)
        .select_related("facility", "pollutant", "withheld", "load")
        .order_by("-reporting_year", "facility__name", "pk")[:limit]
    )


def facility_count(pollutant: Pollutant, year: int) -> tuple[int, int]:
    """Return how many facilities ever reported a pollutant, and how many for one year."""
    counts = (
        Release.objects.current()
        .filter(pollutant=pollutant)
        .aggregate(
            ever=Count("facility", distinct=True),
            in_year=Count("facility", distinct=True, filter=Q(reporting_year=year)),
        )
    )
    return counts["ever"], counts["in_year"]


def newest_diffuse_releases(pollutant: Pollutant) -> list[DiffuseRelease]:
    """Return the diffuse releases of a pollutant in the newest year that has any (Art. 5(2))."""
    entries = DiffuseRelease.objects.current().filter(pollutant=pollutant)
    newest = entries.order_by("-reporting_year").values("reporting_year")[:1]
    return list(
        entries.filter(reporting_year=newest)
        .select_related("pollutant", "load", "withheld")
        .order_by("area", F("quantity_kg").desc(nulls_last=True), "pk")
    )


def transfer_count(pollutant: Pollutant) -> int:
    """Return how many off-site transfers of a pollutant the register holds."""
    return PollutantTransfer.objects.current().filter(pollutant=pollutant).count()
