"""Pages about what is reported."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from design.freshness import public_page
from register.absences import ABSENCES
from register.enums import LoadKind, PollutantGroup, Presence
from register.facts import absences_met, bound_facts, media_without_entries, released_to
from register.figures import RegisterChart, figure_view, pollutant_chart
from register.forms import PollutantFilterForm
from register.links import pollutant_links
from register.models import EntryChange, Pollutant
from register.queries.listed import pollutant_counts
from register.queries.pollutants import (
    ThresholdTable,
    accidental_releases,
    facility_count,
    newest_diffuse_releases,
    pollutant_results,
    reporting_facilities,
    threshold_table,
    transfer_count,
    withheld_releases,
)
from register.queries.versions import covered_years
from register.rows import entry_table, multiple_in_words
from register.selectors import EntryKind
from register.views.crumbs import register_crumbs


@require_safe
@public_page
def pollutant_list(request: HttpRequest) -> HttpResponse:
    """List the pollutants by group, with how many facilities reported each for the newest year."""
    form = PollutantFilterForm(request.GET)
    valid = form.is_valid()
    is_filtered = bool(request.GET.get("q") or request.GET.get("group"))
    found = pollutant_results(form.cleaned_data["q"], form.cleaned_data["group"]) if valid else Pollutant.objects.none()
    years = covered_years()
    newest = years[1] if years else None
    facilities = reporting_facilities(newest)
    order = list(PollutantGroup)
    listed = sorted(found.select_related("part_of"), key=lambda held: order.index(PollutantGroup(held.group)))
    groups = [
        (PollutantGroup(group).label, [(held, facilities.get(held.pk, 0)) for held in members])
        for group, members in groupby(listed, key=lambda held: held.group)
    ]
    return render(
        request,
        "register/pollutant_list.html",
        {
            "form": form,
            "is_filtered": is_filtered,
            "groups": groups,
            "count": len(listed),
            "pollutant_counts": None if is_filtered else pollutant_counts(),
            "newest_year": newest,
            "breadcrumbs": register_crumbs(),
        },
    )


@require_safe
@public_page
def pollutant(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one pollutant: how much is released to where, by whom, what is withheld, and above what it is reported."""
    held = get_object_or_404(Pollutant.objects.select_related("part_of").prefetch_related("sub_entries"), slug=slug)
    chart = pollutant_chart(held)
    thresholds = threshold_table(held)
    context: dict[str, Any] = {
        "pollutant": held,
        "thresholds": thresholds,
        "diffuse": entry_table(newest_diffuse_releases(held), EntryKind.DIFFUSE),
        "withheld": entry_table(withheld_releases(held), EntryKind.RELEASES),
        "transfer_count": transfer_count(held),
        "revised": EntryChange.objects.filter(pollutant=held, kind=LoadKind.RELEASES).count(),
        "link_groups": pollutant_links(held),
        "not_reported": ABSENCES[Presence.NOT_REPORTED],
        "search_url": f"{reverse('register:search')}?kind=releases&pollutant={held.code}",
        "breadcrumbs": register_crumbs((_("Pollutants"), reverse("register:pollutant_list"))),
    }
    if chart is not None:
        newest_year = chart.newest[0].year
        ever, in_year = facility_count(held, newest_year)
        context |= {
            "chart": chart,
            "figure": figure_view(chart),
            "facts": [fact.as_component() for fact in bound_facts(chart)],
            "newest_year": newest_year,
            "facilities_ever": ever,
            "facilities_newest": in_year,
            "largest": _largest(chart, thresholds),
            "accidents": entry_table(accidental_releases(held), EntryKind.RELEASES),
            "media_without_entries": media_without_entries(chart),
            "absences": absences_met(chart),
        }
    return render(request, "register/pollutant.html", context)


def _largest(chart: RegisterChart, thresholds: ThresholdTable) -> list[dict[str, Any]]:
    """Return the largest releases of the newest year by medium, each list named after the set it is from."""
    lists = []
    for total in chart.newest:
        entries = chart.largest.get(total.medium, [])
        if not entries:
            continue
        threshold = thresholds.applying(total.medium)
        threshold_kg = threshold.quantity_kg if threshold else None
        lists.append(
            {
                "medium": total.medium,
                "medium_words": released_to(total.medium),
                "reported": total.entries,
                "rows": [
                    {"entry": entry, "multiple": multiple_in_words(entry.quantity_kg, threshold_kg)}
                    for entry in entries
                ],
            }
        )
    return lists
