"""Drawings and their numbers, by address: what an address names never changes, so it may be kept for ever."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from charts.enums import Layout
from charts.rendering import kept_svg, svg_of
from charts.tables import csv_text
from register.downloads import BYTE_ORDER_MARK
from register.figures import RegisterChart, chart_csv_url, chart_url, facility_chart, pollutant_chart
from register.models import Facility, Pollutant
from register.queries.facilities import releases_of

_FOR_EVER = "public, max-age=31536000, immutable"
_ASK_EACH_TIME = "no-cache"


@require_safe
def chart_svg(
    request: HttpRequest, address: str, layout: str, pollutant: str, facility: str | None = None
) -> HttpResponse:
    """Send a drawing; an address of earlier data, or "live", leads to the present drawing."""
    drawing = kept_svg(address, Layout(layout))
    if drawing is None:
        chart = _present_chart(pollutant, facility)
        if chart.spec.address != address:
            return _redirect(chart_url(chart.spec.address, Layout(layout), chart.pollutant, chart.facility))
        drawing = svg_of(chart.spec, Layout(layout))
    response = HttpResponse(drawing, content_type="image/svg+xml; charset=utf-8")
    response["Cache-Control"] = _FOR_EVER
    return response


@require_safe
def chart_csv(request: HttpRequest, address: str, pollutant: str, facility: str | None = None) -> HttpResponse:
    """Send the numbers of a drawing; an address of earlier data, or "live", leads to the present ones."""
    chart = _present_chart(pollutant, facility)
    if chart.spec.address != address:
        return _redirect(chart_csv_url(chart.spec.address, chart.pollutant, chart.facility))
    response = HttpResponse(BYTE_ORDER_MARK + csv_text(chart.spec), content_type="text/csv; charset=utf-8")
    name = pollutant if facility is None else f"{facility}-{pollutant}"
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response["Cache-Control"] = _FOR_EVER
    return response


def _redirect(url: str) -> HttpResponse:
    """Lead to the present address, which may be another tomorrow."""
    response = HttpResponseRedirect(url)
    response["Cache-Control"] = _ASK_EACH_TIME
    return response


def _present_chart(slug: str, public_id: str | None) -> RegisterChart:
    """Return the chart of the present data; not found where there is nothing to draw."""
    pollutant = get_object_or_404(Pollutant.objects.select_related("part_of"), slug=slug)
    if public_id is None:
        chart = pollutant_chart(pollutant)
    else:
        facility = get_object_or_404(Facility, public_id=public_id)
        chart = facility_chart(facility, pollutant, releases_of(facility))
    if chart is None:
        raise Http404(_("The register holds no releases to draw."))
    return chart
