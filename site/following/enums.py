"""The vocabulary of following, as values."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Frequency(TextChoices):
    """How often somebody wants a letter."""

    AT_ONCE = "at_once", _("at once: a letter within minutes of each event")
    DAILY = "daily", _("daily: one letter in the morning, if there is news")
    WEEKLY = "weekly", _("weekly: one letter on Monday, if there is news")


DIGESTS: Final = (Frequency.DAILY, Frequency.WEEKLY)


class RoundOutcome(TextChoices):
    """What became of one address in one round of letters."""

    WRITTEN = "written", _("a letter was written")
    SKIPPED = "skipped", _("no letter was written")


class SkipReason(TextChoices):
    """Why no letter was written."""

    NOTHING_NEW = "nothing_new", _("nothing had happened")
    SUBJECTS_GONE = "subjects_gone", _("nothing that is followed is there any more")
