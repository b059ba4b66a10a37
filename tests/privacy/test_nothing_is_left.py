"""After an erasure no table of the database names the person any more; what was said is still there, word for word."""

import io
import zipfile
from datetime import datetime

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from consultations.domain.intake import Sent
from consultations.models import Submission
from design.formats import format_date_short
from files.domain import store_files
from following.models import Subscription
from inforequests import domain as inforequests
from inforequests.models import InformationRequest
from ledger.domain import seal_entries
from ledger.models import Entry, Opening
from ledger.verification import verify_record
from notices.domain import send_message
from notices.models import Message
from privacy.blanking import ERASED_WORD
from privacy.domain import erase_held
from privacy.domain.erasing import erase_several
from privacy.enums import IDENTITY_ERASED, Cause
from privacy.holdings import Proof
from privacy.models import Tombstone
from privacy.package import package
from privacy.queries import what_is_held
from tests.accounts.factories import PersonFactory
from tests.consultations.factories import DocketFactory, answer, publish
from tests.inforequests.factories import HOUR, answered, person
from tests.learning.factories import ProgrammeFactory, award
from tests.privacy.people import (
    ADDRESS_OF_AINO,
    ADDRESS_OF_BO,
    NAME,
    NAME_OF_BO,
    ORGANISATION,
    POSTAL,
    READS,
    comment,
    holds,
    of_kind,
    request_of_aino,
)
from tests.privacy.scanning import tables_naming

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexed")]
EVERY_WORD = (NAME, ORGANISATION, ADDRESS_OF_AINO, *POSTAL.splitlines())


def test_the_scan_finds_what_there_is() -> None:
    comment(DocketFactory(open=True, around=timezone.now()), at=timezone.now())
    assert tables_naming(NAME) == ["consultations_submitter: aino unmistakable"]
    assert f"notices_message: {ADDRESS_OF_AINO}" in tables_naming(ADDRESS_OF_AINO)


def test_nobody_finds_the_sender_of_a_comment_any_more() -> None:
    now = timezone.now()
    docket = DocketFactory(open=True, around=now)
    sent = comment(docket, at=now)
    comment(docket, at=now, email=ADDRESS_OF_BO, name=NAME_OF_BO)
    publish(sent.submission, at=now)
    answer(sent.submission, at=now)
    said = [point.text for point in sent.submission.points.all()]

    (held,) = what_is_held(holds(sent))
    stone = erase_held(held, cause=Cause.ASKED, proof=holds(sent), at=now)

    assert tables_naming(*EVERY_WORD) == []
    assert tables_naming(NAME_OF_BO) == ["consultations_submitter: bo bystander"]
    stored = Submission.objects.get(pk=sent.submission.pk)
    assert [point.text for point in stored.points.all()] == said
    assert [point.is_answered for point in stored.points.all()] == [True]
    assert stored.public_author == f"Name erased on {format_date_short(now)}"
    assert stone == Tombstone.objects.get()
    assert (stone.reference, stone.cause, stone.reason) == (stored.tracking_number, Cause.ASKED, "")
    assert not Opening.objects.filter(entry__subject_reference=stored.tracking_number).exists()
    entry = Entry.objects.filter(verb=IDENTITY_ERASED).get()
    assert (entry.subject_reference, entry.facts, entry.public) == (stored.tracking_number, {"cause": "asked"}, True)


def test_nobody_finds_who_asked_for_information_any_more() -> None:
    now = timezone.now()
    sent = request_of_aino(at=now - HOUR)
    inforequests.send_message_to_requester(
        sent.request, actor=person(Role.CASE_OFFICER), text=f"Dear {NAME.upper()}, which year do you mean?", at=now
    )
    asked = [item.text for item in sent.request.items.all()]

    (held,) = what_is_held(holds(sent))
    erase_held(held, cause=Cause.ASKED, proof=holds(sent), at=now)

    assert tables_naming(*EVERY_WORD) == []
    stored = InformationRequest.objects.get(pk=sent.request.pk)
    assert [item.text for item in stored.items.all()] == asked
    assert [message.text for message in stored.messages.all()] == [f"Dear {ERASED_WORD}, which year do you mean?"]
    assert stored.tombstone == f"Name erased on {format_date_short(now)}"
    assert stored.is_open


def test_nobody_finds_a_learner_with_an_account_any_more() -> None:
    now = timezone.now()
    learner = PersonFactory(email=ADDRESS_OF_AINO, first_name="Aino", last_name="Unmistakable")
    certificate = award(ProgrammeFactory(), learner, at=now, name=NAME)
    comment(DocketFactory(open=True, around=now), at=now)
    proof = Proof(addresses=frozenset({ADDRESS_OF_AINO}), account=learner)

    done, postponed = erase_several(what_is_held(proof), proof=proof, at=now)

    assert tables_naming("Unmistakable", ADDRESS_OF_AINO) == []
    assert [stone.holding for stone in done] == ["submission", "learner", "account"]
    assert postponed == []
    assert not User.objects.filter(pk=learner.pk).exists()
    certificate.refresh_from_db()
    assert certificate.public_name == f"Name erased on {format_date_short(now)}"


