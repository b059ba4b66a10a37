"""What can be searched for, how it can be added up, and in which order it can stand."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EntryKind(TextChoices):
    """The four kinds of entry (Arts. 5(1)-(2), 7(5), 7(7))."""

    RELEASES = "releases", _("Releases from facilities")
    WASTE = "waste", _("Off-site transfers of waste")
    TRANSFERS = "transfers", _("Off-site transfers of pollutants")
    DIFFUSE = "diffuse", _("Releases from diffuse sources")


class SumBy(TextChoices):
    """What sums are told apart by, beside what is never added together."""

    YEAR = "year", pgettext_lazy("sums by", "year")
    POLLUTANT = "pollutant", pgettext_lazy("sums by", "pollutant or waste")
    MEDIUM = "medium", pgettext_lazy("sums by", "medium or destination")
    FACILITY = "facility", pgettext_lazy("sums by", "facility")
    PLACE = "place", pgettext_lazy("sums by", "town or area")
    ACTIVITY = "activity", pgettext_lazy("sums by", "activity")
    OPERATOR = "operator", pgettext_lazy("sums by", "operator or owner")
    COUNTRY = "country", pgettext_lazy("sums by", "country of the receiver")
    OPERATION = "operation", pgettext_lazy("sums by", "disposal or recovery operation")
    SOURCE = "source", pgettext_lazy("sums by", "diffuse source")


class Order(TextChoices):
    """In which order single entries stand; a minus sign turns it round."""

    NEWEST = "-year", pgettext_lazy("order", "newest year first")
    OLDEST = "year", pgettext_lazy("order", "oldest year first")
    LARGEST = "-quantity", pgettext_lazy("order", "largest quantity first")
    SMALLEST = "quantity", pgettext_lazy("order", "smallest quantity first")
    FACILITY = "facility", pgettext_lazy("order", "by facility")
    POLLUTANT = "pollutant", pgettext_lazy("order", "by pollutant")


_OF_FACILITIES: Final = (SumBy.FACILITY, SumBy.PLACE, SumBy.ACTIVITY, SumBy.OPERATOR)
SUMS_BY_KIND: Final = {
    EntryKind.RELEASES: (SumBy.YEAR, SumBy.POLLUTANT, SumBy.MEDIUM, *_OF_FACILITIES),
    EntryKind.WASTE: (SumBy.YEAR, SumBy.POLLUTANT, SumBy.MEDIUM, *_OF_FACILITIES, SumBy.COUNTRY, SumBy.OPERATION),
    EntryKind.TRANSFERS: (SumBy.YEAR, SumBy.POLLUTANT, SumBy.MEDIUM, *_OF_FACILITIES, SumBy.COUNTRY),
    EntryKind.DIFFUSE: (SumBy.YEAR, SumBy.POLLUTANT, SumBy.MEDIUM, SumBy.PLACE, SumBy.SOURCE),
}
