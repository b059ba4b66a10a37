"""Pages about who reports."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from design.formats import format_number
from design.freshness import public_page
from register.absences import ABSENCES, withheld_sentence
from register.caveats import Caveat
from register.enums import LoadKind
from register.figures import RegisterChart, facility_chart, figure_view
from register.forms import FacilityFilterForm
from register.history import change_rows
from register.links import explanations, facility_links
from register.models import EntryChange, Facility, Pollutant, Release
from register.queries.facilities import (
    changes_of,
    facility_results,
    pollutant_transfers_of,
    releases_of,
    waste_transfers_of,
)
from register.queries.pollutants import applying_thresholds
from register.rows import EntryRow, EntryTable, entry_row, entry_table, multiple_in_words
from register.selectors import EntryKind
from register.views.crumbs import register_crumbs

FACILITIES_A_PAGE = 25


@require_safe
@public_page
def facility_list(request: HttpRequest) -> HttpResponse:
    """List facilities by name, place, activity and operator."""
    form = FacilityFilterForm(request.GET)
    facilities = Facility.objects.none()
    if form.is_valid():
        asked = form.cleaned_data
        facilities = facility_results(asked["q"], asked["place"], asked["activity"], asked["operator"])
    page = Paginator(facilities, FACILITIES_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "register/facility_list.html",
        {"form": form, "page_obj": page, "count": page.paginator.count, "breadcrumbs": register_crumbs()},
    )


@require_safe
@public_page
def facility(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one facility: who, where and what, what it released and sent away, and how its entries were revised."""
    held = _facility(public_id)
    releases = releases_of(held)
    current = [release for release in releases if release.is_current]
    newest_year = current[0].reporting_year if current else None
    newest = [release for release in current if release.reporting_year == newest_year]
    thresholds = applying_thresholds({release.pollutant_id for release in newest})
    waste = waste_transfers_of(held)
    transfers = pollutant_transfers_of(held)
    shown = _shown_pollutant(request.GET.get("pollutant", ""), current, newest, thresholds)
    chart = facility_chart(held, shown, releases) if shown else None
    table = entry_table(newest, EntryKind.RELEASES)
    return render(
        request,
        "register/facility.html",
        {
            "facility": held,
            "address": _address(held),
            "coordinates": _coordinates(held),
            "withheld": withheld_sentence(held.withheld) if held.withheld else "",
            "newest_year": newest_year,
            "table": table,
            "rows": _with_multiples(newest, thresholds),
            "pollutants": _reported_pollutants(current),
            "shown": shown,
            "figure": figure_view(chart) if chart else None,
            "chart_caveats": _further_caveats(chart, table),
            "waste": entry_table(_newest_year(waste), EntryKind.WASTE),
            "waste_count": len(waste),
            "transfers": entry_table(_newest_year(transfers), EntryKind.TRANSFERS),
            "transfer_count": len(transfers),
            "dropped_rows": [entry_row(release, EntryKind.RELEASES) for release in releases if not release.is_current],
            "changes": change_rows(changes_of(held)),
            "link_groups": facility_links(held),
            "breadcrumbs": register_crumbs((_("Facilities"), reverse("register:facility_list"))),
        },
    )


@require_safe
@public_page
def facility_pollutant(request: HttpRequest, public_id: str, slug: str) -> HttpResponse:
    """Show every entry of one pollutant from one facility: chart, values by year and medium, and their history."""
    held = _facility(public_id)
    pollutant = get_object_or_404(Pollutant.objects.select_related("part_of"), slug=slug)
    releases = releases_of(held)
    own = [release for release in releases if release.pollutant_id == pollutant.pk]
    if not own:
        raise Http404(_("The register holds no such release."))
    chart = facility_chart(held, pollutant, releases)
    thresholds = applying_thresholds({pollutant.pk})
    changes = (
        EntryChange.objects.filter(facility=held, pollutant=pollutant, kind=LoadKind.RELEASES)
        .select_related("load", "pollutant")
        .order_by("-load__loaded_at", "-reporting_year", "pk")
    )
    return render(
        request,
        "register/facility_pollutant.html",
        {
            "facility": held,
            "pollutant": pollutant,
            "explanation": explanations([pollutant]).get(pollutant.pk),
            "chart": chart,
            "figure": figure_view(chart) if chart else None,
            "table": entry_table(own, EntryKind.RELEASES),
            "rows": _with_multiples(own, thresholds),
            "absences": ABSENCES,
            "changes": change_rows(changes),
            "breadcrumbs": register_crumbs(
                (_("Facilities"), reverse("register:facility_list")), (held.title, held.get_absolute_url())
            ),
        },
    )


