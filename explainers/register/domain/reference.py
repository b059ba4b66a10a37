"""Brings the annexes of the Protocol, as the project's own tables in register/data, into the database."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, TypeVar

from django.db import models, transaction

from design.freshness import bump_generation
from register.enums import TREATMENT_BY_LETTER, ThresholdKind, ThresholdNote
from register.models import Activity, Operation, Pollutant, Threshold, ThresholdSet

DATA: Final = Path(__file__).resolve().parent.parent / "data"
NO_THRESHOLD: Final = "-"  # the hyphen of Annex II: this does not trigger a duty to report
M = TypeVar("M", ThresholdSet, Pollutant, Activity, Operation)
_LANGUAGES_UNDER_REVIEW: Final = ("fr", "ru")
_BORROWED: Final = {
    ThresholdNote.AIR_THRESHOLD.value: ThresholdKind.RELEASE_AIR,
    ThresholdNote.WATER_THRESHOLD.value: ThresholdKind.RELEASE_WATER,
}


@dataclass(frozen=True, slots=True)
class ReferenceCounts:
    """How many rows each list of the annexes now has."""

    pollutants: int
    thresholds: int
    activities: int
    operations: int

    def total(self) -> int:
        """Return how many rows that is in all."""
        return sum(getattr(self, field.name) for field in fields(self))


@transaction.atomic
def load_reference() -> ReferenceCounts:
    """Bring Annexes I to III up to date with register/data; loading twice changes nothing.

    Side effects, in order: threshold sets, pollutants, thresholds, activities and operations are made or brought up to
    date, thresholds that the tables no longer have are deleted, and public pages are made anew. Never overwritten: a
    name that somebody has marked as reviewed here, and which threshold set applies here.
    """
    sets = _keep(ThresholdSet, _threshold_sets(), kept_if_present=("applies",))
    pollutants = _keep(Pollutant, _pollutants())
    _set_parents(pollutants, "part_of", {row["code"]: row["part_of"] for row in read_table("pollutants")})
    thresholds = _keep_thresholds(sets, pollutants)
    activities = _keep(Activity, _activities())
    _set_parents(activities, "parent", {row["code"]: row["parent"] for row in read_table("activities")})
    operations = _keep(Operation, _operations())
    bump_generation()
    return ReferenceCounts(len(pollutants), thresholds, len(activities), len(operations))


def read_table(name: str) -> Iterator[dict[str, str]]:
    """Read one table of register/data, row by row."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _threshold_sets() -> Iterator[dict[str, Any]]:
    for row in read_table("threshold_sets"):
        yield {**_names(row), "code": row["code"], "source": row["source"], "applies": row["applies"] == "yes"}


def _pollutants() -> Iterator[dict[str, Any]]:
    for position, row in enumerate(read_table("pollutants"), start=1):
        yield {
            **_names(row),
            "code": row["code"],
            "slug": row["slug"],
            "number": int(row["number"]) if row["number"] else None,
            "cas": row["cas"],
            "group": row["group"],
            "sum_group": row["sum_group"],
            "other_codes": row["other_codes"].split("|") if row["other_codes"] else [],
            "in_protocol": row["in_protocol"] == "yes",
            "in_eprtr": row["in_eprtr"] == "yes",
            "position": position,
        }


def _activities() -> Iterator[dict[str, Any]]:
    for position, row in enumerate(read_table("activities"), start=1):
        yield {
            **_names(row),
            "code": row["code"],
            "sector": int(row["sector"]),
            "level": int(row["level"]),
            "capacity_threshold_en": row["capacity_threshold_en"],
            "capacity_threshold_fr": row["capacity_threshold_fr"],
            "capacity_threshold_ru": row["capacity_threshold_ru"],
            "employee_threshold": int(row["employee_threshold"]) if row["employee_threshold"] else None,
            "position": position,
        }


def _operations() -> Iterator[dict[str, Any]]:
    for position, row in enumerate(read_table("operations"), start=1):
        treatment = TREATMENT_BY_LETTER[row["code"][0]]
        yield {**_names(row), "code": row["code"], "treatment": treatment, "position": position}


