"""Reads the code of a certificate, however it was typed, and says what is wrong with one that cannot be."""

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from design.formats import format_number
from learning.domain.awards import CODE_LETTER
from tracking.numbers import InvalidTrackingNumber, normalise_tracking_number

EXAMPLE: Final = "T-7KQ2-M4XD-9"
_LENGTH: Final = 10


class CodeProblem(ValueError):  # noqa: N818 -- it is an answer to a person, not a fault of the program
    """What was typed is no code of a certificate; `suggestion` is the one it may have been."""

    def __init__(self, message: str, suggestion: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.suggestion = suggestion


def read_code(text: str) -> str:
    """Return the code as it is printed; raises CodeProblem where something is missing or a character is wrong."""
    try:
        code = normalise_tracking_number(text)
    except InvalidTrackingNumber as problem:
        count = sum(character.isalnum() for character in text)
        if not count:
            message = _("Type the code that stands on the certificate, for example %(example)s.")
            raise CodeProblem(message % {"example": EXAMPLE}) from problem
        if count != _LENGTH:
            message = ngettext(
                "A code has ten letters and digits, for example %(example)s. Yours has %(count)s.",
                "A code has ten letters and digits, for example %(example)s. Yours has %(count)s.",
                count,
            )
            raise CodeProblem(message % {"example": EXAMPLE, "count": format_number(count)}) from problem
        suggestion = problem.suggestion if problem.suggestion.startswith(CODE_LETTER) else ""
        raise CodeProblem(
            _(
                "The code was mistyped: its last character is a check, and it does not fit the others. "
                "Compare each character with the certificate."
            ),
            suggestion,
        ) from problem
    if not code.startswith(f"{CODE_LETTER}-"):
        message = _("This is a number of something else: codes of certificates begin with %(letter)s.")
        raise CodeProblem(message % {"letter": CODE_LETTER})
    return code
