"""Looks through a file once before it is loaded: how long it is, which years it covers, what its zeros mean."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from register.importing.cells import Cells
from register.importing.errors import FileRefused
from register.importing.mapping import ZERO_IS_UNKNOWN, ZERO_IS_UNKNOWN_IF_ALWAYS
from register.importing.reading import OpenedFile


@dataclass(frozen=True)
class Survey:
    """What is known of a file before its first row is loaded."""

    rows: int
    last_year: int
    accidental_unknown: bool


def survey(opened: OpenedFile) -> Survey:
    """Count the rows, and find the last year and whether the accidental quantities say anything.

    Raises FileRefused where there are no rows.
    """
    mapping = opened.mapping
    cells = Cells(mapping, opened.header)
    year, accidental = cells.text("year"), cells.text("accidental")
    rows = last_year = 0
    always_zero = True
    for _line, row, problem in opened.rows():
        rows += 1
        if problem is None:
            text = year(row)
            if text.isascii() and text.isdigit():
                last_year = max(last_year, int(text[:4]))
            always_zero = always_zero and not _is_above_zero(accidental(row))
    if not rows:
        raise FileRefused(
            _("%(file)s has a header and no row below it; there is nothing to load.") % {"file": opened.path.name}
        )
    unknown = mapping.accidental_zero == ZERO_IS_UNKNOWN or (
        mapping.accidental_zero == ZERO_IS_UNKNOWN_IF_ALWAYS and always_zero
    )
    return Survey(rows, last_year, unknown and cells.has("accidental"))


def _is_above_zero(text: str) -> bool:
    digits = text.casefold().partition("e")[0]
    return any(digit in digits for digit in "123456789")
