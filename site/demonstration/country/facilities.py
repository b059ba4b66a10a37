"""The facilities of the country, made from the plan: the same seed gives the same facilities."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from demonstration.country.geography import Address, Town, address_in, towns_of
from demonstration.country.plan import Group, read_plan

_FARM_FIRST: Final = (
    "Ekke", "Sol", "Hag", "Tors", "Lun", "Ros", "Vin", "Birke", "Elve", "Grane", "Hume", "Korn", "Mose", "Aker",
    "Stor", "Ny", "Vester", "Oster", "Sonder", "Skov", "Kilde", "Lerke",
)  # fmt: skip
_FARM_SECOND: Final = ("gard", "hus", "rud", "lund", "mark", "tun", "bakke", "eng")


@dataclass(frozen=True)
class PlannedFacility:
    """A facility as its operator registers it; `size` is 1 where it is typical of its activity."""

    public_id: str
    name: str
    activity: str
    operator: str
    parent: str
    address: Address
    size: float
    is_located: bool = True
    was_sold: bool = False  # to its operator, by another one, within the last year

    @property
    def town(self) -> Town:
        """Return the town it lies in."""
        return self.address.town


def slug_of(name: str) -> str:
    """Return the name as it stands in an address."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def plan_facilities(seed: int, *, quick: bool = False) -> list[PlannedFacility]:
    """Return all facilities of the country; a few of most activities where it must be quick."""
    facilities: list[PlannedFacility] = []
    taken: set[str] = set()
    farms = _farm_names(seed)
    for group in read_plan():
        facilities += _facilities_of(group, seed, taken, farms, group.count_in_quick if quick else group.count)
    return facilities


def _facilities_of(
    group: Group, seed: int, taken: set[str], farms: Iterator[str], count: int
) -> Iterator[PlannedFacility]:
    chance = random.Random(f"{seed}/facilities/{group.activity}")  # noqa: S311 -- repeatable by intent
    towns = [town for region in group.regions for town in towns_of(region)] or towns_of()
    # The largest towns first: a capital has a waste-water plant before a village has one.
    towns.sort(key=lambda town: -town.people)
    for number in range(count):
        is_farm = "{farm}" in group.names[0]
        town = chance.choice(towns) if is_farm else towns[number % len(towns)]
        names = group.names[number % len(group.names) :] + group.names[: number % len(group.names)]
        farm = next(farms) if is_farm else ""
        name = _free_name(names, town, farm, taken)
        operator = _filled(chance.choice(group.operators), town, farm)
        yield PlannedFacility(
            public_id=slug_of(name),
            name=name,
            activity=group.activity,
            operator=operator,
            parent=_parent_of(operator, group, seed),
            address=address_in(town, chance),
            size=_size(group, town, chance),
            is_located=chance.random() > 0.05,  # some operators have not told the coordinates: registers are like that
            was_sold=not is_farm and chance.random() < 0.05,
        )


def _parent_of(operator: str, group: Group, seed: int) -> str:
    """Return the company's owner: the same one wherever the company appears in this line of the plan."""
    if not group.parents:
        return ""
    return random.Random(f"{seed}/parents/{operator}").choice(group.parents)  # noqa: S311 -- repeatable by intent


def _size(group: Group, town: Town, chance: random.Random) -> float:
    if group.activity == "5(f)":  # waste water follows the people who make it
        return max(0.12, town.people / 150_000)
    return chance.lognormvariate(0, 0.45)


def _free_name(names: tuple[str, ...], town: Town, farm: str, taken: set[str]) -> str:
    candidates = [_filled(name, town, farm) for name in names]
    candidates += [f"{candidates[0]} {number}" for number in ("II", "III", "IV", "V", "VI")]
    name = next(candidate for candidate in candidates if candidate not in taken)
    taken.add(name)
    return name


def _filled(pattern: str, town: Town, farm: str) -> str:
    return pattern.format(town=town.name, region=town.region, farm=farm)


def _farm_names(seed: int) -> Iterator[str]:
    names = [first + second for first in _FARM_FIRST for second in _FARM_SECOND]
    random.Random(f"{seed}/farms").shuffle(names)  # noqa: S311 -- repeatable by intent
    return iter(names)
