"""What this area tells the rooms below it, each of which keeps a list for those above."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from wagtail.signals import page_published

from explainers import followed, register_links
from explainers.models import ExplainerPage
from explainers.signals import keep_reviewed_facts
from following import subjects
from register.links import add_pollutant_links, provide_explanations

AREA: Final = "explainers"


def connect() -> None:
    """Tell each of them, once, when the models are ready; and keep what stood beside a text that is published."""
    add_pollutant_links(AREA, _("In plain words"), register_links.explaining_pollutant, stands_first=True)
    provide_explanations(register_links.explaining_pollutants)
    page_published.connect(keep_reviewed_facts, sender=ExplainerPage, dispatch_uid="explainers.review")
    subjects.add_happenings("pollutant", AREA, followed.explainer_changed)
