"""What a chart says in words, in its language: a short alternative text, the finding, and the long description."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from charts.enums import Medium, State
from charts.palette import MARKS
from charts.scales import Unit, shares_one_scale, unit_for, units_of
from charts.spec import ChartSpec, Point, Series
from charts.words import NOT_COMPARABLE, PEAK_FACTOR, WordRule, change_rule, share_words
from design.formats import format_number


def alternative_text(spec: ChartSpec) -> str:
    """Return what the drawing is, its peaks, and where its long description stands."""
    with override(spec.language):
        peaks = [peak_sentence(series, unit) for series, unit in zip(spec.series, units_of(spec), strict=True)]
        drawn = _("Bar chart: %(title)s, %(span)s.") % {"title": spec.title, "span": _span(spec.years)}
        return " ".join(filter(None, [drawn, *peaks, _("What it shows is described below it.")]))


def finding(spec: ChartSpec) -> str:
    """Return the caption: what happened to each medium between its first and its last value."""
    with override(spec.language):
        changes = [way_in_words(series, unit) for series, unit in zip(spec.series, units_of(spec), strict=True)]
        return " ".join([f"{spec.title}.", *changes])


def long_description(spec: ChartSpec) -> list[str]:
    """Return the whole chart in sentences: form, scales, every medium's way and gaps, the parts of the last year."""
    with override(spec.language):
        sentences = [_form_sentence(spec)]
        for series, unit in zip(spec.series, units_of(spec), strict=True):
            sentences.append(way_in_words(series, unit))
            sentences += [*_extremes_sentences(series, unit), *_absence_sentences(series)]
        sentences += _share_sentences(spec)
        return sentences


def _span(years: tuple[int, ...]) -> str:
    """Return the years from the first to the last."""
    return f"{years[0]}–{years[-1]}" if len(years) > 1 else str(years[0])


def _subject(medium: Medium) -> str:
    """Return the medium as the beginning of a sentence."""
    return {
        Medium.AIR: _("Releases to air"),
        Medium.WATER: _("Releases to water"),
        Medium.LAND: _("Releases to land"),
        Medium.OFFSITE_TRANSFER: _("Off-site transfers"),
    }[medium]


def _form_sentence(spec: ChartSpec) -> str:
    """Return how the chart is built and how its scales stand to each other."""
    parts = len(spec.series)
    built = ngettext(
        "A bar chart with one bar for each year, %(span)s.",
        "%(parts)s bar charts, one below the other, with one bar for each year, %(span)s.",
        parts,
    ) % {"parts": format_number(parts), "span": _span(spec.years)}
    if parts == 1:
        return built
    if shares_one_scale(spec):
        return built + " " + _("All have the same scale.")
    return built + " " + _("Each has its own scale: compare bars within a part, not between parts.")


def change_of(series: Series) -> tuple[WordRule, Point | None, Point | None]:
    """Return the word for the way from the first value to the last, with both.

    Parts of totals are not compared, nor are values before and after a change of the reporting rule.
    """
    if len(series.with_value) < 2:
        return NOT_COMPARABLE, None, None
    first, last = series.with_value[0], series.with_value[-1]
    if not (first.is_complete and last.is_complete) or series.breaks_between(first, last):
        return NOT_COMPARABLE, first, last
    return change_rule(first.quantity_kg, last.quantity_kg), first, last


def change_sentence(series: Series, unit: Unit) -> str:
    """Return how the first value of a medium stands to its last one."""
    rule, first, last = change_of(series)
    subject = _subject(series.medium)
    if not series.with_value:
        return _("%(subject)s: no year has a value.") % {"subject": subject}
    if first is None or last is None:
        only = series.with_value[0]
        return _("%(subject)s: %(quantity)s in %(year)s, the only year with a value.") % {
            "subject": subject,
            "quantity": _quantity(unit, only),
            "year": only.year,
        }
    facts = {
        "subject": subject,
        "change": rule.words,
        "first": _quantity(unit, first),
        "first_year": first.year,
        "last": _quantity(unit, last),
        "last_year": last.year,
    }
    if breaks := series.breaks_between(first, last):
        return _(
            "%(subject)s: %(first)s in %(first_year)s and %(last)s in %(last_year)s cannot be compared, "
            "because the rule of reporting changed in %(breaks)s."
        ) % {**facts, "breaks": _years(list(breaks))}
    if rule is NOT_COMPARABLE:
        return (
            _(
                "%(subject)s: %(first)s in %(first_year)s and %(last)s in %(last_year)s cannot be compared, "
                "because values are withheld from them."
            )
            % facts
        )
    return _("%(subject)s %(change)s: %(first)s in %(first_year)s, %(last)s in %(last_year)s.") % facts


