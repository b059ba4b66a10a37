"""A file is accepted only when it is safely stored, belongs to what it was sent with, and is never silently gone."""

import gc
import hashlib
import os
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from threading import Event, Thread, Timer
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import HttpRequest, UnreadablePostError
from django.test import RequestFactory
from django.utils import timezone

from files import domain, vault
from files.enums import Kind, ReleaseState
from files.handlers import HashedUpload
from files.kinds import MOST_FILES
from files.models import BoundFileError, StoredFile
from files.refusals import FileGoneError, FileRefusedError
from files.tasks import sweep_files
from ledger.domain import OutsideTransactionError
from tests.files import made

TOKEN = "the token of a form"


def held(*contents: bytes, token: str = TOKEN) -> list[StoredFile]:
    uploads = [made.upload(f"file {number}", content) for number, content in enumerate(contents)]
    return domain.hold_files(uploads, form_token=token).held


def bound(*contents: bytes, reference: str = "C-1") -> list[StoredFile]:
    with transaction.atomic():
        return domain.bind_files(held(*contents), subject_kind="submission", subject_reference=reference)


def posted(content: bytes) -> HttpRequest:
    return RequestFactory().post("/", {"files": made.upload("letter.pdf", content)})


def test_an_upload_goes_to_the_disk_and_is_hashed_on_the_way(vault_folder: Path) -> None:
    content = os.urandom(3 * 1024 * 1024)
    upload = posted(content).FILES["files"]
    assert isinstance(upload, HashedUpload)
    assert upload.received.path.parent == vault_folder / "incoming"
    assert (upload.received.sha256, upload.received.size) == (hashlib.sha256(content).hexdigest(), len(content))


def test_what_is_thrown_away_leaves_nothing_behind(vault_folder: Path) -> None:
    request = posted(made.pdf())
    assert len(request.FILES) == 1
    request.close()
    assert list((vault_folder / "incoming").iterdir()) == []


def test_an_upload_that_breaks_off_leaves_nothing_behind(vault_folder: Path) -> None:
    request = posted(os.urandom(300_000))
    body = request.body[:-100_000]

    class Broken(BytesIO):
        def read(self, *args: Any) -> bytes:
            if self.tell() > 100_000:
                assert list((vault_folder / "incoming").iterdir()) != []
                raise OSError("the line is gone")
            return super().read(*args)

    request = RequestFactory().generic("POST", "/", body, content_type=request.headers["Content-Type"])
    request._stream = Broken(body)  # type: ignore[attr-defined]  # what a web server gives
    with pytest.raises(UnreadablePostError):
        _ = request.FILES
    del request
    gc.collect()
    assert list((vault_folder / "incoming").iterdir()) == []


@pytest.mark.django_db
def test_a_file_is_held_under_the_form_it_was_chosen_in(vault_folder: Path) -> None:
    content = made.pdf(2)
    outcome = domain.hold_files([made.upload("../letter.PDF", content)], form_token=TOKEN)
    (row,) = outcome.held
    sha256 = hashlib.sha256(content).hexdigest()
    assert (row.name, row.kind, row.size, row.sha256) == ("letter.pdf", Kind.PDF, len(content), sha256)
    assert (row.subject_kind, row.facts, outcome.refusals, outcome.remarks) == ("", {"pages": 2}, [], [])
    assert [file.pk for file in domain.held_files(TOKEN)] == [row.pk]
    assert domain.held_files("another token") == []
    assert domain.held_files("") == []
    path = vault_folder / "sealed" / sha256[:2] / sha256
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (content, 0o440)


@pytest.mark.django_db
def test_one_bad_file_costs_no_other() -> None:
    uploads = [
        made.upload("a.pdf", made.pdf()),
        made.upload("run\n.exe", b"MZ" + b"\0" * 99),
        made.upload("b.txt", b""),
    ]
    outcome = domain.hold_files(uploads, form_token=TOKEN)
    assert [file.name for file in outcome.held] == ["a.pdf"]
    assert [sentence.partition(": ")[0] for sentence in outcome.refusals] == ["“run .exe”", "“b.txt”"]


@pytest.mark.django_db
def test_a_pdf_named_png_is_a_pdf_and_said_to_be_one() -> None:
    outcome = domain.hold_files([made.upload("plan.png", made.pdf(), "image/png")], form_token=TOKEN)
    assert [(file.name, file.kind) for file in outcome.held] == [("plan.pdf", Kind.PDF)]
    assert outcome.remarks == ["“plan.png” is a PDF document by its content and is kept as “plan.pdf”."]
    assert domain.held_files(TOKEN)[-1].renamed == outcome.remarks[0]  # wherever the file is listed later


