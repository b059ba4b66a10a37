"""A lost site is back: the record says so, nobody who was erased returns, no letter goes out twice."""

import base64
import hashlib
import json
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import CommandError
from django.test import override_settings
from django.utils import timezone, translation

from accounts.models import User
from backups.afterwards import RESTORED
from consultations.models import Docket, Submission
from inforequests.models import InformationRequest
from ledger.domain import seal_entries
from ledger.labels import facts_in_words, verb_label
from ledger.models import Checkpoint, Entry, Opening
from ledger.repeating import LIST_NAME, Erasure, read_list, write_list
from notices.enums import DeliveryState, Failure
from notices.models import Message
from notices.queries import messages_about
from notices.tasks import send_waiting_messages
from privacy.domain import erase_several, hide_name
from privacy.enums import IDENTITY_ERASED
from privacy.models import ErasureNote, Tombstone
from privacy.queries import what_is_held
from privacy.tasks import list_erasures
from tests.accounts.factories import PersonFactory
from tests.backups.archives import taken_apart
from tests.backups.sites import empty_site, run
from tests.privacy.people import ADDRESS_OF_AINO, ADDRESS_OF_BO, BO_READS, NAME_OF_BO, READS, comment, request_of_aino

NONE_FOUND = "No list of erasures was found, neither beside the archive nor in BACKUP_DIR"


@pytest.fixture
def kept(site: Path, tmp_path: Path) -> Iterator[Path]:
    """The site of Aino, who sent a comment and a request, and of Bo, who sent a comment; the folder of its backups."""
    docket = Docket.objects.get()
    now = timezone.now()
    comment(docket, at=now)
    request_of_aino(at=now)
    comment(docket, at=now, email=ADDRESS_OF_BO, name=NAME_OF_BO)
    seal_entries()
    with override_settings(BACKUP_DIR=tmp_path / "kept"):
        (tmp_path / "kept").mkdir()
        yield tmp_path / "kept"


def names() -> set[str]:
    return set(Submission.objects.exclude(submitter=None).values_list("submitter__name", flat=True))


def test_whoever_was_erased_after_the_backup_does_not_come_back(kept: Path, tmp_path: Path) -> None:
    run("backup", kept / "monday.tar.gz")
    erase_several(what_is_held(READS), proof=READS)
    assert Tombstone.objects.count() == 2
    number = Submission.objects.get(submitter=None).tracking_number
    with empty_site(tmp_path / "restored"):
        said = run("restore", kept / "monday.tar.gz")
        assert f"Erasures done again: 2 (from {kept / LIST_NAME}); 0 wait until the law allows them, 0 are " in said
        assert "The record is whole: " in said.splitlines()[-1]
        assert Submission.objects.get(tracking_number=number).submitter is None
        assert InformationRequest.objects.get().requester is None
        assert NAME_OF_BO in names()
        assert what_is_held(READS) == []
        assert Opening.objects.filter(entry__subject_reference=number).count() == 0
        entry = Entry.objects.get(verb=IDENTITY_ERASED, subject_reference=number)
        first = ErasureNote.objects.filter(reference=number).order_by("at")[0].at
        assert entry.facts == {"cause": "asked", "repeats": first.isoformat(timespec="seconds")}
        assert (entry.actor_role, entry.instant > first) == ("system", True)
        assert Tombstone.objects.get(reference=number).reason.startswith("Done again after a backup came back")
        shutil.copy(tmp_path / "site" / "record.key", tmp_path / "restored")
        seal_entries()
        assert "The record is whole" in run("verify_record")


def test_nothing_in_the_list_says_who_it_was(kept: Path) -> None:
    erase_several(what_is_held(READS), proof=READS)
    assert list_erasures.call() == 0  # the erasures queued the job already, and what stands there stands there once
    lines = [json.loads(line) for line in (kept / LIST_NAME).read_text().splitlines()]
    assert {tuple(sorted(line)) for line in lines} == {("act", "at", "cause", "holding", "reference")}
    assert {line["holding"] for line in lines} == {"submission", "request"}
    assert (kept / LIST_NAME).stat().st_mode & 0o777 == 0o600
    text = (kept / LIST_NAME).read_text()
    assert [word for word in (ADDRESS_OF_AINO, "Aino", "Unmistakable", "mail.example") if word in text] == []