def _names(row: Mapping[str, str]) -> dict[str, Any]:
    names: dict[str, Any] = {"name_en": row["name_en"], "name_fr": row["name_fr"], "name_ru": row["name_ru"]}
    for code in _LANGUAGES_UNDER_REVIEW:
        names[f"name_{code}_reviewed"] = row.get(f"name_{code}_reviewed") == "yes"
    return names


def _keep(model: type[M], rows: Iterable[dict[str, Any]], *, kept_if_present: tuple[str, ...] = ()) -> dict[str, M]:
    """Make the rows that are missing, save those that differ, and return all rows of the table by code."""
    held = {str(one.code): one for one in model._default_manager.all()}
    new: list[M] = []
    kept: list[str] = []
    for row in rows:
        kept.append(row["code"])
        one = held.get(row["code"])
        if one is None:
            new.append(model(**row))
            continue
        changes = _changes(one, {name: value for name, value in row.items() if name not in kept_if_present})
        if changes:
            for name, value in changes.items():
                setattr(one, name, value)
            one.save(update_fields=list(changes))
    held.update((str(one.code), one) for one in model._default_manager.bulk_create(new))
    return {code: held[code] for code in kept}


def _changes(one: models.Model, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a row that differ from what is held, leaving alone the names that were reviewed here."""
    reviewed_here = {
        field
        for code in _LANGUAGES_UNDER_REVIEW
        if getattr(one, f"name_{code}_reviewed") and not row[f"name_{code}_reviewed"]
        for field in (f"name_{code}", f"name_{code}_reviewed")
    }
    return {name: value for name, value in row.items() if name not in reviewed_here and getattr(one, name) != value}


def _set_parents(rows: Mapping[str, models.Model], field: str, parents: Mapping[str, str]) -> None:
    """Set a foreign key of a table to itself, once every row is there."""
    for code, parent_code in parents.items():
        one = rows[code]
        parent = rows[parent_code] if parent_code else None
        if getattr(one, f"{field}_id") != (parent.pk if parent else None):
            setattr(one, field, parent)
            one.save(update_fields=[field])


def _keep_thresholds(sets: Mapping[str, ThresholdSet], pollutants: Mapping[str, Pollutant]) -> int:
    """Make, change and delete the thresholds of our sets so that they are those of the tables; return how many."""
    held = {
        (threshold.threshold_set_id, threshold.pollutant_id, threshold.kind): threshold
        for threshold in Threshold.objects.filter(threshold_set__in=sets.values())
    }
    count = 0
    new: list[Threshold] = []
    for row in read_table("thresholds"):
        for kind, (quantity_kg, note) in thresholds_of(row).items():
            count += 1
            key = (sets[row["set"]].pk, pollutants[row["pollutant"]].pk, kind.value)
            threshold = held.pop(key, None)
            if threshold is None:
                about = {"threshold_set_id": key[0], "pollutant_id": key[1], "kind": kind}
                new.append(Threshold(**about, quantity_kg=quantity_kg, note=note))
            elif (threshold.quantity_kg, threshold.note) != (quantity_kg, note):
                threshold.quantity_kg, threshold.note = quantity_kg, note
                threshold.save(update_fields=["quantity_kg", "note"])
    Threshold.objects.bulk_create(new, batch_size=150)
    Threshold.objects.filter(pk__in=[threshold.pk for threshold in held.values()]).delete()
    return count


def thresholds_of(row: Mapping[str, str]) -> dict[ThresholdKind, tuple[Decimal, str]]:
    """Read one line of Annex II: which thresholds, in kilograms a year, and with which note each."""
    cells = {kind: row[kind.value] for kind in ThresholdKind}
    thresholds: dict[ThresholdKind, tuple[Decimal, str]] = {}
    for kind, cell in cells.items():
        if cell == NO_THRESHOLD:
            continue
        if cell in _BORROWED:
            thresholds[kind] = (_quantity(cells[_BORROWED[cell]]), cell)
        else:
            thresholds[kind] = (_quantity(cell), cell.lstrip("0123456789."))
    return thresholds


def _quantity(cell: str) -> Decimal:
    return Decimal(cell.rstrip("abc"))
