"""The register's charts: specifications and caveats from its entries, and what a page writes around them.

The page and the address of the drawing go through the same functions, so that both find the same hash.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from charts.enums import ChartKind, Layout
from charts.rendering import words_of
from charts.spec import ChartSpec
from charts.tables import Table
from design.languages import current_code
from design.publisher import site_name
from register.caveats import DOMINANT, Caveat, Dominance, ViewFacts, caveats_for
from register.enums import LoadKind, Medium, Method
from register.models import EntryChange, Facility, Pollutant, Release
from register.queries.pollutants import largest_releases
from register.queries.series import YearTotal, chart_series, pollutant_totals, rule_changes, totals_of_entries
from register.queries.versions import DataVersion, covered_years, data_version, loads_with, sources_in_words


@dataclass(frozen=True)
class RegisterChart:
    """A chart of the register with the totals it is drawn from and the caveats beside it."""

    pollutant: Pollutant
    facility: Facility | None
    spec: ChartSpec
    version: DataVersion
    totals: list[YearTotal]
    largest: dict[Medium, list[Release]]
    caveats: list[Caveat]

    @property
    def newest(self) -> list[YearTotal]:
        """Return the totals of the newest year that has any, one a medium."""
        return [total for total in self.totals if total.year == self.totals[-1].year]


@dataclass(frozen=True)
class FigureView:
    """The variables of the figure component."""

    id: str
    caption: str
    source: str
    svg_url: str
    wide_svg_url: str
    alt: str
    description: str
    table: Table
    csv_url: str
    citation: str


def pollutant_chart(pollutant: Pollutant) -> RegisterChart | None:
    """Return the chart of one pollutant's releases by year and medium; None where there are none."""
    totals = pollutant_totals(pollutant)
    years = covered_years()
    if not totals or years is None:
        return None
    newest_year = totals[-1].year
    newest = [total for total in totals if total.year == newest_year]
    largest = {total.medium: largest_releases(pollutant, newest_year, total.medium) for total in newest}
    facts = ViewFacts(
        dominance=_dominance(pollutant, totals),
        revised=EntryChange.objects.filter(pollutant=pollutant, kind=LoadKind.RELEASES).count(),
        sub_entries=[entry.name for entry in pollutant.sub_entries.all()],
        part_of=pollutant.part_of.name if pollutant.part_of else "",
    )
    title = _("Releases: %(pollutant)s") % {"pollutant": pollutant.name}
    return _chart(
        title=title, pollutant=pollutant, facility=None, totals=totals, years=years, facts=facts, largest=largest
    )


def facility_chart(facility: Facility, pollutant: Pollutant, releases: Sequence[Release]) -> RegisterChart | None:
    """Return the chart of one facility's releases of one pollutant; None where there are none.

    `releases` are all of the facility's. The chart begins with the first year for which it reported anything: before
    that year, nothing is known to be missing.
    """
    current = [release for release in releases if release.is_current]
    own = [release for release in current if release.pollutant_id == pollutant.pk]
    years = covered_years() if own else None
    if years is None:
        return None
    facts = ViewFacts(
        revised=EntryChange.objects.filter(facility=facility, pollutant=pollutant, kind=LoadKind.RELEASES).count(),
        part_of=pollutant.part_of.name if pollutant.part_of else "",
    )
    title = _("Releases of %(facility)s: %(pollutant)s") % {"facility": facility.title, "pollutant": pollutant.name}
    first = min(release.reporting_year for release in current)
    return _chart(
        title=title,
        pollutant=pollutant,
        facility=facility,
        totals=totals_of_entries(own),
        years=(first, years[1]),
        facts=facts,
        largest={},
    )


def _chart(
    *,
    title: str,
    pollutant: Pollutant,
    facility: Facility | None,
    totals: list[YearTotal],
    years: tuple[int, int],
    facts: ViewFacts,
    largest: dict[Medium, list[Release]],
) -> RegisterChart:
    """Return a chart by year and medium of the present data version, in the language being made."""
    loads = loads_with({load_id for total in totals for load_id in total.load_ids})
    facts.methods = sum((total.methods for total in totals), Counter[Method]())
    facts.confidential = sum(total.withheld for total in totals)
    facts.accidental_kg = sum((total.accidental_kg for total in totals), Decimal(0))
    facts.accidental_unknown = any(load.accidental_unknown for load in loads)
    rules = [rule for rule in rule_changes(pollutant, facility) if years[0] < rule.year <= years[1]]
    facts.rule_changes = rules
    caveats = caveats_for(facts)
    version = data_version()
    spec = ChartSpec(
        kind=ChartKind.YEARS_BY_MEDIUM,
        title=title,
        series=chart_series(totals, *years, rules),
        language=current_code(),
        data_version=version.label,
        source=sources_in_words(loads),
        caveats=tuple(caveat.code.value for caveat in caveats),
    )
    return RegisterChart(pollutant, facility, spec, version, totals, largest, caveats)


def _dominance(pollutant: Pollutant, totals: list[YearTotal]) -> Dominance | None:
    """Return the facility that most dominates the newest year, or else the year of the highest total of a medium."""
    newest = [total for total in totals if total.year == totals[-1].year]
    peaks = [
        max((total for total in totals if total.medium is medium), key=lambda total: total.quantity_kg or Decimal(0))
        for medium in {total.medium for total in newest}
    ]
    for candidates in (newest, peaks):
        total = max(candidates, key=lambda held: held.largest_share)
        if total.largest_share > DOMINANT:
            largest = largest_releases(pollutant, total.year, total.medium, limit=1)[0]
            return Dominance(
                facility=largest.facility.title,
                share=total.largest_share,
                year=total.year,
                medium=str(total.medium.label),
            )
    return None


def figure_view(chart: RegisterChart) -> FigureView:
    """Return everything a page writes around a chart."""
    words = words_of(chart.spec)
    wide = chart_url(chart.spec.address, Layout.WIDE, chart.pollutant, chart.facility)
    return FigureView(
        id="releases-by-year",
        caption=words.caption,
        source=f"{chart.spec.source} ({chart.version.in_words})",
        svg_url=chart_url(chart.spec.address, Layout.NARROW, chart.pollutant, chart.facility),
        wide_svg_url=wide,
        alt=words.alt,
        description=" ".join(words.description),
        table=words.table,
        csv_url=chart_csv_url(chart.spec.address, chart.pollutant, chart.facility),
        citation=_("%(title)s, %(first)s–%(last)s. %(publisher)s, data version %(version)s. %(address)s")
        % {
            "title": chart.spec.title,
            "first": chart.spec.years[0],
            "last": chart.spec.years[-1],
            "publisher": site_name(),
            "version": chart.spec.data_version,
            "address": f"{settings.BASE_URL}{wide}",
        },
    )


def _subject(pollutant: Pollutant, facility: Facility | None) -> dict[str, str]:
    """Return the part of an address that names what a chart is of."""
    subject = {"pollutant": pollutant.slug}
    return subject if facility is None else {"facility": facility.public_id, **subject}


def chart_url(address: str, layout: Layout, pollutant: Pollutant, facility: Facility | None) -> str:
    """Return where a drawing is; "live" as address leads to the present one."""
    return reverse(
        "register:chart_svg", kwargs={"address": address, "layout": layout.value, **_subject(pollutant, facility)}
    )


def chart_csv_url(address: str, pollutant: Pollutant, facility: Facility | None) -> str:
    """Return where the numbers of a chart are as a file."""
    return reverse("register:chart_csv", kwargs={"address": address, **_subject(pollutant, facility)})