@pytest.mark.django_db
def test_the_same_file_twice_is_held_once() -> None:
    outcome = domain.hold_files([made.upload("a.pdf", b"one"), made.upload("b.txt", b"one")], form_token=TOKEN)
    assert len(outcome.held) == 1
    assert outcome.remarks[-1] == "“b.txt” was chosen twice and is held once."


@pytest.mark.django_db
def test_no_more_files_are_held_than_was_said() -> None:
    outcome = domain.hold_files(
        [made.upload(f"{number}.txt", b"%d" % number) for number in range(MOST_FILES + 1)], form_token=TOKEN
    )
    assert len(outcome.held) == MOST_FILES
    sentence = "5 files are possible. Remove one first, or put several into a ZIP archive."
    assert outcome.refusals == [f"“5.txt”: {sentence}"]
    again = domain.hold_files(
        [made.upload(f"{number}.txt", b"%d" % number) for number in range(6, 26)], form_token=TOKEN
    )
    assert again.refusals == [f"“6.txt”, “7.txt”, “8.txt” and 17 more files: {sentence}"]


@pytest.mark.django_db
def test_a_file_too_large_is_refused_before_it_is_looked_at(settings: Any) -> None:
    settings.UPLOAD_BYTES = 2 * 1024 * 1024
    outcome = domain.hold_files([made.upload("long.txt", b"a" * (2 * 1024 * 1024 + 1))], form_token=TOKEN)
    assert "This file has 3 MB; 2 MB are possible." in outcome.refusals[0]


@pytest.mark.django_db
def test_no_file_is_taken_where_the_database_would_lose_its_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vault, "_LEAST_FREE", 2**60)
    outcome = domain.hold_files([made.upload("a.txt", b"a")], form_token=TOKEN)
    assert "no room for files at the moment" in outcome.refusals[0]


@pytest.mark.django_db
def test_what_is_not_wanted_any_more_is_forgotten_and_nothing_else() -> None:
    first, second = held(b"one", b"two")
    sent = held(b"three", token="sent")
    with transaction.atomic():
        domain.bind_files(sent, subject_kind="submission", subject_reference="C-1")
    assert domain.drop_files([first.code, sent[0].code], form_token="another") == 0
    assert domain.drop_files([first.code], form_token=TOKEN) == 1
    assert domain.drop_files([sent[0].code], form_token="sent") == 0
    assert [file.pk for file in domain.held_files(TOKEN)] == [second.pk]


@pytest.mark.django_db
def test_files_are_bound_in_order_and_their_hashes_are_what_the_record_commits_to() -> None:
    files = bound(b"one", b"two")
    assert [(file.subject_reference, file.position) for file in files] == [("C-1", 1), ("C-1", 2)]
    hashes = {"file-1": hashlib.sha256(b"one").hexdigest(), "file-2": hashlib.sha256(b"two").hexdigest()}
    assert domain.private_values(files) == hashes
    assert domain.private_values_now("submission", "C-1") == hashes


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer after the other")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_swept", [True, False])
def test_a_file_that_is_just_being_sent_is_not_forgotten_meanwhile(is_swept: bool) -> None:
    (file,) = held(b"a")
    StoredFile.objects.update(received_at=timezone.now() - timedelta(days=3))
    is_bound, go_on = Event(), Event()

    def send() -> None:
        try:
            with transaction.atomic():
                domain.bind_files([file], subject_kind="submission", subject_reference="C-1")
                is_bound.set()
                assert go_on.wait(20)
        finally:
            connection.close()

    sending = Thread(target=send)
    sending.start()
    assert is_bound.wait(20)
    Timer(0.3, go_on.set).start()
    forgotten = domain.sweep()["forgotten"] if is_swept else domain.drop_files([file.code], form_token=TOKEN)
    sending.join(20)
    assert (forgotten, StoredFile.objects.get().subject_reference) == (0, "C-1")


@pytest.mark.django_db
def test_a_file_that_is_not_safely_stored_is_not_accepted() -> None:
    (file,) = held(b"one")
    vault.path_of(file.sha256).unlink()
    with pytest.raises(FileGoneError), transaction.atomic():
        domain.bind_files([file], subject_kind="submission", subject_reference="C-1")


