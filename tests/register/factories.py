"""Makes rows of the register for tests; traits name states: `ReleaseFactory(confidential=True)`."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import factory
from factory.django import DjangoModelFactory

from register.enums import (
    DiffuseCategory,
    LoadKind,
    Medium,
    Method,
    PollutantGroup,
    Presence,
    ThresholdKind,
    Treatment,
    WasteType,
    WithheldType,
    WithholdingGround,
)
from register.models import (
    Activity,
    Company,
    DiffuseRelease,
    Facility,
    Operation,
    Pollutant,
    PollutantTransfer,
    RegisterLoad,
    Release,
    Threshold,
    ThresholdSet,
    WasteTransfer,
    WithheldInformation,
)
from register.models.entries import transfer_key


class RegisterLoadFactory(DjangoModelFactory[RegisterLoad]):
    class Meta:
        model = RegisterLoad

    kind = LoadKind.RELEASES
    source = "Register office, annual edition"
    file_name = factory.Sequence(lambda n: f"edition-{n}.csv")
    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    loaded_at = datetime(2025, 4, 1, 9, 0, tzinfo=UTC)


class PollutantFactory(DjangoModelFactory[Pollutant]):
    class Meta:
        model = Pollutant
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"POLLUTANT{n}")
    slug = factory.LazyAttribute(lambda one: one.code.lower())
    number = factory.Sequence(lambda n: n + 1)
    position = factory.SelfAttribute("number")
    group = PollutantGroup.HEAVY_METALS
    name_en = factory.LazyAttribute(lambda one: f"Pollutant {one.code}")

    class Params:
        mercury = factory.Trait(
            code="HGANDCOMPOUNDS",
            slug="mercury-and-compounds",
            number=21,
            cas="7439-97-6",
            name_en="Mercury and compounds (as Hg)",
            name_fr="Mercure et composés (exprimés en tant que Hg)",
            name_ru="Ртуть и её соединения (в виде Hg)",
            name_fr_reviewed=True,
        )
        carbon_dioxide = factory.Trait(
            code="CO2",
            slug="carbon-dioxide-co2",
            number=3,
            cas="124-38-9",
            group=PollutantGroup.GREENHOUSE_GASES,
            name_en="Carbon dioxide (CO2)",
        )
        without_biomass = factory.Trait(
            code="CO2EXCLBIOMASS",
            slug="carbon-dioxide-excluding-biomass",
            number=None,
            position=4,
            cas="124-38-9",
            group=PollutantGroup.GREENHOUSE_GASES,
            name_en="Carbon dioxide excluding biomass",
            part_of=factory.SubFactory("tests.register.factories.PollutantFactory", carbon_dioxide=True),
        )


class ThresholdSetFactory(DjangoModelFactory[ThresholdSet]):
    class Meta:
        model = ThresholdSet
        django_get_or_create = ("code",)

    code = "protocol"
    name_en = "Protocol, Annex II"
    source = "Protocol on PRTRs, Annex II"
    applies = factory.LazyAttribute(lambda one: one.code == "protocol")  # exactly one set applies


class ThresholdFactory(DjangoModelFactory[Threshold]):
    class Meta:
        model = Threshold

    threshold_set = factory.SubFactory(ThresholdSetFactory)
    pollutant = factory.SubFactory(PollutantFactory)
    kind = ThresholdKind.RELEASE_WATER
    quantity_kg = Decimal(1)


class ActivityFactory(DjangoModelFactory[Activity]):
    class Meta:
        model = Activity
        django_get_or_create = ("code",)

    code = "6(a)"
    sector = 6
    level = 2
    name_en = "Industrial plants for the production of pulp from timber or similar fibrous materials"
    position = 60


class OperationFactory(DjangoModelFactory[Operation]):
    class Meta:
        model = Operation
        django_get_or_create = ("code",)

    code = "R4"
    treatment = Treatment.RECOVERY
    name_en = "Recycling/reclamation of metals and metal compounds"
    position = 19


class CompanyFactory(DjangoModelFactory[Company]):
    class Meta:
        model = Company
        django_get_or_create = ("name",)

    name = factory.Sequence(lambda n: f"Company {n}")


class WithheldInformationFactory(DjangoModelFactory[WithheldInformation]):
    class Meta:
        model = WithheldInformation

    type_withheld = WithheldType.QUANTITY
    ground = WithholdingGround.COMMERCIAL
    reason_en = "The quantity would tell competitors how much is produced."
    decided_on = date(2025, 2, 3)

    class Params:
        unexplained = factory.Trait(ground="", reason_en="", decided_on=None)


class FacilityFactory(DjangoModelFactory[Facility]):
    class Meta:
        model = Facility

    public_id = factory.Sequence(lambda n: f"{n:010d}")
    name = factory.Sequence(lambda n: f"Facility {n}")
    activity = factory.SubFactory(ActivityFactory)
    operator = factory.SubFactory(CompanyFactory)
    city = "Äänekoski"
    country = "FI"
    latitude = Decimal("62.604200")
    longitude = Decimal("25.726500")
    load = factory.SubFactory(RegisterLoadFactory, kind=LoadKind.FACILITIES)

    class Params:
        name_withheld = factory.Trait(
            name="",
            operator=None,
            latitude=None,
            longitude=None,
            withheld=factory.SubFactory(
                WithheldInformationFactory, type_withheld=WithheldType.FACILITY, ground=WithholdingGround.PERSONAL_DATA
            ),
        )


class _EntryFactory(DjangoModelFactory[Any]):
    class Meta:
        abstract = True

    reporting_year = 2023
    quantity_kg = Decimal("37.9")
    method = Method.MEASURED
    load = factory.SubFactory(RegisterLoadFactory)

    class Params:
        zero = factory.Trait(presence=Presence.ZERO, quantity_kg=Decimal(0))
        below_threshold = factory.Trait(presence=Presence.BELOW_THRESHOLD, quantity_kg=None, method="")
        not_reported = factory.Trait(presence=Presence.NOT_REPORTED, quantity_kg=None, method="")
        not_monitored = factory.Trait(presence=Presence.NOT_MONITORED, quantity_kg=None, method="")
        confidential = factory.Trait(
            presence=Presence.CONFIDENTIAL, quantity_kg=None, withheld=factory.SubFactory(WithheldInformationFactory)
        )
        dropped = factory.Trait(dropped_by=factory.SubFactory(RegisterLoadFactory))


class ReleaseFactory(_EntryFactory):
    class Meta:
        model = Release

    facility = factory.SubFactory(FacilityFactory)
    pollutant = factory.SubFactory(PollutantFactory)
    medium = Medium.WATER


class _TransferFactory(_EntryFactory):
    class Meta:
        abstract = True

    facility = factory.SubFactory(FacilityFactory)
    entry_key = factory.Sequence(lambda n: transfer_key("transfer", n))

    class Params:
        abroad = factory.Trait(receiver_name="Weser-Metall GmbH", receiver_city="Nordenham", receiver_country="DE")


class WasteTransferFactory(_TransferFactory):
    class Meta:
        model = WasteTransfer

    waste_type = WasteType.HAZARDOUS
    treatment = Treatment.RECOVERY


class PollutantTransferFactory(_TransferFactory):
    class Meta:
        model = PollutantTransfer

    pollutant = factory.SubFactory(PollutantFactory)


class DiffuseReleaseFactory(_EntryFactory):
    class Meta:
        model = DiffuseRelease

    category = DiffuseCategory.ROAD_TRAFFIC
    pollutant = factory.SubFactory(PollutantFactory)
    medium = Medium.AIR
    country = "FI"
