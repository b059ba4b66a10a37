"""What the facilities send away: waste, and pollutants in waste water (Art. 7(5)(d)-(e))."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from demonstration.country.facilities import PlannedFacility
from demonstration.country.geography import COUNTRY
from demonstration.country.profiles import WASTE, WASTE_WATER_TRANSFERS
from demonstration.country.reports import METHODS, YEARS, rounded
from register.enums import WasteType

# Art. 7(1)(a)(iii): what exceeds two tonnes of hazardous and 2,000 tonnes of other waste is reported.
_HAZARDOUS_THRESHOLD_KG: Final = Decimal(2000)
_OTHER_THRESHOLD_KG: Final = Decimal(2_000_000)
_KG_IN_TONNE: Final = 1000
_OPERATIONS: Final = {
    ("hazardous", "R"): ("R1", "R2", "R4", "R5", "R9"),
    ("hazardous", "D"): ("D5", "D9", "D10", "D12"),
    ("other", "R"): ("R1", "R3", "R4", "R5", "R10"),
    ("other", "D"): ("D1", "D5", "D8"),
}
_ABROAD: Final = 0.14  # of the facilities with hazardous waste: how many send it over the border


@dataclass(frozen=True)
class Receiver:
    """Who takes the waste, and where it ends."""

    name: str
    city: str
    postal_code: str
    country: str


_AT_HOME: Final = (
    Receiver("Ostan Recycling AV", "Halmira", "40120", COUNTRY),
    Receiver("Renova Velmadal AV", "Lintava", "11230", COUNTRY),
    Receiver("Borvesk Metall AV", "Borvesk", "20140", COUNTRY),
    Receiver("Velmahor Deep Storage KV", "Tolvane", "23410", COUNTRY),
    Receiver("Korravest Cement AV", "Ulmira", "60110", COUNTRY),
    Receiver("Paldmar Waste Association", "Mirosund", "41230", COUNTRY),
)
_FOREIGN: Final = (
    Receiver("Norrand Metallgjenvinning", "Holmsk", "N-4410", "XN"),
    Receiver("Sydnorr Spesialavfall", "Tarnes", "N-2207", "XN"),
    Receiver("Kessarian Solvent Recovery Company", "Port Ilmen", "900-14", "XS"),
)


@dataclass(frozen=True)
class WasteReport:
    """One transfer of waste in one year."""

    facility: str
    year: int
    waste: str
    treatment: str
    operation: str
    quantity_kg: Decimal
    method: str
    receiver: Receiver | None


@dataclass(frozen=True)
class WasteWaterReport:
    """One pollutant sent away in waste water in one year."""

    facility: str
    year: int
    pollutant: str
    quantity_kg: Decimal
    method: str
    receiver: Receiver


def report_waste(facilities: Iterable[PlannedFacility], *, last_year: int, seed: int) -> list[WasteReport]:
    """Return every transfer of waste that the register holds."""
    reports: list[WasteReport] = []
    for facility in facilities:
        typical = WASTE.get(facility.activity)
        if typical is None:
            continue
        for waste, tonnes, threshold in (
            ("hazardous", typical.hazardous_tonnes, _HAZARDOUS_THRESHOLD_KG),
            ("other", typical.other_tonnes, _OTHER_THRESHOLD_KG),
        ):
            if tonnes:
                typical_kg = tonnes * _KG_IN_TONNE
                reports += _waste_series(facility, waste, typical_kg, threshold, last_year=last_year, seed=seed)
    return reports


def _waste_series(
    facility: PlannedFacility, waste: str, typical_kg: float, threshold: Decimal, *, last_year: int, seed: int
) -> Iterator[WasteReport]:
    chance = random.Random(f"{seed}/waste/{facility.public_id}/{waste}")  # noqa: S311 -- repeatable by intent
    newest = typical_kg * facility.size**0.8 * chance.lognormvariate(0, 0.4)
    recovered = chance.uniform(0.25, 0.95)
    goes_abroad = waste == WasteType.HAZARDOUS and chance.random() < _ABROAD
    receivers = {letter: chance.choice(_FOREIGN if goes_abroad else _AT_HOME) for letter in "RD"}
    operations = {letter: chance.choice(_OPERATIONS[waste, letter]) for letter in "RD"}
    method = METHODS[chance.choice("MMMMC")]
    for index in range(YEARS):
        total = newest * 0.99 ** (YEARS - 1 - index) * chance.lognormvariate(0, 0.18)
        for letter, share in (("R", recovered), ("D", 1 - recovered)):
            quantity = rounded(total * share)
            if quantity <= threshold:
                continue
            # Who takes hazardous waste over the border must be named; at home registers seldom say.
            named = goes_abroad or (waste == WasteType.HAZARDOUS and chance.random() < 0.6)
            yield WasteReport(
                facility=facility.public_id,
                year=last_year - YEARS + 1 + index,
                waste=waste,
                treatment=letter,
                operation=operations[letter],
                quantity_kg=quantity,
                method=method,
                receiver=receivers[letter] if named else None,
            )


def report_waste_water(facilities: Iterable[PlannedFacility], *, last_year: int, seed: int) -> list[WasteWaterReport]:
    """Return every transfer of a pollutant in waste water; the plant of the same town receives it."""
    reports: list[WasteWaterReport] = []
    for facility in facilities:
        for pollutant, typical_kg in WASTE_WATER_TRANSFERS.get(facility.activity, ()):
            chance = random.Random(f"{seed}/waste-water/{facility.public_id}/{pollutant}")  # noqa: S311 -- repeatable by intent
            newest = typical_kg * facility.size**0.8 * chance.lognormvariate(0, 0.3)
            method = METHODS[chance.choice("MMMC")]
            town = facility.town
            receiver = Receiver(f"{town.name} Waste-Water Treatment Plant", town.name, town.postal_code, COUNTRY)
            reports += [
                WasteWaterReport(
                    facility=facility.public_id,
                    year=last_year - YEARS + 1 + index,
                    pollutant=pollutant,
                    quantity_kg=rounded(newest * 0.98**index * chance.lognormvariate(0, 0.1)),
                    method=method,
                    receiver=receiver,
                )
                for index in range(YEARS)
            ]
    return reports
