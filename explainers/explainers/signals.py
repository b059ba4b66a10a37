"""What happens with every publication of an explainer, whoever publishes it."""

from typing import Any

from explainers.domain.reviewing import record_review
from explainers.models import ExplainerPage


def keep_reviewed_facts(sender: type[ExplainerPage], instance: ExplainerPage, **kwargs: Any) -> None:
    """Keep the figures beside which a text is published; a page nobody has written has none to answer for."""
    if instance.is_written:
        record_review(instance)