def peak_of(series: Series) -> Point | None:
    """Return the highest value between the first and the last, where it exceeds both by `PEAK_FACTOR`; else None.

    None too where the ends cannot be compared: then nothing is said that a peak could belie.
    """
    rule, first, last = change_of(series)
    if rule is NOT_COMPARABLE or first is None or last is None:
        return None
    between = [point for point in series.with_value if first.year < point.year < last.year]
    highest = max(between, key=lambda point: point.quantity_kg or Decimal(0), default=None)
    ends = max(first.quantity_kg or Decimal(0), last.quantity_kg or Decimal(0))
    return highest if highest and (highest.quantity_kg or Decimal(0)) > PEAK_FACTOR * ends else None


def peak_sentence(series: Series, unit: Unit) -> str:
    """Return when and how high a medium's peak between its first and its last value was; empty where there is none."""
    peak = peak_of(series)
    if peak is None:
        return ""
    return _("%(subject)s were highest in between: %(quantity)s in %(year)s.") % {
        "subject": _subject(series.medium),
        "quantity": _quantity(unit, peak),
        "year": peak.year,
    }


def way_in_words(series: Series, unit: Unit) -> str:
    """Return how the first value of a medium stands to its last one, and the peak that this would hide."""
    return " ".join(filter(None, [change_sentence(series, unit), peak_sentence(series, unit)]))


def _quantity(unit: Unit, point: Point) -> str:
    """Return a point's quantity with its unit."""
    return unit.in_words(point.quantity_kg or Decimal(0))


def _extremes_sentences(series: Series, unit: Unit) -> list[str]:
    """Return the highest and the lowest value of three or more."""
    points = series.with_value
    if len(points) < 3:
        return []
    highest = max(points, key=lambda point: point.quantity_kg or Decimal(0))
    lowest = min(points, key=lambda point: point.quantity_kg or Decimal(0))
    if highest.quantity_kg == lowest.quantity_kg:
        return []
    if peak_of(series):
        facts = {"lowest": _quantity(unit, lowest), "lowest_year": lowest.year}
        return [_("The lowest value is %(lowest)s in %(lowest_year)s.") % facts]
    return [
        _("The highest value is %(highest)s in %(highest_year)s, the lowest %(lowest)s in %(lowest_year)s.")
        % {
            "highest": _quantity(unit, highest),
            "highest_year": highest.year,
            "lowest": _quantity(unit, lowest),
            "lowest_year": lowest.year,
        }
    ]


def _absence_sentences(series: Series) -> list[str]:
    """Return which years have no value, by the kind of absence, and which have only a part of it."""
    sentences = []
    for state, mark in MARKS.items():
        years = [point.year for point in series.points if point.state is state]
        if years and state is not State.ZERO:
            sentences.append(
                ngettext("%(years)s has no value: %(absence)s.", "%(years)s have no value: %(absence)s.", len(years))
                % {"years": _years(years), "absence": mark.label}
            )
    partial = [point.year for point in series.points if point.quantity_kg is not None and point.withheld]
    if partial:
        sentences.append(
            _("In %(years)s values are withheld and missing from the total: the true total is larger or equal.")
            % {"years": _years(partial)}
        )
    return sentences


def _years(years: list[int]) -> str:
    """Return years with neighbours joined: "2007–2009, 2012"."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(_span(tuple(run)) for run in runs)


def _share_sentences(spec: ChartSpec) -> list[str]:
    """Return which part of the last year's total went to which medium, where every part is known."""
    latest = [series.points[-1] for series in spec.series]
    known = [point for point in latest if point.quantity_kg is not None]
    # A confidential part makes every share unknowable; a medium nobody reported is named in the denominator's words.
    if len(known) < 2 or any(point.withheld or point.state is State.CONFIDENTIAL for point in latest):
        return []
    total = sum((point.quantity_kg or Decimal(0) for point in known), Decimal(0))
    if not total:
        return []
    series, largest = max(zip(spec.series, latest, strict=True), key=lambda pair: pair[1].quantity_kg or Decimal(0))
    return [
        _("Of the %(total)s reported for %(year)s, %(share)s went here: %(medium)s.")
        % {
            "total": unit_for(total).in_words(total),
            "year": spec.years[-1],
            "share": share_words(largest.quantity_kg or Decimal(0), total),
            "medium": _destination(series.medium),
        }
    ]


def _destination(medium: Medium) -> str:
    """Return where a medium's releases go, within a sentence."""
    return {
        Medium.AIR: _("to air"),
        Medium.WATER: _("to water"),
        Medium.LAND: _("to land"),
        Medium.OFFSITE_TRANSFER: _("off-site transfer"),
    }[medium]
