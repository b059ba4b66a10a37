"""What the API takes and gives: criteria of searches, and entries with unit, presence, method and source."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from ninja import Field, Schema
from pydantic import PlainSerializer

from register.enums import DiffuseCategory, Medium, Method, PollutantGroup, Presence, WasteType
from register.models import Facility, Pollutant, Threshold
from register.selectors import Order

# Decimal text, never a binary fraction, and without idle zeros.
Kilograms = Annotated[Decimal, PlainSerializer(lambda value: format(value.normalize(), "f"), return_type=str)]


class Names(Schema):
    """A name in the three equal languages; empty where nobody has translated it yet."""

    en: str
    fr: str
    ru: str


class WithheldOut(Schema):
    """What type of information is withheld, and why (Art. 12(3))."""

    type: str = Field(alias="type_withheld")
    ground: str = Field(description="Letter of Article 12(1); empty where the source does not state it.")
    reason: str


class LoadOut(Schema):
    """A file loaded into the register."""

    id: int
    kind: str
    source: str
    file_name: str
    sha256: str
    loaded_at: datetime
    first_year: int | None
    last_year: int | None
    rows_read: int
    rows_added: int
    rows_unchanged: int
    rows_revised: int
    rows_amended: int
    rows_restored: int
    rows_dropped: int
    rows_rejected: int


class SourceOut(Schema):
    """Where a value comes from."""

    load: int = Field(alias="id")
    source: str
    file_name: str


class PollutantBrief(Schema):
    """A pollutant as an entry names it."""

    code: str
    cas: str
    name: str = Field(alias="name_en")
    sub_entry_of: str | None = Field(
        None, description="Code of the entry in which its quantities are already counted: never add the two."
    )

    @staticmethod
    def resolve_sub_entry_of(pollutant: Pollutant) -> str | None:
        """Return the code of the main entry."""
        return pollutant.part_of.code if pollutant.part_of else None


class ThresholdOut(Schema):
    """A quantity a year and facility above which a pollutant is reported."""

    threshold_set: str
    applies_here: bool
    kind: str
    quantity_kg: Kilograms
    note: str

    @staticmethod
    def resolve_threshold_set(threshold: Threshold) -> str:
        """Return the code of the set."""
        return threshold.threshold_set.code

    @staticmethod
    def resolve_applies_here(threshold: Threshold) -> bool:
        """Return whether operators of this register report by the set."""
        return threshold.threshold_set.applies


class PollutantOut(PollutantBrief):
    """A pollutant of Annex II, or a sub-entry kept beside one."""

    slug: str
    group: str
    number: int | None
    names: Names
    in_protocol: bool
    in_eprtr: bool

    @staticmethod
    def resolve_names(pollutant: Pollutant) -> dict[str, str]:
        """Return the names by language."""
        return {"en": pollutant.name_en, "fr": pollutant.name_fr, "ru": pollutant.name_ru}


class PollutantDetailOut(PollutantOut):
    """A pollutant with its thresholds."""

    thresholds: list[ThresholdOut]

    @staticmethod
    def resolve_thresholds(pollutant: Pollutant) -> Iterable[Threshold]:
        """Return the thresholds, which come prefetched."""
        return pollutant.thresholds.all()


class FacilityBrief(Schema):
    """A facility as an entry names it."""

    public_id: str
    name: str = Field(alias="title")
    city: str
    activity: str | None = None

    @staticmethod
    def resolve_activity(facility: Facility) -> str | None:
        """Return the code of the main activity in Annex I."""
        return facility.activity.code if facility.activity else None


class FacilityOut(FacilityBrief):
    """A facility: who runs it and where it is."""

    inspire_id: str
    operator: str | None = None
    parent_company: str | None = None
    status: str
    street: str
    postal_code: str
    region: str
    country: str
    latitude: float | None
    longitude: float | None
    withheld: WithheldOut | None

    @staticmethod
    def resolve_operator(facility: Facility) -> str | None:
        """Return the name of the operator."""
        return facility.operator.name if facility.operator else None

    @staticmethod
    def resolve_parent_company(facility: Facility) -> str | None:
        """Return the name of the parent company."""
        return facility.parent_company.name if facility.parent_company else None


class EntryOut(Schema):
    """What every entry has. A missing quantity is null, and `presence` says which of five absences it is."""

    reporting_year: int
    presence: Presence
    quantity_kg: Kilograms | None
    unit: str = "kg"
    method: Method | None = None
    withheld: WithheldOut | None
    source: SourceOut | None = Field(alias="load")

    @staticmethod
    def resolve_method(entry: Any) -> str | None:
        """Return the method, null where it is not stated."""
        return entry.method or None


class ReleaseOut(EntryOut):
    """A release of one pollutant from one facility to one medium in one year."""

    facility: FacilityBrief
    pollutant: PollutantBrief
    medium: Medium
    accidental_kg: Kilograms | None = Field(description="Of the quantity, from extraordinary events; null: not told.")


class TransferOut(EntryOut):
    """What every off-site transfer has."""

    facility: FacilityBrief
    receiver_name: str
    receiver_city: str
    receiver_country: str


class WasteTransferOut(TransferOut):
    """An off-site transfer of waste."""

    waste_type: WasteType
    treatment: str
    operation: str | None = None

    @staticmethod
    def resolve_operation(entry: Any) -> str | None:
        """Return the code of the operation in Annex III."""
        return entry.operation.code if entry.operation else None


class PollutantTransferOut(TransferOut):
    """An off-site transfer of a pollutant."""

    pollutant: PollutantBrief
    destination: str


class DiffuseReleaseOut(EntryOut):
    """A release from diffuse sources."""

    category: DiffuseCategory
    country: str
    area: str
    pollutant: PollutantBrief
    medium: Medium
    methodology: str


class Common(Schema):
    """Criteria of every kind of entry."""

    year_from: int | None = None
    year_to: int | None = None
    presence: Presence | None = None
    sort: Order = Order.NEWEST


class ByFacility(Common):
    """Criteria that find entries by who reports (Art. 5(1)(a)-(c))."""

    facility: str = Field("", description="Words of the name, or the register number.")
    place: str = Field("", description="Words of town, region, street or postal code.")
    activity: str = Field("", description="Code of Annex I, with its sub-activities.")
    operator: str = Field("", description="Words of the name of operator or parent company.")


class ReleaseFilter(ByFacility):
    """Criteria of releases."""

    pollutant: str = Field("", description="Reporting code.")
    group: PollutantGroup | None = None
    medium: Medium | None = None


class ByReceiver(ByFacility):
    """Criteria that find transfers by where they go (Art. 5(1)(f))."""

    receiver: str = Field("", description="Words of the receiver's name or town.")
    receiver_country: str = Field("", description="ISO 3166-1, two letters.")
    operation: str = Field("", description="Code of Annex III, or D or R for all disposal or recovery.")


class WasteFilter(ByReceiver):
    """Criteria of transfers of waste."""

    waste: WasteType | None = None


class TransferFilter(ByReceiver):
    """Criteria of transfers of pollutants."""

    pollutant: str = Field("", description="Reporting code.")
    group: PollutantGroup | None = None


class DiffuseFilter(Common):
    """Criteria of releases from diffuse sources (Art. 5(2))."""

    place: str = Field("", description="Words of the area.")
    source: DiffuseCategory | None = None
    pollutant: str = Field("", description="Reporting code.")
    group: PollutantGroup | None = None
    medium: Medium | None = None
