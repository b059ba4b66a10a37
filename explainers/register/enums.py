"""The fixed vocabularies of the register: what the Protocol and its annexes name, as values."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Medium(TextChoices):
    """Where a release goes (Arts. 5(1)(e), 7(5)(c)); land includes underground injection."""

    AIR = "air", _("air")
    WATER = "water", _("water")
    LAND = "land", _("land")


class Method(TextChoices):
    """How a quantity was determined (Art. 7(5)(f)); registers write the letters M, C and E."""

    MEASURED = "measured", _("measured")
    CALCULATED = "calculated", _("calculated")
    ESTIMATED = "estimated", _("estimated")


METHOD_BY_LETTER: Final = {"M": Method.MEASURED, "C": Method.CALCULATED, "E": Method.ESTIMATED}


class Presence(TextChoices):
    """Whether there is a quantity and, if there is none, which of five different absences this is."""

    REPORTED = "reported", _("reported")
    ZERO = "zero", _("zero")
    BELOW_THRESHOLD = "below_threshold", _("below the threshold")
    NOT_REPORTED = "not_reported", _("not reported")
    CONFIDENTIAL = "confidential", _("confidential")
    NOT_MONITORED = "not_monitored", _("not monitored")


ABSENCES: Final = (
    Presence.ZERO,
    Presence.BELOW_THRESHOLD,
    Presence.NOT_REPORTED,
    Presence.CONFIDENTIAL,
    Presence.NOT_MONITORED,
)
WITH_QUANTITY: Final = (Presence.REPORTED, Presence.ZERO)


class PollutantGroup(TextChoices):
    """The groups in which registers list the pollutants of Annex II."""

    GREENHOUSE_GASES = "GRHGAS", _("greenhouse gases")
    OTHER_GASES = "OTHGAS", _("other gases")
    HEAVY_METALS = "HEVMET", _("heavy metals")
    PESTICIDES = "PEST", _("pesticides")
    CHLORINATED_ORGANICS = "CHLORG", _("chlorinated organic substances")
    OTHER_ORGANICS = "OTHORG", _("other organic substances")
    INORGANICS = "INORG", _("inorganic substances")


class SumGroup(TextChoices):
    """Sums that Annex II holds against a threshold in place of the single pollutants (footnote a)."""

    BTEX = "BTEX", _("BTEX (benzene, toluene, ethyl benzene, xylenes)")


class ThresholdKind(TextChoices):
    """What a threshold of Annex II applies to (columns 1a-1c, 2 and 3).

    Column 1b, releases to water, is also the threshold for pollutants in waste water sent off site for treatment
    (Art. 7(1)(a)(iv)), so those have no kind of their own.
    """

    RELEASE_AIR = "release_air", _("releases to air")
    RELEASE_WATER = "release_water", _("releases to water")
    RELEASE_LAND = "release_land", _("releases to land")
    OFFSITE_TRANSFER = "offsite_transfer", _("off-site transfers of the pollutant")
    MANUFACTURE_PROCESS_USE = "manufacture_process_use", _("manufacture, process or use")


RELEASE_THRESHOLDS: Final = {
    Medium.AIR: ThresholdKind.RELEASE_AIR,
    Medium.WATER: ThresholdKind.RELEASE_WATER,
    Medium.LAND: ThresholdKind.RELEASE_LAND,
}


class ThresholdNote(TextChoices):
    """What the explanatory notes and footnotes of Annex II say about single thresholds."""

    AIR_THRESHOLD = "*", _("The threshold for releases to air is used in place of one for manufacture, process or use.")
    WATER_THRESHOLD = (
        "**",
        _("The threshold for releases to water is used in place of one for manufacture, process or use."),
    )
    BTEX_SUM = (
        "a",
        _(
            "The threshold is held against the sum of benzene, toluene, ethyl benzene and xylenes (BTEX); "
            "where the sum exceeds it, each of them is reported."
        ),
    )
    FOUR_PAHS = (
        "b",
        _(
            "Measured as benzo(a)pyrene, benzo(b)fluoranthene, benzo(k)fluoranthene and "
            "indeno(1,2,3-cd)pyrene together."
        ),
    )
    INORGANIC = "c", _("As inorganic compounds.")


class WasteType(TextChoices):
    """The two kinds of waste of Arts. 2(12)-(13) and 7(5)(d)(ii)."""

    HAZARDOUS = "hazardous", _("hazardous waste")
    OTHER = "other", _("other waste")


class Treatment(TextChoices):
    """What a transfer is destined for (Annex III, parts A and B)."""

    DISPOSAL = "disposal", _("disposal")
    RECOVERY = "recovery", _("recovery")


TREATMENT_BY_LETTER: Final = {"D": Treatment.DISPOSAL, "R": Treatment.RECOVERY}


class TransferKind(TextChoices):
    """What a pollutant leaves the site for: in waste (Art. 7(5)(d)(i)) or in waste water (Art. 7(5)(e))."""

    WASTE_DISPOSAL = "waste_disposal", _("in waste, for disposal")
    WASTE_RECOVERY = "waste_recovery", _("in waste, for recovery")
    WASTE_WATER = "waste_water", _("in waste water, for treatment")


class FacilityStatus(TextChoices):
    """Whether a facility is at work, as registers of the E-PRTR kind report it."""

    FUNCTIONAL = "functional", _("in operation")
    DISUSED = "disused", _("not in use")
    DECOMMISSIONED = "decommissioned", _("decommissioned")
    NOT_REGULATED = "not_regulated", _("no longer under the reporting duty")


class DiffuseCategory(TextChoices):
    """Kinds of diffuse source (Arts. 2(9), 5(2), 7(4))."""

    ROAD_TRAFFIC = "road_traffic", _("road traffic")
    SHIPPING = "shipping", _("shipping")
    AVIATION = "aviation", _("aviation")
    AGRICULTURE = "agriculture", _("agriculture")
    DOMESTIC_HEATING = "domestic_heating", _("domestic heating")
    SMALL_ENTERPRISES = "small_enterprises", _("small and medium-sized enterprises")
    OTHER = "other", _("other diffuse sources")


class WithholdingGround(TextChoices):
    """Grounds of Art. 12(1) on which information may be kept confidential; there are no others."""

    PUBLIC_SECURITY = "a", _("international relations, national defence or public security (Art. 12(1)(a))")
    COURSE_OF_JUSTICE = "b", _("the course of justice (Art. 12(1)(b))")
    COMMERCIAL = "c", _("commercial and industrial confidentiality (Art. 12(1)(c))")
    INTELLECTUAL_PROPERTY = "d", _("intellectual property rights (Art. 12(1)(d))")
    PERSONAL_DATA = "e", _("personal data (Art. 12(1)(e))")


class WithheldType(TextChoices):
    """What type of information is withheld (Art. 12(3))."""

    FACILITY = "facility", _("the name of the facility, its owner and its exact place")
    OWNER = "owner", _("the name of the operator or owner")
    QUANTITY = "quantity", _("the quantity")
    POLLUTANT = "pollutant", _("the name of the pollutant")
    METHOD = "method", _("the method by which the quantity was determined")
    RECEIVER = "receiver", _("the name and address of the receiver")
    TREATMENT = "treatment", _("the disposal or recovery operation")


class LoadKind(TextChoices):
    """What a file loaded into the register holds."""

    FACILITIES = "facilities", _("facilities")
    RELEASES = "releases", _("releases")
    WASTE_TRANSFERS = "waste_transfers", _("transfers of waste")
    POLLUTANT_TRANSFERS = "pollutant_transfers", _("transfers of pollutants")
    DIFFUSE = "diffuse", _("releases from diffuse sources")


class ChangeKind(TextChoices):
    """What a load did to an entry that an earlier load had made."""

    REVISED = "revised", _("quantity revised")
    AMENDED = "amended", _("other details changed")
    DROPPED = "dropped", _("dropped")
    RESTORED = "restored", _("restored")
