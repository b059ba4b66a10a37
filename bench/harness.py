"""Rows of the benchmark: our figure, the yardstick measured in the same run, their ratio, and the target."""

import json
import platform
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path


@dataclass
class Row:
    """One measurement; `figure` and `yardstick` are in `unit`, and `ratio` is the first divided by the second.

    `at_most` and `at_least` are targets for the ratio, or for the figure where there is no yardstick.
    """

    name: str
    unit: str
    figure: float | None = None
    yardstick: float | None = None
    yardstick_name: str = ""
    at_most: float | None = None
    at_least: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times the yardstick our figure is."""
        if self.figure is None or not self.yardstick:
            return None
        return self.figure / self.yardstick

    @property
    def target(self) -> str:
        """The target in words."""
        if self.at_most is not None:
            return f"at most {self.at_most:g}"
        return f"at least {self.at_least:g}" if self.at_least is not None else ""

    @property
    def met(self) -> bool | None:
        """Whether the target is met; nothing where there is none, or nothing was measured."""
        value = self.ratio if self.yardstick is not None else self.figure
        if value is None or not self.target:
            return None
        return value <= self.at_most if self.at_most is not None else value >= (self.at_least or 0)


def seconds(act: Callable[[], object]) -> float:
    """How long something takes, once."""
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def best_of(times: int, act: Callable[[], object]) -> float:
    """The shortest of several times: the least disturbed by what else the machine did."""
    return min(seconds(act) for _ in range(times))


def table(rows: list[Row]) -> str:
    """The rows as a table for a terminal."""
    heads = ("what", "ours", "yardstick", "ratio", "target", "")
    lines = [heads, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    text = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    text.insert(1, "  ".join("-" * width for width in widths))
    notes = [f"{row.name}: {row.note}" for row in rows if row.note]
    return "\n".join([*text, *(["", *notes] if notes else [])])


def write_json(rows: list[Row], path: Path) -> None:
    """The rows with everything derived, and the machine they were measured on."""
    path.parent.mkdir(parents=True, exist_ok=True)
    facts = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {"python": platform.python_version(), "system": platform.platform()},
        "rows": [asdict(row) | {"ratio": row.ratio, "target": row.target, "met": row.met} for row in rows],
    }
    path.write_text(json.dumps(facts, indent=2, ensure_ascii=False) + "\n", "utf-8")


def _cells(row: Row) -> tuple[str, ...]:
    verdict = {True: "met", False: "MISSED", None: ""}[row.met]
    if row.figure is None:
        return (row.name, "skipped", "", "", row.target, "")
    yardstick = f"{_number(row.yardstick)} {row.unit} ({row.yardstick_name})" if row.yardstick is not None else ""
    ratio = f"{row.ratio:.2f}" if row.ratio is not None else ""
    return (row.name, f"{_number(row.figure)} {row.unit}", yardstick, ratio, row.target, verdict)


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
