"""What a row of each kind of file has to say, and what it may say besides."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from register.enums import LoadKind


@dataclass(frozen=True)
class KindFields:
    """The fields of one kind of file: those without which a row says nothing, and the others."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    def all(self) -> tuple[str, ...]:
        """Return every field a mapping may name."""
        return self.required + self.optional


_RECEIVER: Final = (
    "receiver_name",
    "receiver_street",
    "receiver_city",
    "receiver_postal_code",
    "receiver_country",
)

FIELDS: Final[Mapping[LoadKind, KindFields]] = {
    LoadKind.FACILITIES: KindFields(
        required=("facility", "name", "country"),
        optional=(
            "inspire_id",
            "operator",
            "parent_company",
            "activity",
            "status",
            "street",
            "city",
            "postal_code",
            "region",
            "latitude",
            "longitude",
            "year",
        ),
    ),
    LoadKind.RELEASES: KindFields(
        required=("facility", "year", "pollutant", "medium", "quantity"), optional=("accidental", "method")
    ),
    LoadKind.WASTE_TRANSFERS: KindFields(
        required=("facility", "year", "waste_type", "treatment", "quantity"),
        optional=("operation", "method", *_RECEIVER),
    ),
    LoadKind.POLLUTANT_TRANSFERS: KindFields(
        required=("facility", "year", "pollutant", "destination", "quantity"), optional=("method", *_RECEIVER)
    ),
    LoadKind.DIFFUSE: KindFields(
        required=("category", "year", "pollutant", "medium", "quantity"),
        optional=("country", "area", "method", "methodology"),
    ),
}

# Fields whose words a mapping may translate into the register's own; the others are taken as they stand.
TRANSLATED: Final = frozenset(
    {"activity", "category", "country", "destination", "medium", "method", "pollutant", "status", "treatment"}
    | {"receiver_country", "waste_type"}
)
