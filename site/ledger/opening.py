"""What somebody's tracking number and access key open: one rule for every area that hands out receipts."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.forms import Form
from django.utils.functional import Promise

from ledger.tracking import InvalidTrackingNumber, normalise_tracking_number, secret_opens

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

    The key may be left out: the subject is then found, and shown as everybody may see it. `unknown` and `wrong_key` are
    the sentences for a number that nobody was given and for a key that does not fit.
    """
    try:
        number = normalise_tracking_number(form.cleaned_data["number"])
    except InvalidTrackingNumber as error:
        form.add_error("number", error.message)
        return Opened(suggestion=error.suggestion)
    subject: Any = subjects.filter(tracking_number=number).first()
    if subject is None:
        form.add_error("number", str(unknown))
        return Opened(is_guess=True)
    key = form.cleaned_data["key"]
    if key and not secret_opens(key, number, subject.secret_digest):
        form.add_error("key", str(wrong_key))
        return Opened(is_guess=True)
    return Opened(subject=subject)
