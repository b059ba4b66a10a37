"""A round: one act for each of many rows, of which one that fails keeps no other from its turn.

    with Round("Silence") as the_round:
        return the_round.over(overdue, record_silence)

It ends in an error where any row failed: the job shows as failed on the status page, and the schedule tries again.
"""

import logging
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Final, Self, TypeVar

from django.db import Error, connection

logger = logging.getLogger(__name__)

Row = TypeVar("Row")
_MOST_TRACEBACKS: Final = 20  # a hundred rows that fail alike are understood from fewer


class RoundError(Exception):
    """Some rows of a round failed; each was logged when it did, and all others had their turn."""

    def __init__(self, what: str, failed: int, tried: int) -> None:
        super().__init__(f"{what}: {failed} of {tried} failed. The log says which and why; the others are done.")
        self.failed = failed
        self.tried = tried


class Round:
    """Counts what was tried and what failed, and raises `RoundError` at its end."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.tried = 0
        self.failed = 0

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def over(self, rows: Iterable[Row], act: Callable[[Row], int], *, name: Callable[[Row], object] = str) -> int:
        """Do the act for each row, and return the sum of what it returns.

        The act is a transaction of its own, or a round within this one. What it is called by in the log, `name` says.
        Only where the database is gone the round ends: no other row would fare better.
        """
        done = 0
        for row in rows:
            try:
                done += act(row)
            except RoundError as within:
                self.tried += within.tried
                self.failed += within.failed
            except Exception as error:  # noqa: BLE001 -- whatever is wrong with one row keeps no other
                if isinstance(error, Error) and not connection.is_usable():
                    raise
                self.tried += 1
                self.failed += 1
                is_told = self.failed <= _MOST_TRACEBACKS
                logger.error("%s: %s failed; the others go on.", self.what, name(row), exc_info=is_told)
            else:
                self.tried += 1
        return done

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Say that something failed, unless something worse is on its way already."""
        if error is None and self.failed:
            raise RoundError(self.what, self.failed, self.tried)
