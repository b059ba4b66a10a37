"""What the register, and whoever else names a pollutant, is told of the page that explains it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from explainers.queries import explainer_address, explainers_of
from register.links import Link
from register.models import Pollutant


def explaining_pollutant(pollutant: Pollutant, at: datetime) -> Sequence[Link]:
    """Return the explainer of a pollutant in the language of the page; one query."""
    return list(explaining_pollutants([pollutant]).values())


def explaining_pollutants(pollutants: Collection[Pollutant]) -> Mapping[int, Link]:
    """Return the explainers of some pollutants by pollutant, in the language of the page; one query."""
    return {
        key: Link(
            title=page.title,
            url=explainer_address(page.pollutant),
            description=page.summary
            or _("Its name, thresholds and figures in plain words, and what nobody has written yet."),
        )
        for key, page in explainers_of(pollutants).items()
    }
