"""Writes files as registers publish them, and loads them, for tests."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from register.importing.loading import Outcome, load_file
from register.importing.mapping import BUILT_IN, FileMapping, read_mapping
from register.importing.reading import open_file

RELEASE_HEADER = (
    "Facility_INSPIRE_ID;reportingYear;pollutantCode;pollutantName;medium;totalPollutantQuantityKg;"
    "AccidentalPollutantQuantityKG;methodCode;methodName;facilityId"
)
WASTE_HEADER = (
    "Facility_INSPIRE_ID;reportingYear;nameOfFeature;mainActivityCode;mainActivityName;city;wasteClassificationCode;"
    "wasteClassificationName;wasteTreatmentCode;wasteTreatmentName;totalWasteQuantityTNE;methodCode;methodName;"
    "nameOfReceiver;ReceivingSite_city;ReceivingSite_postalCode;ReceivingSite_countryName;facilityId"
)
FACILITY_HEADER = (
    "Facility_INSPIRE_ID;parentCompanyName;nameOfFeature;mainActivityCode;mainActivityName;pointGeometryLon;"
    "pointGeometryLat;streetName;buildingNumber;city;postalCode;countryCode;reportingYear;status;facilityId;x;y"
)
RELEASE = {
    "Facility_INSPIRE_ID": "FI.EEA/1.FACILITY",
    "reportingYear": "2020",
    "pollutantCode": "HGANDCOMPOUNDS",
    "pollutantName": "Mercury and compounds (as Hg)",
    "medium": "WATER",
    "totalPollutantQuantityKg": "37.9",
    "AccidentalPollutantQuantityKG": "0.0",
    "methodCode": "M",
    "methodName": "Measured: analytical method used",
    "facilityId": "0000000001",
}
WASTE = {
    "reportingYear": "2020",
    "wasteClassificationCode": "HW",
    "wasteTreatmentCode": "R",
    "totalWasteQuantityTNE": "71.3",
    "methodCode": "M",
    "facilityId": "0000000001",
}
FACILITY = {
    "Facility_INSPIRE_ID": "FI.EEA/1.FACILITY",
    "parentCompanyName": "Metsä Fibre Oy",
    "nameOfFeature": "Metsä Fibre Oy, Äänekosken sellutehdas",
    "mainActivityCode": "6(a)",
    "pointGeometryLon": "25.72650",
    "pointGeometryLat": "62.60420",
    "streetName": "Tehtaantie",
    "buildingNumber": "1",
    "city": "Äänekoski",
    "postalCode": "44100",
    "countryCode": "FI",
    "reportingYear": "2020",
    "status": "functional",
    "facilityId": "0000000001",
    "x": "434567",
    "y": "6942345",
}


def write(
    folder: Path,
    rows: Iterable[Mapping[str, str]],
    *,
    header: str = RELEASE_HEADER,
    usual: Mapping[str, str] | None = None,
    name: str = "edition.csv",
) -> Path:
    """Write rows, each given by what differs from the usual one, as the extract writes them."""
    usual = usual if usual is not None else RELEASE
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header.split(";"), delimiter=";", lineterminator="\n")
        writer.writeheader()
        writer.writerows({**usual, **row} for row in rows)
    return path


def write_waste(folder: Path, rows: Iterable[Mapping[str, str]], name: str = "waste.csv") -> Path:
    """Write transfers of waste."""
    return write(folder, rows, header=WASTE_HEADER, usual=WASTE, name=name)


def write_facilities(folder: Path, rows: Iterable[Mapping[str, str]], name: str = "facilities.csv") -> Path:
    """Write facilities."""
    return write(folder, rows, header=FACILITY_HEADER, usual=FACILITY, name=name)


def load(path: Path, mapping: FileMapping | str | None = None, **options: Any) -> Outcome:
    """Load a file, by the built-in mapping that knows it or by one that is named."""
    if isinstance(mapping, str):
        mapping = read_mapping(BUILT_IN / f"{mapping}.toml")
    return load_file(open_file(path, mapping=mapping), rejects_folder=path.parent / "rejects", **options)


def counted(outcome: Outcome) -> dict[str, int]:
    """Return the counts of a load that are not zero, by their short names."""
    names = ["read", "added", "added_late", "unchanged", "revised", "amended", "restored", "dropped", "rejected"]
    return {name: count for name in names if (count := getattr(outcome.counts, f"rows_{name}"))}


def rejects(outcome: Outcome) -> list[tuple[int, str]]:
    """Return line and reason of each rejected row."""
    if outcome.rejects is None:
        return []
    with outcome.rejects.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    return [(int(row[0]), row[1]) for row in rows[1:]]
