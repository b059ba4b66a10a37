"""What pages and interfaces read of files, each with a fixed number of queries."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar, overload

from django.db.models import QuerySet

from files.models import StoredFile

Row = TypeVar("Row", bound=Any)


def files_of(kind: str, reference: str) -> list[StoredFile]:
    """Return all files of a subject, in the order in which they were sent; one query."""
    return list(StoredFile.objects.of(kind, reference))


def released_files_of(kind: str, references: Iterable[str]) -> dict[str, list[StoredFile]]:
    """Return the files that the public may have, by the reference of their subject; one query."""
    found: dict[str, list[StoredFile]] = defaultdict(list)
    for file in StoredFile.objects.of(kind, *references).released():
        found[file.subject_reference].append(file)
    return found


def with_released_files(rows: Iterable[Row], kind: str, reference: Callable[[Row], str]) -> list[Row]:
    """Give each of some rows its `released_files`; one query for all."""
    listed = list(rows)
    found = released_files_of(kind, [reference(row) for row in listed]) if listed else {}
    for row in listed:
        row.released_files = found.get(reference(row), [])
    return listed


class WithReleasedFiles(Sequence[Row]):
    """A list for paging, of which each page has its released files with one query more."""

    def __init__(self, rows: QuerySet[Any], kind: str, reference: Callable[[Row], str]) -> None:
        self.rows, self.kind, self.reference = rows, kind, reference

    def __len__(self) -> int:
        return self.rows.count()

    @overload
    def __getitem__(self, key: int) -> Row: ...

    @overload
    def __getitem__(self, key: slice) -> list[Row]: ...

    def __getitem__(self, key: int | slice) -> Row | list[Row]:
        if isinstance(key, slice):
            return with_released_files(self.rows[key], self.kind, self.reference)
        return with_released_files([self.rows[key]], self.kind, self.reference)[0]

    def __iter__(self) -> Iterator[Row]:
        return iter(with_released_files(self.rows, self.kind, self.reference))
