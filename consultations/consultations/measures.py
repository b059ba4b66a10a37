"""One measure in words, in the language of the page: label, before, after, the change, and the entries it touches."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import Max
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from consultations.enums import (
    ACTIVITY_LIST_MEASURES,
    POLLUTANT_LIST_MEASURES,
    QUANTITY_MEASURES,
    MeasureKind,
)
from consultations.models import Measure
from design.formats import format_number, format_quantity_kg
from design.languages import localised
from register.enums import RELEASE_THRESHOLDS, Medium, Presence, ThresholdKind
from register.models import Release
from register.queries.facilities import facility_results

_MEDIUM_OF: Final[Mapping[str, Medium]] = {kind: medium for medium, kind in RELEASE_THRESHOLDS.items()}

_LABELS: Final[Mapping[MeasureKind, Promise]] = {
    MeasureKind.POLLUTANT_ADDED: gettext_lazy("%(subject)s: added to the pollutants of the register"),
    MeasureKind.POLLUTANT_REMOVED: gettext_lazy("%(subject)s: removed from the pollutants of the register"),
    MeasureKind.ACTIVITY_ADDED: gettext_lazy("%(subject)s: added to the activities of the register"),
    MeasureKind.ACTIVITY_REMOVED: gettext_lazy("%(subject)s: removed from the activities of the register"),
    MeasureKind.CAPACITY_THRESHOLD_CHANGED: gettext_lazy("%(subject)s: capacity threshold"),
    MeasureKind.METHOD_RULE_CHANGED: gettext_lazy("%(subject)s: how quantities are determined"),
    MeasureKind.ACCESS_CHANGED: gettext_lazy("%(subject)s: access to information"),
    MeasureKind.OTHER: gettext_lazy("%(subject)s"),
}
_THRESHOLD_LABELS: Final[Mapping[str, Promise]] = {
    ThresholdKind.RELEASE_AIR: gettext_lazy("%(subject)s: threshold for releases to air"),
    ThresholdKind.RELEASE_WATER: gettext_lazy("%(subject)s: threshold for releases to water"),
    ThresholdKind.RELEASE_LAND: gettext_lazy("%(subject)s: threshold for releases to land"),
    ThresholdKind.OFFSITE_TRANSFER: gettext_lazy("%(subject)s: threshold for off-site transfers"),
    ThresholdKind.MANUFACTURE_PROCESS_USE: gettext_lazy("%(subject)s: threshold for manufacture, process or use"),
}

# What a ratio of thresholds is called; any other is told in per cent.
_RATIOS: Final[Mapping[Decimal, Promise]] = {
    Decimal("0.01"): gettext_lazy("Reduced to a hundredth: from %(before)s to %(after)s a year."),
    Decimal("0.1"): gettext_lazy("Reduced to a tenth: from %(before)s to %(after)s a year."),
    Decimal("0.2"): gettext_lazy("Reduced to a fifth: from %(before)s to %(after)s a year."),
    Decimal("0.25"): gettext_lazy("Reduced to a quarter: from %(before)s to %(after)s a year."),
    Decimal("0.5"): gettext_lazy("Halved: from %(before)s to %(after)s a year."),
    Decimal(2): gettext_lazy("Doubled: from %(before)s to %(after)s a year."),
    Decimal(5): gettext_lazy("Raised fivefold: from %(before)s to %(after)s a year."),
    Decimal(10): gettext_lazy("Raised tenfold: from %(before)s to %(after)s a year."),
}


@dataclass(frozen=True)
class MeasureInWords:
    """Everything a reader is told about a measure, in one language."""

    code: str
    label: str
    before: str
    after: str
    change: str
    rationale: str


@dataclass(frozen=True)
class TouchedEntries:
    """What of the register a measure touches: sentences, each with the search that shows the entries."""

    year: int | None = None
    lines: list[dict[str, str]] = field(default_factory=list)


def measure_label(measure: Measure) -> str:
    """Return what the measure changes, such as "Mercury and compounds: threshold for releases to water"."""
    words = _THRESHOLD_LABELS.get(measure.threshold_kind) if measure.kind in QUANTITY_MEASURES else None
    return str(words or _LABELS[MeasureKind(measure.kind)]) % {"subject": measure.subject}


def change_in_words(before_kg: Decimal | None, after_kg: Decimal | None) -> str:
    """Return a change of a threshold as people say it: "Halved: from 1 kg to 0.5 kg a year."."""
    before, after = format_quantity_kg(before_kg, unit="kg"), format_quantity_kg(after_kg, unit="kg")
    values: dict[str, str] = {"before": before, "after": after}
    if before_kg is None:
        return _("New threshold: %(after)s a year.") % values
    if after_kg is None:
        return _("The threshold of %(before)s a year would go.") % values
    if before_kg == 0:
        return _("Raised from %(before)s to %(after)s a year.") % values
    ratio = after_kg / before_kg
    if ratio in _RATIOS:
        return str(_RATIOS[ratio]) % values
    percent = abs((ratio - 1) * 100).quantize(Decimal(1))
    values["percent"] = format_number(percent)
    if ratio < 1:
        return _("Lowered by %(percent)s per cent: from %(before)s to %(after)s a year.") % values
    return _("Raised by %(percent)s per cent: from %(before)s to %(after)s a year.") % values


def describe_measure(measure: Measure) -> MeasureInWords:
    """Return the measure in words, in the language of the page."""
    before, after, change = _sides(measure)
    return MeasureInWords(
        code=measure.code,
        label=measure_label(measure),
        before=before,
        after=after,
        change=change,
        rationale=measure.rationale,
    )


def _sides(measure: Measure) -> tuple[str, str, str]:
    """Return before, after and the change in words."""
    if measure.kind in QUANTITY_MEASURES:
        return (
            _quantity_side(measure.before_quantity_kg),
            _quantity_side(measure.after_quantity_kg),
            change_in_words(measure.before_quantity_kg, measure.after_quantity_kg),
        )
    before, after = localised(measure, "before_text"), localised(measure, "after_text")
    if measure.kind in {MeasureKind.POLLUTANT_ADDED, MeasureKind.ACTIVITY_ADDED}:
        return before or _("Not in the register"), after or _("In the register"), _("Added.")
    if measure.kind in {MeasureKind.POLLUTANT_REMOVED, MeasureKind.ACTIVITY_REMOVED}:
        return before or _("In the register"), after or _("Not in the register"), _("Removed.")
    return before or _("No rule"), after or _("No rule"), ""


def _quantity_side(quantity_kg: Decimal | None) -> str:
    if quantity_kg is None:
        return _("No threshold")
    return _("%(quantity)s a year") % {"quantity": format_quantity_kg(quantity_kg, unit="kg")}


def touched_entries(measure: Measure) -> TouchedEntries:
    """Return what the measure would bring into the register or leave out, in the newest reporting year."""
    if measure.kind in ACTIVITY_LIST_MEASURES or (measure.pollutant_id is None and measure.activity_id):
        return _touched_facilities(measure)
    if measure.pollutant is None:
        return TouchedEntries()
    medium = _MEDIUM_OF.get(measure.threshold_kind, "")
    releases = Release.objects.current().filter(pollutant=measure.pollutant_id)
    if medium:
        releases = releases.filter(medium=medium)
    year = releases.aggregate(newest=Max("reporting_year"))["newest"]
    if year is None:
        return TouchedEntries(lines=[{"text": _("The register holds no such releases.")}])
    releases = releases.filter(reporting_year=year)
    asked = {"pollutant": measure.pollutant.code, "medium": medium, "year_from": year, "year_to": year}
    reported = releases.filter(presence=Presence.REPORTED)
    lines = [_reported_line(year, reported, asked)]
    if measure.kind == MeasureKind.RELEASE_THRESHOLD_CHANGED:
        lines += _threshold_lines(measure, releases, reported, asked)
    elif measure.kind in POLLUTANT_LIST_MEASURES:
        lines += _list_lines(measure)
    return TouchedEntries(year=year, lines=lines)


def _count(releases: Any) -> tuple[int, int]:
    return releases.count(), releases.order_by().values("facility").distinct().count()


def _reported_line(year: int, reported: Any, asked: Mapping[str, object]) -> dict[str, str]:
    releases, facilities = _count(reported)
    text = ngettext(
        "In %(year)s, %(facilities)s facility reported such releases (entries: %(releases)s).",
        "In %(year)s, %(facilities)s facilities reported such releases (entries: %(releases)s).",
        facilities,
    ) % {"year": year, "facilities": format_number(facilities), "releases": format_number(releases)}
    return {"text": text, "url": search_address(asked)}


def _threshold_lines(
    measure: Measure, releases: Any, reported: Any, asked: Mapping[str, object]
) -> list[dict[str, str]]:
    """Return what lies between the old threshold and the new one."""
    before, after = measure.before_quantity_kg, measure.after_quantity_kg
    if after is not None and (before is None or after < before):
        return _lowered_lines(after, before, releases, reported)
    low = before if before is not None else Decimal(0)
    dropping = reported.filter(quantity_kg__gt=low)
    if after is not None:
        dropping = dropping.filter(quantity_kg__lte=after)
    entries, facilities = _count(dropping)
    text = ngettext(
        "%(releases)s of these entries would no longer have to be reported (facilities: %(facilities)s).",
        "%(releases)s of these entries would no longer have to be reported (facilities: %(facilities)s).",
        entries,
    ) % {"releases": format_number(entries), "facilities": format_number(facilities)}
    return (
        [{"text": text, "url": search_address(asked)}]
        if entries
        else [{"text": _("No entry would leave the register.")}]
    )


def _lowered_lines(after: Decimal, before: Decimal | None, releases: Any, reported: Any) -> list[dict[str, str]]:
    between = reported.filter(quantity_kg__gt=after)
    if before is not None:
        between = between.filter(quantity_kg__lte=before)
    voluntary = between.count()
    silent = releases.filter(presence=Presence.BELOW_THRESHOLD).order_by().values("facility").distinct().count()
    lines = []
    if voluntary:
        lines.append(
            ngettext(
                "%(count)s entry that was reported of the operator’s own accord would become a duty.",
                "%(count)s entries that were reported of the operators’ own accord would become a duty.",
                voluntary,
            )
            % {"count": format_number(voluntary)}
        )
    if silent:
        lines.append(
            ngettext(
                "%(count)s facility said that it was below the threshold: it may have to report the quantity.",
                "%(count)s facilities said that they were below the threshold: some may have to report the quantity.",
                silent,
            )
            % {"count": format_number(silent)}
        )
    if not lines:
        lines.append(
            _("How many more would report cannot be seen here: the register holds nothing below the threshold.")
        )
    return [{"text": line} for line in lines]


def _list_lines(measure: Measure) -> list[dict[str, str]]:
    if measure.kind == MeasureKind.POLLUTANT_REMOVED:
        return [{"text": _("All of these entries would no longer have to be reported.")}]
    return []


def _touched_facilities(measure: Measure) -> TouchedEntries:
    """Return how many facilities have the measure's activity as their main one."""
    if measure.activity is None:
        return TouchedEntries()
    facilities = facility_results(activity=measure.activity.code).count()
    text = ngettext(
        "%(count)s facility in the register has this as its main activity.",
        "%(count)s facilities in the register have this as their main activity.",
        facilities,
    ) % {"count": format_number(facilities)}
    address = f"{reverse('register:facility_list')}?{urlencode({'activity': measure.activity.code})}"
    return TouchedEntries(lines=[{"text": text, "url": address}])


def search_address(asked: Mapping[str, object]) -> str:
    """Return the address of the register search that shows these entries."""
    return f"{reverse('register:search')}?{urlencode({key: value for key, value in asked.items() if value})}"
