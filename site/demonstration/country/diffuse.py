"""What many small sources release together: traffic, ships, farms, stoves (Art. 2(9), Art. 7(7)-(8))."""

import random
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from demonstration.country.geography import REGIONS, TOWNS
from demonstration.country.reports import YEARS, rounded
from register.enums import DiffuseCategory


@dataclass(frozen=True)
class _Source:
    """A category and pollutant: the country's kilograms in the newest year, change a year, how it is found."""

    category: str
    pollutant: str
    medium: str
    kg: float
    trend: float
    methodology: str
    by_region: bool = False


_TRAFFIC: Final = "Traffic counts and emission factors by kind of vehicle"
_SHIPS: Final = "Movements of ships, engine power and emission factors"
_FLIGHTS: Final = "Take-offs and landings and emission factors by type of aircraft"
_HERDS: Final = "Number of animals and emission factors by housing and manure storage"
_SOILS: Final = "Balance of nutrients on agricultural land"
_STOVES: Final = "Survey of fuel use in households and emission factors"
_SHOPS: Final = "Sales of solvents and emission factors"

_SOURCES: Final = (
    _Source("road_traffic", "NOX", "air", 3.14e7, -0.045, _TRAFFIC, by_region=True),
    _Source("road_traffic", "CO2", "air", 9.2e9, -0.008, _TRAFFIC, by_region=True),
    _Source("road_traffic", "PM10", "air", 2.3e6, -0.03, _TRAFFIC),
    _Source("road_traffic", "CO", "air", 6.1e7, -0.06, _TRAFFIC),
    _Source("road_traffic", "NMVOC", "air", 6.8e6, -0.06, _TRAFFIC),
    _Source("shipping", "NOX", "air", 1.7e7, -0.01, _SHIPS),
    _Source("shipping", "SOX", "air", 1.2e6, -0.16, _SHIPS),
    _Source("shipping", "PM10", "air", 4.6e5, -0.08, _SHIPS),
    _Source("aviation", "NOX", "air", 1.4e6, 0.012, _FLIGHTS),
    _Source("aviation", "CO2", "air", 4.2e8, 0.012, _FLIGHTS),
    _Source("agriculture", "NH3", "air", 2.9e7, -0.006, _HERDS, by_region=True),
    _Source("agriculture", "CH4", "air", 8.4e7, -0.004, _HERDS, by_region=True),
    _Source("agriculture", "N2O", "air", 9.1e6, -0.006, _HERDS),
    _Source("agriculture", "TOTALNITROGEN", "water", 3.6e7, -0.012, _SOILS, by_region=True),
    _Source("agriculture", "TOTALPHOSPHORUS", "water", 1.1e6, -0.014, _SOILS, by_region=True),
    _Source("domestic_heating", "PM10", "air", 5.9e6, -0.025, _STOVES, by_region=True),
    _Source("domestic_heating", "NOX", "air", 3.4e6, -0.02, _STOVES),
    _Source("domestic_heating", "PAHS", "air", 1.1e4, -0.03, _STOVES),
    _Source("small_enterprises", "NMVOC", "air", 8.7e6, -0.02, _SHOPS),
)


@dataclass(frozen=True)
class DiffuseReport:
    """What one category of small sources released to one medium in one year; an empty area is the whole country."""

    category: str
    pollutant: str
    medium: str
    area: str
    year: int
    quantity_kg: Decimal
    method: str
    methodology: str


def report_diffuse(*, last_year: int, seed: int) -> list[DiffuseReport]:
    """Return what diffuse sources released, for the whole country and, where it is known, by region."""
    people = {region: sum(town.people for town in TOWNS if town.region == region) for region in REGIONS}
    everybody = sum(people.values())
    shares = {region: number / everybody for region, number in people.items()}
    reports: list[DiffuseReport] = []
    for source in _SOURCES:
        areas = {"": 1.0, **(shares if source.by_region else {})}
        for area, share in areas.items():
            chance = random.Random(f"{seed}/diffuse/{source.category}/{source.pollutant}/{area}")  # noqa: S311 -- repeatable by intent
            for index in range(YEARS):
                years_ago = YEARS - 1 - index
                value = source.kg * share / (1 + source.trend) ** years_ago * chance.lognormvariate(0, 0.015)
                reports.append(
                    DiffuseReport(
                        category=source.category,
                        pollutant=source.pollutant,
                        medium=source.medium,
                        area=area,
                        year=last_year - years_ago,
                        quantity_kg=rounded(value),
                        method="calculated" if source.category != DiffuseCategory.DOMESTIC_HEATING else "estimated",
                        methodology=source.methodology,
                    )
                )
    return reports
