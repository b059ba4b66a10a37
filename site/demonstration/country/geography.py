"""Regions and towns of Velmaria, an invented republic.

Its coordinates lie in the open North Sea, so that no pin can fall on a place where somebody lives.
"""

import random
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

COUNTRY: Final = "XV"  # ISO 3166-1 leaves XA to XZ to users: no country will ever bear these codes
COUNTRY_NAMES: Final = {
    COUNTRY: {"en": "Velmaria", "fr": "Velmarie", "ru": "Вельмария"},
    "XN": {"en": "Norrand", "fr": "Norrande", "ru": "Норранд"},
    "XS": {"en": "Kessaria", "fr": "Kessarie", "ru": "Кессария"},
}

_MICRO_DEGREE: Final = Decimal("0.00001")
_SPREAD: Final = 0.06  # degrees: how far from the middle of its town a facility lies at most


@dataclass(frozen=True)
class Town:
    """A town: where it lies, and how many people live there."""

    name: str
    region: str
    latitude: float
    longitude: float
    postal_code: str
    people: int


TOWNS: Final = (
    # Velmadal: the valley of the lower Velma, with the capital
    Town("Selvast", "Velmadal", 56.214, 3.702, "10100", 612_000),
    Town("Lintava", "Velmadal", 56.348, 4.105, "11200", 148_000),
    Town("Narvesk", "Velmadal", 56.127, 3.318, "12400", 86_000),
    Town("Gardane", "Velmadal", 56.402, 3.561, "13100", 41_000),
    Town("Astrene", "Velmadal", 56.043, 4.022, "14300", 33_000),
    Town("Morvane", "Velmadal", 56.291, 2.984, "15200", 24_000),
    # Velmahor: the mountains where the Velma rises; mines and metals
    Town("Borvesk", "Velmahor", 57.118, 5.214, "20100", 97_000),
    Town("Kolmira", "Velmahor", 57.362, 5.587, "21300", 38_000),
    Town("Dravesk", "Velmahor", 56.934, 4.902, "22100", 52_000),
    Town("Tolvane", "Velmahor", 57.241, 4.963, "23400", 17_000),
    Town("Zerlen", "Velmahor", 57.012, 5.731, "24200", 11_000),
    # Ildralen: lakes and forests; pulp, paper and wood
    Town("Nimera", "Ildralen", 57.084, 3.427, "30100", 64_000),
    Town("Ketterlen", "Ildralen", 57.317, 3.118, "31200", 29_000),
    Town("Kalvast", "Ildralen", 56.897, 3.846, "32100", 36_000),
    Town("Ivelsk", "Ildralen", 57.402, 3.902, "33300", 14_000),
    Town("Sonnevar", "Ildralen", 56.952, 2.871, "34100", 19_000),
    Town("Hallamo", "Ildralen", 57.196, 4.214, "35200", 9_000),
    # Paldmar: the coast of the Pale Sea; port, refinery, shipyards
    Town("Halmira", "Paldmar", 56.487, 2.236, "40100", 231_000),
    Town("Mirosund", "Paldmar", 56.032, 2.091, "41200", 74_000),
    Town("Varnholm", "Paldmar", 56.741, 2.314, "42100", 28_000),
    Town("Pellane", "Paldmar", 55.768, 2.157, "43300", 16_000),
    Town("Estvar", "Paldmar", 56.263, 2.402, "44100", 22_000),
    # Sarnevar: the plain of the Sarne; farms and food
    Town("Tessolin", "Sarnevar", 55.412, 3.517, "50100", 118_000),
    Town("Oskane", "Sarnevar", 55.187, 3.104, "51200", 43_000),
    Town("Hesterin", "Sarnevar", 55.583, 3.903, "52400", 31_000),
    Town("Ambrava", "Sarnevar", 54.962, 3.688, "53100", 27_000),
    Town("Jorvane", "Sarnevar", 55.291, 4.196, "54300", 18_000),
    Town("Lindesk", "Sarnevar", 55.634, 2.986, "55200", 21_000),
    # Korravest: the hills of the Korra; cement, ceramics, glass, chemicals
    Town("Ulmira", "Korravest", 55.714, 5.102, "60100", 89_000),
    Town("Veskard", "Korravest", 55.487, 5.416, "61200", 34_000),
    Town("Pelvar", "Korravest", 55.962, 4.871, "62100", 47_000),
    Town("Telsava", "Korravest", 55.331, 4.917, "63400", 23_000),
    Town("Fennolo", "Korravest", 55.846, 5.623, "64100", 12_000),
)
TOWN_BY_NAME: Final = {town.name: town for town in TOWNS}
REGIONS: Final = tuple(dict.fromkeys(town.region for town in TOWNS))

_STREETS: Final = (
    "Havntan", "Stromtan", "Jarnkai", "Moltan", "Brenntan", "Vestringen", "Ostringen", "Sillplas", "Klokketan",
    "Lindetan", "Verkstan", "Sagtan", "Stegtan", "Torvkai", "Norringen", "Karnplas", "Ovntan", "Skogtan",
)  # fmt: skip


@dataclass(frozen=True)
class Address:
    """Where a facility stands."""

    street: str
    town: Town
    latitude: Decimal
    longitude: Decimal


def address_in(town: Town, chance: random.Random) -> Address:
    """Return an address in or near a town."""
    return Address(
        street=f"{chance.choice(_STREETS)} {chance.randint(1, 148)}",
        town=town,
        latitude=Decimal(town.latitude + chance.uniform(-_SPREAD, _SPREAD)).quantize(_MICRO_DEGREE),
        longitude=Decimal(town.longitude + chance.uniform(-_SPREAD, _SPREAD)).quantize(_MICRO_DEGREE),
    )


def towns_of(*regions: str) -> list[Town]:
    """Return the towns of these regions; of the whole country where none is named."""
    return [town for town in TOWNS if not regions or town.region in regions]