@pytest.mark.django_db
def test_a_file_belongs_to_one_thing_only() -> None:
    (file,) = bound(b"one")
    with pytest.raises(FileGoneError), transaction.atomic():
        domain.bind_files([file], subject_kind="submission", subject_reference="C-2")


@pytest.mark.django_db(transaction=True)
def test_files_and_what_they_came_with_are_stored_together_or_not_at_all() -> None:
    (file,) = held(b"one")
    with pytest.raises(OutsideTransactionError):
        domain.bind_files([file], subject_kind="submission", subject_reference="C-1")
    with transaction.atomic():
        domain.bind_files([file], subject_kind="submission", subject_reference="C-1")
        transaction.set_rollback(True)  # the submission could not be stored
    assert [row.pk for row in domain.held_files(TOKEN)] == [file.pk]


@pytest.mark.django_db
def test_officials_store_files_at_once_all_or_none() -> None:
    with pytest.raises(FileRefusedError), transaction.atomic():
        domain.store_files(
            [made.upload("a.txt", b"a"), made.upload("b.txt", b"")], subject_kind="request", subject_reference="R-1"
        )
    assert StoredFile.objects.count() == 0
    with transaction.atomic():
        stored = domain.store_files([made.upload("a.txt", b"a")], subject_kind="request", subject_reference="R-1")
    assert [(file.name, file.position) for file in stored] == [("a.txt", 1)]


@pytest.mark.django_db
def test_a_file_that_was_received_cannot_be_deleted() -> None:
    (file,) = bound(b"one")
    with pytest.raises(BoundFileError):
        file.delete()


@pytest.mark.django_db
def test_an_erased_file_leaves_a_dated_tombstone_and_no_bytes() -> None:
    (file,) = bound(b"one")
    sha256, now = file.sha256, timezone.now()
    assert domain.erase_files(subject_kind="submission", subject_reference="C-1", at=now) == 1
    row = StoredFile.objects.get()
    assert (row.name, row.sha256, row.erased_at, row.position) == ("", "", now, 1)
    assert domain.private_values_now("submission", "C-1") == {"file-1": None}
    domain.sweep(at=timezone.now() + timedelta(days=2))
    assert not vault.path_of(sha256).exists()


@pytest.mark.django_db
def test_the_sweep_takes_what_was_never_sent_and_what_nobody_refers_to(vault_folder: Path) -> None:
    (kept,) = bound(b"sent")
    (forgotten,) = held(b"never sent")
    left_over = vault.receive([b"half a file"]).path
    assert sweep_files.call() == {"forgotten": 0, "left_over": 0, "removed": 0}
    later = timezone.now() + timedelta(days=2, minutes=1)
    assert domain.sweep(at=later) == {"forgotten": 1, "left_over": 1, "removed": 1}
    assert list(vault.stored()) == [kept.sha256]
    assert not left_over.exists()
    assert not vault.path_of(forgotten.sha256).exists()


@pytest.mark.django_db
def test_the_sweep_leaves_alone_what_is_just_being_received() -> None:
    received = vault.receive([b"its row is not committed yet"])
    vault.keep(received)
    assert domain.sweep()["removed"] == 0
    assert vault.holds(received.sha256, received.size)


@pytest.mark.django_db
def test_the_same_bytes_of_two_people_lie_there_once_and_go_with_the_last() -> None:
    bound(b"the same", reference="C-1")
    bound(b"the same", reference="C-2")
    (sha256,) = vault.stored()
    domain.erase_files(subject_kind="submission", subject_reference="C-1")
    domain.sweep(at=timezone.now() + timedelta(days=2))
    assert list(vault.stored()) == [sha256]


def test_bytes_that_were_changed_on_the_disk_are_not_handed_out() -> None:
    received = vault.receive([b"as it was sent"])
    vault.keep(received)
    path = vault.path_of(received.sha256)
    assert vault.open_sealed(received.sha256).read() == b"as it was sent"
    path.chmod(0o640)
    path.write_bytes(b"as it was bent")
    with pytest.raises(vault.DamagedError):
        vault.open_sealed(received.sha256)
    path.unlink()
    with pytest.raises(vault.DamagedError):
        vault.open_sealed(received.sha256)


@pytest.mark.django_db
def test_the_database_lets_nothing_be_public_without_a_rendition() -> None:
    (file,) = bound(b"one")
    with pytest.raises(IntegrityError), transaction.atomic():
        StoredFile.objects.filter(pk=file.pk).update(release_state=ReleaseState.RELEASED)
