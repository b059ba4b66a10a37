"""Taking the requester out of a request: the questions and the answers stay."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Model

from inforequests.models import InformationRequest
from privacy.blanking import blanked


def erase_requester(request: InformationRequest, *, at: datetime) -> InformationRequest:
    """Remove who asked; called by the one place that erases, which writes the record (`privacy.domain`).

    Side effects, in order: name and addresses are taken out of the correspondence, wherever they stand in it word for
    word (questions and answers are the record, and stay as they are); the request forgets its requester and remembers
    the day; the requester is deleted.
    """
    requester = request.requester
    if requester is not None:
        words = words_of(request)
        _blank(request.messages.all(), "text", words)
        _blank(request.decisions.all(), "letter", words)
        _blank(request.reviews.all(), "words", words)
    request.requester = None
    request.identity_erased_at = at
    request.save(update_fields=["requester", "identity_erased_at"])
    if requester is not None:
        requester.delete()
    return request


def words_of(request: InformationRequest) -> list[str]:
    """Return the words by which a requester is known: name, e-mail address, the lines of the postal address."""
    requester = request.requester
    return [requester.name, requester.email, *requester.postal_address.splitlines()] if requester else []


def _blank(rows: Iterable[Model], field: str, words: Iterable[str]) -> None:
    """Take some words out of a field of some rows."""
    for row in rows:
        text = blanked(getattr(row, field), words)
        if text != getattr(row, field):
            setattr(row, field, text)
            row.save(update_fields=[field])
