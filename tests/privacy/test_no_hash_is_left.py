"""After an erasure no hash without a salt is left by which somebody could show, or find by trying, who it was."""

import hashlib
from itertools import permutations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from consultations.domain.commitments import submission_words
from consultations.models import Submission
from files.domain import store_files
from inforequests.domain.commitments import request_words
from inforequests.models import InformationRequest
from ledger.canonical import canonical_json
from ledger.domain import seal_entries
from privacy.domain import erase_held
from privacy.domain.erasing import erase_several
from privacy.enums import Cause
from privacy.holdings import Proof
from privacy.queries import what_is_held
from tests.accounts.factories import PersonFactory
from tests.consultations.factories import DocketFactory
from tests.learning.factories import ProgrammeFactory, award
from tests.privacy.people import ADDRESS_OF_AINO, NAME, ORGANISATION, POSTAL, comment, holds, request_of_aino
from tests.privacy.scanning import everything

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexed")]
BYTES = b"Half a kilogram a year."
OWN = (NAME, ORGANISATION, ADDRESS_OF_AINO, POSTAL)


def hashes_left(*said: str) -> list[str]:
    """The tables in which the hash of something still stands, alone or with another one before or behind it."""
    tried = {*said, *(word.casefold() for word in said), *(canonical_json(word) for word in said)}
    tried |= {f"{one}{between}{other}" for one, other in permutations(said, 2) for between in ("", "\n", "\n\n", ":")}
    digests = {
        make(word.encode()).hexdigest(): word for word in tried for make in (hashlib.sha256, hashlib.sha1, hashlib.md5)
    }
    digests |= {hashlib.blake2b(word.encode(), digest_size=8).hexdigest(): word for word in tried}
    return sorted(
        {f"{table}: {word}" for table, text in everything() for digest, word in digests.items() if digest in text}
    )


def test_of_a_comment_and_its_file() -> None:
    now = timezone.now()
    sent = comment(DocketFactory(open=True, around=now), at=now)
    number = sent.submission.tracking_number
    store_files([SimpleUploadedFile("my report.txt", BYTES)], subject_kind="submission", subject_reference=number)
    said = submission_words(Submission.objects.get(pk=sent.submission.pk))
    words = [*said.values(), *OWN, BYTES.decode()]
    assert hashes_left(*words) == [f"files_storedfile: {BYTES.decode()}"]  # until then, to find its bytes on the disk
    seal_entries()
    (held,) = what_is_held(holds(sent))
    erase_held(held, cause=Cause.ASKED, proof=holds(sent), at=now)
    seal_entries()
    assert hashes_left(*words) == []
    assert hashlib.sha256(BYTES).hexdigest() not in "".join(text for _table, text in everything())


def test_of_a_request() -> None:
    now = timezone.now()
    sent = request_of_aino(at=now)
    words = [*request_words(InformationRequest.objects.get(pk=sent.request.pk)).values(), *OWN]
    (held,) = what_is_held(holds(sent))
    erase_held(held, cause=Cause.ASKED, proof=holds(sent), at=now)
    seal_entries()
    assert hashes_left(*words) == []


def test_of_a_learner() -> None:
    now = timezone.now()
    learner = PersonFactory(email=ADDRESS_OF_AINO, first_name="Aino", last_name="Unmistakable")
    made = award(ProgrammeFactory(), learner, at=now, name=NAME)
    proof = Proof(addresses=frozenset({ADDRESS_OF_AINO}), account=learner)
    erase_several(what_is_held(proof), proof=proof, at=now)
    assert hashes_left(*OWN, "Aino", "Unmistakable") == []
    made.refresh_from_db()
    assert NAME not in canonical_json(made.facts)  # of which `sha256` is the hash: the name was never in it
