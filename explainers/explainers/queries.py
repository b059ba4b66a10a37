"""Reads that pages, the register's links and the search need."""

from collections.abc import Iterable

from django.urls import reverse
from wagtail.models import Locale

from design.languages import current_code
from explainers.models import ExplainerPage
from register.models import Pollutant


def live_explainers() -> "dict[int, ExplainerPage]":
    """Return the live explainers in the language of the page, by pollutant; one query."""
    found = ExplainerPage.objects.live().filter(locale=Locale.get_active())
    return {page.pollutant_id: page for page in found}


def explainer_address(pollutant: Pollutant) -> str:
    """Return the fixed address of a pollutant's explainer in the language of the page."""
    return reverse("wagtail_serve", args=[f"explainers/{pollutant.slug}/"])


def explainers_of(pollutants: Iterable[Pollutant]) -> dict[int, ExplainerPage]:
    """Return the live explainer of each pollutant, or of the entry that a sub-entry is counted in; one query."""
    wanted = {pollutant.pk: pollutant.part_of_id or pollutant.pk for pollutant in pollutants}
    found = ExplainerPage.objects.live().filter(
        pollutant__in=set(wanted.values()), locale__language_code=current_code()
    )
    pages = {page.pollutant_id: page for page in found.select_related("pollutant")}
    return {key: pages[explained] for key, explained in wanted.items() if explained in pages}


def explained_among(pollutants: Iterable[Pollutant]) -> dict[int, str]:
    """Return the addresses of the explainers of some pollutants, by pollutant; one query."""
    wanted = {pollutant.pk: pollutant for pollutant in pollutants}
    found = ExplainerPage.objects.live().filter(locale=Locale.get_active(), pollutant__in=wanted)
    return {key: explainer_address(wanted[key]) for key in found.values_list("pollutant", flat=True)}