def test_a_backup_writes_the_list_beside_itself_wherever_it_is_taken_to(kept: Path, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    erase_several(what_is_held(READS), proof=READS)
    assert f"Keep {LIST_NAME} beside it" in run("backup", tmp_path / "stick" / "site.tar.gz")
    listed = read_list(tmp_path / "stick" / LIST_NAME)
    assert listed is not None
    assert len(listed.erasures) == 2


def test_what_was_erased_before_the_backup_is_not_erased_twice(kept: Path, tmp_path: Path) -> None:
    erase_several(what_is_held(READS), proof=READS)
    run("backup", kept / "monday.tar.gz")
    with empty_site(tmp_path / "restored"):
        assert "Erasures done again: 0 " in run("restore", kept / "monday.tar.gz")
        assert Entry.objects.filter(verb=IDENTITY_ERASED, area="consultations").count() == 1


def test_a_list_that_was_found_later_is_carried_out_by_a_command_of_its_own(kept: Path, tmp_path: Path) -> None:
    run("backup", kept / "monday.tar.gz")
    erase_several(what_is_held(READS), proof=READS)
    (kept / LIST_NAME).rename(tmp_path / "found.jsonl")
    with empty_site(tmp_path / "restored"), override_settings(BACKUP_DIR=None):
        assert NONE_FOUND in run("restore", kept / "monday.tar.gz")
        assert len(what_is_held(READS)) == 2
        with pytest.raises(CommandError, match="There is no list at"):
            run("repeat_erasures", kept)
        done = "2 done again, 0 to be done when the law allows it, 0 about what is not here, 0 failed."
        assert run("repeat_erasures", tmp_path / "found.jsonl") == f"{done}\n"
        assert what_is_held(READS) == []
        again = "0 done again, 0 to be done when the law allows it, 0 about what is not here, 0 failed."
        assert run("repeat_erasures", tmp_path / "found.jsonl") == f"{again}\n"


def test_a_list_can_be_given_and_has_to_be_there_then(kept: Path, tmp_path: Path) -> None:
    run("backup", kept / "monday.tar.gz")
    erase_several(what_is_held(READS), proof=READS)
    (kept / LIST_NAME).rename(tmp_path / "found.jsonl")
    with empty_site(tmp_path / "restored"), override_settings(BACKUP_DIR=None):
        with pytest.raises(CommandError, match="There is no list of erasures at"):
            run("restore", kept / "monday.tar.gz", "--erasures", tmp_path / "nowhere")
        assert "none found" in run("restore", kept / "monday.tar.gz", "--dry-run")
        said = run("restore", kept / "monday.tar.gz", "--erasures", tmp_path / "found.jsonl")
        assert "Erasures done again: 2 " in said


def test_a_name_that_was_taken_out_of_what_is_published_stays_out(kept: Path, tmp_path: Path) -> None:
    run("backup", kept / "monday.tar.gz")
    (held,) = [held for held in what_is_held(BO_READS) if held.shows_name]
    hide_name(held, proof=BO_READS)
    with empty_site(tmp_path / "restored"):
        assert "Erasures done again: 1 " in run("restore", kept / "monday.tar.gz")
        assert [held.reference for held in what_is_held(BO_READS) if held.shows_name] == []
        assert NAME_OF_BO in names()


def test_the_number_of_an_account_that_was_given_again_erases_nobody_else(kept: Path, tmp_path: Path) -> None:
    person = PersonFactory()
    past = Erasure("erased", "account", f"account-{person.pk}", "asked", at=person.date_joined - timedelta(days=1))
    write_list(kept, [past])
    run("backup", kept / "monday.tar.gz")
    with empty_site(tmp_path / "restored"):
        assert "Erasures done again: 0 " in run("restore", kept / "monday.tar.gz")
        assert User.objects.filter(pk=person.pk).exists()


def test_lines_that_were_cut_off_are_told_and_keep_no_other(kept: Path, tmp_path: Path) -> None:
    run("backup", kept / "monday.tar.gz")
    (kept / LIST_NAME).write_bytes(b'{"act": "erased", "holding": "subm')  # a power cut
    erase_several(what_is_held(READS), proof=READS)
    with empty_site(tmp_path / "restored"):
        said = run("restore", kept / "monday.tar.gz")
        assert "Erasures done again: 2 " in said
        assert "1 lines of the list of erasures cannot be read" in said


def test_the_record_says_that_the_site_was_restored_and_from_what(kept: Path, tmp_path: Path) -> None:
    run("backup", kept / "monday.tar.gz")
    manifest = taken_apart(kept / "monday.tar.gz")[-1][1]
    sealed = Checkpoint.objects.order_by("-size")[0]
    entries = Entry.objects.count()
    comment(Docket.objects.get(), at=timezone.now(), email="late@example.org", name="Late")
    seal_entries()  # a witness keeps a checkpoint that the restored record will never have
    with empty_site(tmp_path / "restored"):
        run("restore", kept / "monday.tar.gz")
        entry = Entry.objects.order_by("-pk")[0]
        assert (entry.area, entry.verb, entry.subject_kind, entry.public) == ("site", RESTORED, "backup", True)
        assert entry.facts == {
            "taken_at": json.loads(manifest)["taken_at"],
            "entries": entries,
            "checkpoint_size": sealed.size,
            "checkpoint_root": base64.b64encode(bytes(sealed.root)).decode(),
            "manifest_sha256": sha256(manifest),
        }
        with translation.override("en"):
            assert verb_label(entry) == "The site was lost and restored from a backup."
            assert [label for label, _value in facts_in_words(entry)] == [
                "Root of that checkpoint",
                "Entries sealed by its last checkpoint",
                "Entries in the backup",
                "SHA-256 of the backup’s list of contents",
                "The backup was taken",
            ]
        shutil.copy(tmp_path / "site" / "record.key", tmp_path / "restored")
        assert seal_entries() == 1
        assert f"The record is whole: {entries + 1} sealed entries" in run("verify_record")


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_letters_that_waited_go_out_only_when_an_official_says_so(kept: Path, tmp_path: Path) -> None:
    waiting = Message.objects.update(state=DeliveryState.QUEUED, sent_at=None, text="Words.", html="<p>Words.</p>")
    in_hand = Message.objects.order_by("pk")[0]
    mail.outbox.clear()
    Message.objects.filter(pk=in_hand.pk).update(state=DeliveryState.SENDING, claimed_by="a worker that is lost")
    run("backup", kept / "monday.tar.gz")
    with empty_site(tmp_path / "restored"):
        said = run("restore", kept / "monday.tar.gz")
        assert f"Letters held back: {waiting} waited or were being sent on " in said
        assert send_waiting_messages.call() == 0
        assert mail.outbox == []
        held = Message.objects.failed().filter(failure=Failure.RESTORED)
        assert held.count() == waiting == Message.objects.count()
        (told,) = messages_about(held.exclude(about__in=["", in_hand.about])[0].about)[:1]
        assert "may have been sent to your address before this site was restored from a backup" in told.sentence
