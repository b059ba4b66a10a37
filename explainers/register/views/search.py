"""Search of entries by every criterion of Art. 5(1)-(2): single entries or sums, on a page or as a file."""

from typing import Any, cast

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from register.downloads import COLUMNS, SUM_COLUMNS, entries_csv, sum_columns, sums_csv
from register.forms import SearchForm
from register.queries.versions import data_version, loads_with
from register.rows import SumRows, entry_table, sum_caveats, sum_headings
from register.searches import search_in_words, search_key
from register.selectors import (
    EntryKind,
    Order,
    PageOfEntries,
    SumBy,
    as_sum,
    entries_matching,
    inapplicable_criteria,
    sum_keys,
    sums_of,
)
from register.views.crumbs import register_crumbs

ENTRIES_A_PAGE = 25
# Columns whose heading turns the order round, with the order that a first click gives.
_SORTABLE = {"year": "-year", "facility": "facility", "pollutant": "pollutant", "quantity": "-quantity"}


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show the form and, once something was asked, the entries or sums found, a page at a time."""
    asked = bool(request.GET)
    form = SearchForm(request.GET)
    context: dict[str, Any] = {
        "form": form,
        "asked": asked,
        "version": data_version(),
        "breadcrumbs": register_crumbs(),
    }
    if asked and form.is_valid():
        context |= _results(request, form)
    return render(request, "register/search.html", context)


@require_safe
def search_csv(request: HttpRequest) -> HttpResponseBase:
    """Send everything a search finds as a file; a search that cannot be understood is explained on its page."""
    form = SearchForm(request.GET)
    if not form.is_valid():
        return HttpResponseRedirect(f"{reverse('register:search')}?{request.GET.urlencode()}")
    criteria, by = form.criteria, form.sum_by
    lines = sums_csv(criteria, by, form.order) if by else entries_csv(criteria, form.order)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = f"{criteria.kind}-{'sums' if by else 'entries'}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _results(request: HttpRequest, form: SearchForm) -> dict[str, Any]:
    """Return what a page of results shows."""
    criteria, by = form.criteria, form.sum_by
    page: Page[Any]
    labels = {name: str(form.fields[name].label) for name in form.fields}
    context: dict[str, Any] = {
        "kind": criteria.kind,
        "order": form.order,
        "asked_for": search_in_words(form),
        "follow_key": search_key(form),
        "left_out": [labels[name] for name in inapplicable_criteria(criteria)],
        "csv_url": f"{reverse('register:search_csv')}?{request.GET.urlencode()}",
        "csv_columns": COLUMNS[criteria.kind],
    }
    if by is None:
        entries = PageOfEntries(entries_matching(criteria), criteria.kind, form.order)
        page = Paginator(cast("QuerySet[Any]", entries), ENTRIES_A_PAGE).get_page(request.GET.get("page"))
        headings = _entry_headings(request, criteria.kind, form.order)
        table = entry_table(page, criteria.kind)
        shown = {"table": table, "caveats": table.caveats, "loads": table.loads}
        return context | shown | {"page_obj": page, "headings": headings}
    return context | _sum_results(request, form, by)


def _sum_results(request: HttpRequest, form: SearchForm, by: SumBy) -> dict[str, Any]:
    """Return a page of sums."""
    criteria = form.criteria
    keys = sum_keys(criteria.kind, by)
    page: Page = Paginator(sums_of(criteria, by, form.order), ENTRIES_A_PAGE).get_page(request.GET.get("page"))
    sums = [as_sum(row, keys) for row in page]
    return {
        "page_obj": page,
        "sum_headings": sum_headings(keys),
        "sum_rows": SumRows(sums, by).rows(),
        "caveats": sum_caveats(sums, criteria.kind),
        "loads": loads_with(entries_matching(criteria).values_list("load", flat=True).distinct()),
        "csv_columns": [*zip(sum_columns(keys), sum_headings(keys), strict=True), *SUM_COLUMNS],
    }


def _entry_headings(request: HttpRequest, kind: EntryKind, order: Order) -> list[dict[str, str]]:
    """Return the column headings of single entries, those that can be sorted by with the address that does it."""
    titles = [
        ("year", _("Year")),
        ("facility", _("Diffuse source") if kind is EntryKind.DIFFUSE else _("Facility")),
        ("pollutant", _("Waste") if kind is EntryKind.WASTE else _("Pollutant")),
        ("", _("Released to") if kind in {EntryKind.RELEASES, EntryKind.DIFFUSE} else _("Destination")),
        ("quantity", _("Quantity a year")),
        ("", _("Method")),
        ("", _("Source")),
    ]
    return [{"title": title, **_sorting(request, name, order)} for name, title in titles]


def _sorting(request: HttpRequest, name: str, order: Order) -> dict[str, str]:
    """Return how a column is sorted now, and the address that sorts by it or turns it round."""
    if not name:
        return {"sort_url": "", "sorted": ""}
    is_sorted = order.value.removeprefix("-") == name
    turned = order.value.removeprefix("-") if order.value.startswith("-") else f"-{order.value}"
    wanted = turned if is_sorted and turned in Order.values else _SORTABLE[name]
    query = request.GET.copy()
    query["sort"] = wanted
    query.pop("page", None)
    direction = "descending" if order.value.startswith("-") else "ascending"
    return {"sort_url": f"?{query.urlencode()}", "sorted": direction if is_sorted else ""}
