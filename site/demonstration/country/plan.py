"""Which facilities the country has: a line for every activity with the names that its facilities bear."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_PLAN: Final = Path(__file__).resolve().parent.parent / "contents" / "register" / "plan.csv"


@dataclass(frozen=True)
class Group:
    """Facilities of one activity: how many, in which regions (anywhere if none is named), how called, and run by whom.

    In names, `{town}`, `{region}` and `{farm}` stand for those of the facility. An empty parent is an operator that
    belongs to nobody else.
    """

    activity: str
    count: int
    count_in_quick: int
    regions: tuple[str, ...]
    names: tuple[str, ...]
    operators: tuple[str, ...]
    parents: tuple[str, ...]


def read_plan() -> Iterator[Group]:
    """Yield the lines of the plan."""
    with _PLAN.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield Group(
                activity=row["activity"],
                count=int(row["count"]),
                count_in_quick=int(row["count_in_quick"]),
                regions=_parts(row["regions"]),
                names=_parts(row["names"]),
                operators=_parts(row["operators"]),
                parents=_parts(row["parents"]),
            )


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()
