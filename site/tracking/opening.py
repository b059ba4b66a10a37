"""What somebody's tracking number and access key open: one rule for every area that hands out receipts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.forms import Form
from django.utils.functional import Promise

from tracking.numbers import InvalidTrackingNumber, normalise_tracking_number, secret_opens

Subject = TypeVar("Subject", bound=Model)


@dataclass(frozen=True)
class Opened(Generic[Subject]):
    """What a number and a key came to: a subject, or a mistake that the form names; a guess is to be counted."""

    subject: Subject | None = None
    suggestion: str = ""
    is_guess: bool = False


def open_by_number(
    form: Form, subjects: QuerySet[Subject], *, unknown: str | Promise, wrong_key: str | Promise
) -> Opened[Subject]:
    """Return the subject that the form's `number` and `key` open, or add to the form what is wrong with them.

    The key may be left out: the subject is then found, and shown as everybody may see it. A mistyped number gets the
    likeliest number that somebody was given as a suggestion; nobody is sent astray by one that there is not. `unknown`
    and `wrong_key` are the sentences for a number that nobody was given and for a key that does not fit.
    """
    try:
        number = normalise_tracking_number(form.cleaned_data["number"])
    except InvalidTrackingNumber as error:
        form.add_error("number", error.message)
        # It tells which numbers there are, as a number does that is typed right: so it counts as one.
        return Opened(suggestion=_first_given_out(error.candidates, subjects), is_guess=bool(error.candidates))
    subject: Any = subjects.filter(tracking_number=number).first()
    if subject is None:
        form.add_error("number", str(unknown))
        return Opened(is_guess=True)
    key = form.cleaned_data["key"]
    if key and not secret_opens(key, number, subject.secret_digest):
        form.add_error("key", str(wrong_key))
        return Opened(is_guess=True)
    return Opened(subject=subject)


def _first_given_out(candidates: Sequence[str], subjects: QuerySet[Subject]) -> str:
    """Return the first of some numbers that somebody was given; nothing where nobody was; one query."""
    if not candidates:
        return ""
    given = set(subjects.filter(tracking_number__in=candidates).values_list("tracking_number", flat=True))
    return next((number for number in candidates if number in given), "")
