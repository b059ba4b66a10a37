"""The stages in which the demonstration is built."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Stage(TextChoices):
    """A part of the demonstration that is built, and marked, by itself."""

    PEOPLE = "people", _("people")
    REGISTER = "register", _("register")
    PAGES = "pages", _("pages")
    EXPLAINERS = "explainers", _("explainers")
    LEARNING = "learning", _("learning")
    CONSULTATIONS = "consultations", _("consultations")
    REQUESTS = "requests", _("requests")


BUILDING_ORDER: Final = (
    Stage.PEOPLE,
    Stage.REGISTER,
    Stage.PAGES,
    Stage.EXPLAINERS,
    Stage.LEARNING,
    Stage.CONSULTATIONS,
    Stage.REQUESTS,
)
# What a stage stands on: consultations name pollutants, and have their pages below the list of consultations.
NEEDS: Final = {
    Stage.PEOPLE: (),
    Stage.REGISTER: (Stage.PEOPLE,),
    Stage.PAGES: (Stage.PEOPLE, Stage.REGISTER),
    Stage.EXPLAINERS: (Stage.PEOPLE, Stage.REGISTER, Stage.PAGES),
    Stage.LEARNING: (Stage.PEOPLE, Stage.REGISTER, Stage.PAGES),
    Stage.CONSULTATIONS: (Stage.PEOPLE, Stage.REGISTER, Stage.PAGES),
    Stage.REQUESTS: (Stage.PEOPLE, Stage.REGISTER, Stage.PAGES),
}
