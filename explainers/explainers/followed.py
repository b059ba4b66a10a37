"""What followers of a pollutant are told of the page that explains it."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from design.languages import current_code
from explainers.models import ExplainerPage
from explainers.queries import explainer_address
from following.subjects import Happening


def explainer_changed(key: str, since: datetime, until: datetime) -> Sequence[Happening]:
    """Return that the explainer of a pollutant was published anew in the language of the page; one query."""
    found = ExplainerPage.objects.live().filter(
        pollutant__slug=key,
        locale__language_code=current_code(),
        last_published_at__gt=since,
        last_published_at__lte=until,
    )
    return [
        Happening(
            f"explainer/{key}/{page.last_published_at:%Y%m%dT%H%M%S}",
            page.last_published_at,
            page.title,
            _("What we say about it in plain words was published anew."),
            explainer_address(page.pollutant),
        )
        for page in found.select_related("pollutant")
        if page.last_published_at is not None and page.is_written
    ]
