"""The vocabulary of explainers, as values; each group of values that means something together has a name."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SlotKind(TextChoices):
    """The parts of an explainer in their fixed order; the labels are the questions that head them."""

    IDENTITY = "identity", _("What is it called?")
    WHAT_IS_IT = "what_is_it", _("What is it?")
    USES = "uses", _("What is it used for?")
    SOURCES = "sources", _("Where does it come from?")
    FATE = "fate", _("Where does it go?")
    EXPOSURE = "exposure", _("How can it reach me?")
    HEALTH = "health", _("What can it do to people?")
    CHILDREN = "children", _("What about children?")
    ENVIRONMENT = "environment", _("What does it do in nature?")
    WHAT_CAN_I_DO = "what_can_i_do", _("What can I do?")
    THRESHOLDS = "thresholds", _("Above which quantity is it reported?")
    AGREEMENTS = "agreements", _("What has been agreed about it?")
    REFERENCES = "references", _("How do we know?")


# The register and the references of the other slots fill these; nobody writes them.
DATA_SLOTS: Final = (SlotKind.IDENTITY, SlotKind.THRESHOLDS, SlotKind.REFERENCES)
WRITTEN_SLOTS: Final = tuple(kind for kind in SlotKind if kind not in DATA_SLOTS)
# Where the text claims something about the world, it names its sources or says that it has none.
CLAIM_SLOTS: Final = tuple(kind for kind in WRITTEN_SLOTS if kind is not SlotKind.WHAT_CAN_I_DO)


class SlotState(TextChoices):
    """Whether a question is answered and, if it is not, which of three different silences this is."""

    FILLED = "filled", pgettext_lazy("slot", "answered")
    UNKNOWN = "unknown", pgettext_lazy("slot", "nobody knows")
    NOT_APPLICABLE = "not_applicable", pgettext_lazy("slot", "does not apply")
    UNWRITTEN = "unwritten", pgettext_lazy("slot", "not written yet")


# What an editor declares; that nothing is written yet is seen from the text alone.
DECLARED_STATES: Final = (SlotState.FILLED, SlotState.UNKNOWN, SlotState.NOT_APPLICABLE)


class Box(TextChoices):
    """Four different things that are easily taken for one; the register knows the second alone."""

    HAZARD = "hazard", _("Hazard")
    RELEASE = "release", _("Release")
    EXPOSURE = "exposure", _("Exposure")
    RISK = "risk", _("Risk")


class PerspectiveKind(TextChoices):
    """The ways in which a quantity is set beside another one, so that it says something."""

    THRESHOLD_MULTIPLE = "threshold_multiple", _("against the threshold")
    NATIONAL_SHARE = "national_share", _("as a part of the total")
    CHANGE_OVER_TIME = "change_over_time", _("over the years")


class ReadabilityVerdict(TextChoices):
    """Whether a text is as plain as it has to be."""

    WITHIN_LIMIT = "within_limit", _("within the limit")
    OVER_LIMIT = "over_limit", _("over the limit")


class TaskReason(TextChoices):
    """Why a text has to be read again after a load."""

    WORD_BOUNDARY_CROSSED = "word_boundary_crossed", _("the figures now call for another word")
    CHANGE_OVER_LIMIT = "change_over_limit", _("a figure changed by more than a fifth")
    NEW_YEAR = "new_year", _("there is a newer reporting year")
