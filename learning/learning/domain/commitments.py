"""What entries about certificates commit to, and how it is found again in the tables of this area."""

from collections.abc import Mapping
from typing import Final

from learning.enums import Verb
from learning.models import Award
from learning.papers import fingerprint
from ledger.models import Entry

PRINTED: Final = "certificate"
HOLDER: Final = "holder"
REASON: Final = "reason"


def award_words(award: Award) -> dict[str, str]:
    """Return the hash of what is printed on a certificate, and the name on it, unless it has been erased."""
    words = {PRINTED: fingerprint(award.facts), HOLDER: award.holder_name}
    return {name: said for name, said in words.items() if said}


def words_behind_certificate(entry: Entry) -> Mapping[str, str]:
    """Return the words now stored behind an entry about a certificate."""
    award = Award.objects.filter(code=entry.subject_reference).select_related("registration").first()
    if award is None:
        return {}
    if entry.verb == Verb.AWARDED:
        return award_words(award)
    line = award.registration.records.filter(object_key=award.object_key, verb=Verb.REVOKED).first()
    return {REASON: line.result["reason"]} if line else {}
