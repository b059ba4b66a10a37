"""Destroying what opens commitments: the record stays whole and proves nothing about the person any more."""

from collections.abc import Collection

from django.db import transaction

from ledger.models import Opening


@transaction.atomic
def erase_openings(
    *,
    subject_kind: str,
    subject_reference: str,
    names: Collection[str] | None = None,
    area: str | None = None,
    verbs: Collection[str] | None = None,
) -> int:
    """Destroy the salts of what was committed to about a subject, and return how many.

    `names` limits it to some of the commitments, such as {"submitter"}, and `verbs` to those of some acts. The entries
    stay as they are, and so does every hash and proof; but nobody can show any more, or find by trying, which words
    they stood for. Whoever calls erases the words themselves, and records that it was done. Nothing else happens.
    """
    openings = Opening.objects.filter(entry__subject_kind=subject_kind, entry__subject_reference=subject_reference)
    if area is not None:
        openings = openings.filter(entry__area=area)
    if verbs is not None:
        openings = openings.filter(entry__verb__in=verbs)
    if names is not None:
        openings = openings.filter(name__in=names)
    return openings.delete()[0]