def _facility(public_id: str) -> Facility:
    """Return a facility with what its page says of it."""
    related = ("activity__parent", "operator", "parent_company", "withheld", "load")
    return get_object_or_404(Facility.objects.select_related(*related), public_id=public_id)


def _address(facility: Facility) -> str:
    """Return street, postal code, town and region in a line."""
    town = " ".join(part for part in (facility.postal_code, facility.city) if part)
    return ", ".join(part for part in (facility.street, town, facility.region) if part)


def _coordinates(facility: Facility) -> str:
    """Return the place on earth in words; empty where it is not known."""
    if facility.latitude is None or facility.longitude is None:
        return ""
    return _("%(latitude)s° %(north)s, %(longitude)s° %(east)s (WGS 84)") % {
        "latitude": format_number(abs(facility.latitude)),
        "north": _("north") if facility.latitude >= 0 else _("south"),
        "longitude": format_number(abs(facility.longitude)),
        "east": _("east") if facility.longitude >= 0 else _("west"),
    }


def _newest_year(entries: Sequence[Any]) -> list[Any]:
    """Return the current entries of the newest year that has any."""
    current = [entry for entry in entries if entry.is_current]
    return [entry for entry in current if entry.reporting_year == current[0].reporting_year] if current else []


def _multiple(release: Release, thresholds: dict[tuple[int, str], Decimal]) -> Decimal:
    """Return how many times the reporting threshold a release is; zero where that cannot be said."""
    threshold = thresholds.get((release.pollutant_id, release.medium))
    return (release.quantity_kg or Decimal(0)) / threshold if threshold else Decimal(0)


def _shown_pollutant(
    asked: str, current: list[Release], newest: list[Release], thresholds: dict[tuple[int, str], Decimal]
) -> Pollutant | None:
    """Return the pollutant to draw: the one asked for, else the one furthest above its reporting threshold."""
    if not current:
        return None
    for release in current:
        if release.pollutant.slug == asked:
            return release.pollutant
    return max(newest, key=lambda release: _multiple(release, thresholds)).pollutant


def _further_caveats(chart: RegisterChart | None, table: EntryTable) -> list[Caveat]:
    """Return the caveats of the chart that do not stand beside the table already."""
    told = {caveat.code for caveat in table.caveats}
    return [caveat for caveat in chart.caveats if caveat.code not in told] if chart else []


def _with_multiples(
    releases: list[Release], thresholds: dict[tuple[int, str], Decimal]
) -> list[tuple[Release, EntryRow, str]]:
    """Return releases with their rows and the multiple of the threshold in words."""
    return [
        (
            release,
            entry_row(release, EntryKind.RELEASES),
            multiple_in_words(release.quantity_kg, thresholds.get((release.pollutant_id, release.medium))),
        )
        for release in releases
    ]


def _reported_pollutants(current: list[Release]) -> list[tuple[Pollutant, str]]:
    """Return every pollutant a facility ever reported, with the first and last year, in the order of the annex."""
    years: dict[int, tuple[Pollutant, list[int]]] = {}
    for release in current:
        years.setdefault(release.pollutant_id, (release.pollutant, []))[1].append(release.reporting_year)
    listed = sorted(years.values(), key=lambda held: (held[0].position, held[0].code))
    return [
        (pollutant, str(min(span)) if min(span) == max(span) else f"{min(span)}–{max(span)}")
        for pollutant, span in listed
    ]
