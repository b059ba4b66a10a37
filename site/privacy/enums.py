"""Words with a fixed choice: why somebody was erased, how far an erasure goes, what happens when a period ends."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# What the record says was done; areas that tell their record as a timeline have words of their own for these.
IDENTITY_ERASED: Final = "identity_erased"
NAME_HIDDEN: Final = "name_hidden"


class Cause(TextChoices):
    """Why somebody's identity was erased; never who."""

    ASKED = "asked", _("the person asked for it here")
    LETTER = "letter", _("the person asked for it by letter")
    RETENTION = "retention", _("the period of keeping was over")


class Act(TextChoices):
    """What has to be done again where an older backup comes back; words for the list, which nobody is shown."""

    ERASED = "erased"
    WANTED = "wanted"  # and to be done when the law allows it
    NAME_HIDDEN = "name_hidden"


class Reach(TextChoices):
    """How far an erasure goes."""

    IDENTITY = "identity", _("Erase everything that says who I am")
    NAME = "name", _("Only take my name out of what is published")


class PeriodUnit(TextChoices):
    """In what a period is counted."""

    DAY = "days", pgettext_lazy("unit of a period", "days")
    MONTH = "months", pgettext_lazy("unit of a period", "months")
    YEAR = "years", pgettext_lazy("unit of a period", "years")


class Consequence(TextChoices):
    """What happens when a period is over."""

    ERASE_IDENTITY = "erase_identity", _("Everything that says who you are is erased; what was said stays.")
    DELETE = "delete", _("It is deleted.")
    ANONYMISE = "anonymise", _("Address and words are taken out; that a letter was sent stays.")
    KEEP = "keep", _("It stays as part of the record, without your name.")


DONE_BY_THE_JOB: Final = (Consequence.ERASE_IDENTITY, Consequence.DELETE, Consequence.ANONYMISE)
