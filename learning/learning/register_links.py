"""What a pollutant's page in the register says about learning: where one practises reading such numbers."""

from collections.abc import Sequence
from datetime import datetime

from wagtail.models import Locale

from learning.enums import ItemKind
from learning.models import Item, UnitPage
from register.links import Link
from register.models import Pollutant


def reading_such_numbers(pollutant: Pollutant, at: datetime) -> Sequence[Link]:
    """Return the unit with an exercise on the pollutant, or else the first with one on the register; two queries."""
    asking = Item.objects.for_practice().filter(kind=ItemKind.FIND_IN_REGISTER).exclude(unit=None)
    asked = list(asking.order_by("pk").values_list("unit", "pollutant"))
    about_it = [unit for unit, about in asked if about == pollutant.pk]
    wanted = (about_it or [unit for unit, _about in asked])[:1]
    pages = UnitPage.objects.live().filter(locale=Locale.get_active(), unit__in=wanted).defer("body")
    return [
        Link(title=page.title, url=url, description=page.search_description)
        for page in pages
        if (url := page.get_url())
    ]
