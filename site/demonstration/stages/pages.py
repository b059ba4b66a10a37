"""Builds the pages, and makes the site show them: its home page, and who is answerable for it."""

from wagtail.models import Site

from accounts.roles import Role
from demonstration.marks import change_row, marking
from demonstration.party import AUTHORITY, EMAIL, PARTY, PHONE, SITE_NAME
from demonstration.publishing.planting import plant_pages
from demonstration.publishing.tree import PLACES
from demonstration.stages.context import Building
from design.languages import CODES
from portal.models import Authority


def build_pages(building: Building) -> str:
    """Plant the pages and lead the site to them; return how many there are.

    The pages that the site had stay where they are, unseen, and are seen again after removal.

    Side effects, in order: those of `plant_pages`; the default site's home page becomes the demonstration's; the
    authority of the site becomes the demonstration's. What the site had is remembered.
    """
    with marking(building.build):
        home = plant_pages(building.at, editor=building.people[Role.EDITOR])
        authority = Authority.load()
    site = Site.objects.get(is_default_site=True)
    change_row(building.build, site, root_page_id=home.pk)
    change_row(
        building.build,
        authority,
        **SITE_NAME.fields("site_name"),
        **AUTHORITY.fields("name"),
        **PARTY.fields("party"),
        email=EMAIL,
        phone=PHONE,
    )
    return f"{(len(PLACES) + 1) * len(CODES)} pages"
