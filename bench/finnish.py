"""The Finnish register of two editions, as published; where it is absent, one made up in the same form and size."""

import csv
import random
from pathlib import Path

PUBLISHED = Path(__file__).resolve().parents[2] / "shared" / "data" / "register" / "fi"
FACILITIES = ("facilities_v2021-10.csv", "facilities_2025-03.csv")
RELEASES = ("releases_2007-2019_v2021-10.csv", "releases_2017-2023.csv")
_SIZES = {RELEASES[0]: (11_080, range(2007, 2020)), RELEASES[1]: (5_290, range(2017, 2024))}
_MADE_UP_FACILITIES = 1_100
_POLLUTANTS = [
    "CO2",
    "NOX",
    "SOX",
    "NH3",
    "CH4",
    "PM10",
    "HGANDCOMPOUNDS",
    "TOTALNITROGEN",
    "TOTALPHOSPHORUS",
    "PBANDCOMPOUNDS",
]


def files(folder: Path) -> tuple[list[Path], list[Path], str]:
    """Facilities and releases, oldest first, and where they come from in a few words."""
    if PUBLISHED.is_dir():
        return [PUBLISHED / name for name in FACILITIES], [PUBLISHED / name for name in RELEASES], ""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(2026)  # noqa: S311 -- the same made-up register every time
    return (
        [_make_up_facilities(folder / name) for name in FACILITIES[:1]],
        [_make_up_releases(folder / name, *_SIZES[name], chance) for name in RELEASES],
        "made-up data of the same size: the published extract is not here",
    )


def read(paths: list[Path]) -> list[dict[str, str]]:
    """The rows of the files, as they stand there."""
    rows: list[dict[str, str]] = []
    for path in paths:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows += csv.DictReader(file, delimiter=";")
    return rows


def _make_up_facilities(path: Path) -> Path:
    head = (
        "Facility_INSPIRE_ID;parentCompanyName;nameOfFeature;mainActivityCode;mainActivityName;pointGeometryLon;"
        "pointGeometryLat;streetName;buildingNumber;city;postalCode;countryCode;reportingYear;status;"
        "CompetentAuthorityEPRTRId;telephoneNo;facilityId;x;y"
    )
    lines = [
        f"XX.{n}.FACILITY;Company {n % 300};Works {n};2(f);;24.{n:05d};61.{n:05d};Street {n};;TOWN {n % 60};{n:05d};XX;"
        f"2019;functional;;;XX_{n};;"
        for n in range(_MADE_UP_FACILITIES)
    ]
    path.write_text("\n".join([head, *lines]) + "\n", "utf-8")
    return path


def _make_up_releases(path: Path, count: int, years: range, chance: random.Random) -> Path:
    head = (
        "Facility_INSPIRE_ID;reportingYear;pollutantCode;pollutantName;medium;totalPollutantQuantityKg;"
        "AccidentalPollutantQuantityKG;methodCode;methodName;facilityId"
    )
    keys: set[tuple[int, int, str, str]] = set()
    while len(keys) < count:
        facility, year = chance.randrange(_MADE_UP_FACILITIES), chance.choice(years)
        keys.add((facility, year, chance.choice(_POLLUTANTS), chance.choice(["AIR", "WATER"])))
    lines = [
        f"XX.{facility}.FACILITY;{year};{pollutant};;{medium};{chance.randrange(10, 900_000)}.0;0.0;M;;XX_{facility}"
        for facility, year, pollutant, medium in sorted(keys)
    ]
    path.write_text("\n".join([head, *lines]) + "\n", "utf-8")
    return path
