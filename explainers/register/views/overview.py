"""What the register is, and the versions it was made from."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from design.freshness import public_page
from register.absences import ABSENCES
from register.models import RegisterLoad
from register.queries.listed import pollutant_counts
from register.queries.versions import data_version, register_counts
from register.views.crumbs import register_crumbs

LOADS_SHOWN = 5
LOADS_A_PAGE = 25


@require_safe
@public_page
def index(request: HttpRequest) -> HttpResponse:
    """Show what the register holds, from which years and sources, and the ways into it."""
    return render(
        request,
        "register/index.html",
        {
            "counts": register_counts(),
            "pollutant_counts": pollutant_counts(),
            "loads": RegisterLoad.objects.all()[:LOADS_SHOWN],
            "version": data_version(),
            "absences": ABSENCES.values(),
            "breadcrumbs": [],
        },
    )


@require_safe
@public_page
def loads(request: HttpRequest) -> HttpResponse:
    """Show every file loaded into the register, with its counts and its hash, newest first."""
    page = Paginator(RegisterLoad.objects.all(), LOADS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "register/loads.html", {"page_obj": page, "breadcrumbs": register_crumbs()})
