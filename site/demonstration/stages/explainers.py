"""Builds the explainers: a page for every pollutant in three languages, eight of them with their full texts."""

from wagtail.models import Site

from accounts.roles import Role
from demonstration.marks import marking
from demonstration.stages.context import Building
from explainers.domain.loading import load_explainers
from explainers.models import ExplainerIndexPage


def build_explainers(building: Building) -> str:
    """Load the explainers below the demonstration's own lists; return how many there are.

    Side effects: those of `load_explainers`. The lists that the site had before are left as they are.
    """
    home = Site.objects.select_related("root_page").get(is_default_site=True).root_page
    lists = [
        page.specific
        for page in ExplainerIndexPage.objects.select_related("locale")
        if page.get_parent().translation_key == home.translation_key
    ]
    with marking(building.build):
        done = load_explainers(below=lists, actor=building.people[Role.EDITOR])
    return f"{done.pages_made} pages, {done.terms} terms, {done.references} references"
