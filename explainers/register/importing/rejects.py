"""The rows that could not be read: line number, reason in words, and the row as it stands in the file."""

import csv
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TextIO

from django.utils.translation import gettext as _


class Rejects:
    """Writes `<name>.rejects.csv` into a folder; a file without rejects makes none, and removes an older one."""

    def __init__(self, folder: Path, source: Path, header: Sequence[str]) -> None:
        self.path = folder / f"{source.stem}.rejects.csv"
        self.count = 0
        self._header = header
        self._file: TextIO | None = None
        self._writer: Any = None

    def __enter__(self) -> Self:
        self.path.unlink(missing_ok=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, line: int, reason: str, row: Sequence[str]) -> None:
        """Keep one row and say why it could not be read."""
        if self._file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self.path.open("w", encoding="utf-8", newline="")
            self._writer = csv.writer(self._file)
            self._writer.writerow([_("line"), _("reason"), *self._header])
        self.count += 1
        self._writer.writerow([line, reason, *row])
