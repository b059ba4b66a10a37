"""The editions of the register: the files that the Agency publishes once a year."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from demonstration.country.diffuse import report_diffuse
from demonstration.country.facilities import PlannedFacility, plan_facilities
from demonstration.country.geography import COUNTRY
from demonstration.country.reports import (
    YEARS,
    Report,
    Thresholds,
    drop_mistakes,
    first_publication,
    report_releases,
)
from demonstration.country.stories import tell_stories
from demonstration.country.transfers import Receiver, report_waste, report_waste_water

# In the order in which files have to be loaded: entries name their facilities.
KINDS: Final = ("facilities", "releases", "waste_transfers", "pollutant_transfers", "diffuse")


@dataclass(frozen=True)
class Country:
    """The country as a seed makes it: its facilities, and what they have reported up to a year."""

    facilities: Sequence[PlannedFacility]
    thresholds: Thresholds
    last_year: int
    seed: int

    @classmethod
    def planned(cls, thresholds: Thresholds, *, last_year: int, seed: int, quick: bool) -> "Country":
        """Return the country of a seed."""
        return cls(plan_facilities(seed, quick=quick), thresholds, last_year, seed)


def write_edition(country: Country, folder: Path, *, is_newest: bool) -> dict[str, Path]:
    """Write the files of an edition, and return them by kind: the newest one, or that of the year before.

    The earlier edition ends a year earlier, and has the mistakes that were mended since.
    """
    last_year = country.last_year if is_newest else country.last_year - 1
    reports = report_releases(country.facilities, country.thresholds, last_year=country.last_year, seed=country.seed)
    reports = tell_stories(reports, country.facilities, last_year=country.last_year)
    edited = drop_mistakes if is_newest else first_publication
    reports = edited(reports, last_year=country.last_year, seed=country.seed)
    span = {"last_year": country.last_year, "seed": country.seed}
    tables = {
        "facilities": _facility_rows(country, is_newest=is_newest),
        "releases": _release_rows(reports),
        "waste_transfers": _waste_rows(country, last_year),
        "pollutant_transfers": _waste_water_rows(country, last_year),
        "diffuse": [
            {
                "source": one.category,
                "reporting_year": one.year,
                "pollutant": one.pollutant,
                "medium": one.medium,
                "region": one.area,
                "country": COUNTRY,
                "quantity_kg": f"{one.quantity_kg:f}",
                "method": one.method,
                "methodology": one.methodology,
            }
            for one in report_diffuse(**span)
            if one.year <= last_year
        ],
    }
    first_year = country.last_year - YEARS + 1
    return {
        kind: _write(folder / f"velmaria-{kind.replace('_', '-')}-{first_year}-{last_year}.csv", tables[kind])
        for kind in KINDS
    }


def _write(path: Path, rows: Iterable[dict[str, object]]) -> Path:
    table = list(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(table[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)
    return path


def _facility_rows(country: Country, *, is_newest: bool) -> list[dict[str, object]]:
    """Return the facilities; between the editions some were sold."""
    return [
        {
            "register_number": one.public_id,
            "name": one.name,
            "operator": one.operator if is_newest or not one.was_sold else f"{one.town.name} Industri AV",
            "parent_company": one.parent,
            "activity": one.activity,
            "street": one.address.street,
            "city": one.town.name,
            "postal_code": one.town.postal_code,
            "region": one.town.region,
            "country": COUNTRY,
            "latitude": one.address.latitude if one.is_located else "",
            "longitude": one.address.longitude if one.is_located else "",
        }
        for one in country.facilities
    ]


def _release_rows(reports: Iterable[Report]) -> list[dict[str, object]]:
    return [
        {
            "register_number": one.facility,
            "reporting_year": one.year,
            "pollutant": one.pollutant,
            "medium": one.medium,
            "quantity_kg": one.presence if one.quantity_kg is None else f"{one.quantity_kg:f}",
            "accidental_kg": "" if one.accidental_kg is None else f"{one.accidental_kg:f}",
            "method": one.method,
        }
        for one in reports
    ]


def _waste_rows(country: Country, last_year: int) -> list[dict[str, object]]:
    return [
        {
            "register_number": one.facility,
            "reporting_year": one.year,
            "waste": one.waste,
            "destined_for": one.treatment,
            "operation": one.operation,
            "quantity_kg": f"{one.quantity_kg:f}",
            "method": one.method,
            **_receiver(one.receiver),
        }
        for one in report_waste(country.facilities, last_year=country.last_year, seed=country.seed)
        if one.year <= last_year
    ]


def _waste_water_rows(country: Country, last_year: int) -> list[dict[str, object]]:
    return [
        {
            "register_number": one.facility,
            "reporting_year": one.year,
            "pollutant": one.pollutant,
            "quantity_kg": f"{one.quantity_kg:f}",
            "method": one.method,
            **_receiver(one.receiver),
        }
        for one in report_waste_water(country.facilities, last_year=country.last_year, seed=country.seed)
        if one.year <= last_year
    ]


def _receiver(receiver: Receiver | None) -> dict[str, object]:
    return {
        "receiver": receiver.name if receiver else "",
        "receiver_city": receiver.city if receiver else "",
        "receiver_postal_code": receiver.postal_code if receiver else "",
        "receiver_country": receiver.country if receiver else "",
    }