def test_letters_to_her_lose_address_and_words_and_are_not_sent_again() -> None:
    now = timezone.now()
    sent = comment(DocketFactory(open=True, around=now), at=now)
    Message.objects.update(text="Dear Aino Unmistakable", subject="A comment by Aino Unmistakable")
    (held,) = what_is_held(READS)
    erase_held(held, cause=Cause.ASKED, proof=READS, at=now)
    letter = Message.objects.get(about=held.about)
    assert (letter.subject, letter.text, letter.html, letter.last_error) == ("", "", "", "")
    assert letter.recipient.endswith("@erased.invalid")
    before = len(mail.outbox)
    again = _the_same_letter(sent, now)
    assert (again.pk, len(mail.outbox)) == (letter.pk, before)


def test_the_record_stays_whole_and_says_how_many_of_its_commitments_nobody_can_open() -> None:
    now = timezone.now()
    docket = DocketFactory(open=True, around=now)
    sent, asked = comment(docket, at=now), request_of_aino(at=now)
    seal_entries()
    assert verify_record().findings == []
    for proof in (holds(sent), holds(asked)):
        (held,) = what_is_held(proof)
        erase_held(held, cause=Cause.ASKED, proof=proof, at=now)
    seal_entries()
    report = verify_record()
    assert report.findings == []
    assert any("their salts were destroyed" in remark for remark in report.remarks)


def test_what_the_authority_answered_stays_provable() -> None:
    sent = answered(name=NAME, email=ADDRESS_OF_AINO)
    (held,) = what_is_held(holds(sent))
    erase_held(held, cause=Cause.ASKED, proof=holds(sent))
    left = Opening.objects.filter(entry__subject_reference=sent.request.tracking_number)
    assert list(left.values_list("name", flat=True)) == ["answer"]
    seal_entries()
    assert verify_record().findings == []


def test_files_sent_with_it_are_taken_along_and_erased() -> None:
    now = timezone.now()
    sent = comment(DocketFactory(open=True, around=now), at=now)
    number = sent.submission.tracking_number
    upload = SimpleUploadedFile("my report.txt", b"Half a kilogram a year.")
    (stored,) = store_files([upload], subject_kind="submission", subject_reference=number)
    (held,) = what_is_held(holds(sent))
    with zipfile.ZipFile(io.BytesIO(b"".join(package([held], at=now)))) as archive:
        (path,) = [name for name in archive.namelist() if name.startswith("files/")]
        assert archive.read(path) == b"Half a kilogram a year."
        assert path.startswith(f"files/{number}/1-my")
    erase_held(held, cause=Cause.ASKED, proof=holds(sent), at=now)
    stored.refresh_from_db()
    assert (stored.name, stored.sha256, stored.erased_at) == ("", "", now)


def test_subscriptions_go_with_everything_else() -> None:
    now = timezone.now()
    Subscription.objects.create(email=ADDRESS_OF_AINO, language="en", kind="site", frequency="weekly", asked_at=now)
    held = of_kind(what_is_held(READS), "subscriptions")
    erase_held(held, cause=Cause.ASKED, proof=READS, at=now)
    assert tables_naming(ADDRESS_OF_AINO) == []


def test_letters_alone_can_be_forgotten() -> None:
    now = timezone.now()
    Message.objects.create(
        recipient=ADDRESS_OF_AINO, language="en", template="x", about="a:1", reason="r", subject="s", written_at=now
    )
    held = of_kind(what_is_held(READS), "letters")
    erase_held(held, cause=Cause.ASKED, proof=READS, at=now)
    assert tables_naming(ADDRESS_OF_AINO) == []
    assert what_is_held(READS) == []


def test_erasing_twice_is_erasing_once() -> None:
    now = timezone.now()
    sent = comment(DocketFactory(open=True, around=now), at=now)
    (held,) = what_is_held(holds(sent))
    erase_held(held, cause=Cause.ASKED, proof=holds(sent), at=now)
    assert erase_held(held, cause=Cause.LETTER, at=now) is None
    assert Tombstone.objects.count() == 1


def _the_same_letter(sent: Sent, now: datetime) -> Message:
    return send_message(
        to=ADDRESS_OF_AINO,
        template="comment_received",
        context={},
        language="en",
        about=f"submission:{sent.submission.tracking_number}",
        reason="received",
        at=now,
    )
