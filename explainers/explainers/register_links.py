"""What a pollutant's page in the register says about its explainer."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from explainers.queries import explainer_address, explainer_of
from register.links import Link
from register.models import Pollutant


def explaining_pollutant(pollutant: Pollutant, at: datetime) -> Sequence[Link]:
    """Return the explainer of a pollutant in the language of the page; one query."""
    page = explainer_of(pollutant)
    if page is None:
        return []
    description = page.summary or _("Its name, thresholds and figures in plain words, and what nobody has written yet.")
    explained = pollutant.part_of or pollutant
    return [Link(title=page.title, url=explainer_address(explained), description=description)]
