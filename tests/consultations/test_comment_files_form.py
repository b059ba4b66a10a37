"""A citizen sends files with her comment: chosen once, kept while the form comes back, safe before the receipt."""

from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from consultations.enums import PublicationPreference, Suspicion
from consultations.models import Docket, Submission
from files import vault
from files.domain import sweep
from files.models import StoredFile
from ledger.models import Entry, Opening
from tests.consultations.factories import DocketFactory
from tests.consultations.test_comment_form import address, filled, hidden, old_seal, page
from tests.files import made
from tracking.guards import new_seal

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def vault_folder(settings: Any, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path


@pytest.fixture
def docket() -> Docket:
    return DocketFactory(open=True, around=timezone.now())


def letter(name: str = "letter.pdf") -> Any:
    return made.upload(name, made.pdf())


def codes() -> list[str]:
    return list(StoredFile.objects.order_by("pk").values_list("code", flat=True))


def words_with(docket: Docket, client: Client, *files: Any, **fields: Any) -> HttpResponse:
    return client.post(address(docket), filled(page="words", **{"files": list(files), **fields}))


def test_the_limits_are_stated_before_anybody_chooses(client: Client, docket: Docket) -> None:
    text = page(client.get(address(docket)))
    assert "Up to 5 files: PDF, Word, Excel" in text
    assert "Up to 10 MB each, and 20 MB at a time." in text
    assert "at most 500 pages, a picture 40 million pixels" in text
    assert 'enctype="multipart/form-data"' in text


def test_a_citizen_sends_a_file_through_three_pages_and_her_receipt_names_it(client: Client, docket: Docket) -> None:
    second = words_with(docket, client, letter("Lettre\n../d’Aino.pdf"))
    (file,) = StoredFile.objects.held()
    assert second.context["step"] == 2
    assert hidden(second)["file"] == file.code
    third = client.post(address(docket), {**filled(page="publication"), **hidden(second)})
    assert third.context["step"] == 3
    assert file.name in page(third)
    sent = client.post(address(docket), hidden(third))
    file.refresh_from_db()
    submission = Submission.objects.get()
    assert (file.subject_kind, file.subject_reference, file.position) == ("submission", submission.tracking_number, 1)
    tracking = page(client.get(f"/en/consultations/tracking/{submission.tracking_number}/"))
    for shown in (page(client.get(sent["Location"])), tracking):
        assert "d’Aino.pdf" in shown
        assert file.sha256 in shown
    assert "Not scanned. Not public." in tracking


def test_the_record_commits_to_the_file_and_tells_nothing_of_it(client: Client, docket: Docket) -> None:
    client.post(address(docket), {**filled(), "files": [letter()]})
    file = StoredFile.objects.get()
    entry = Entry.objects.get(verb="submission_received")
    assert "file-1" in entry.commitments
    assert Opening.objects.filter(entry=entry, name="file-1").count() == 1
    assert file.sha256 not in str(entry.facts) + str(entry.commitments)


def test_a_file_stays_when_another_field_is_wrong(client: Client, docket: Docket) -> None:
    answer = words_with(docket, client, letter(), measure_1="", whole="")
    assert "Write at least one comment" in page(answer)
    assert "letter.pdf" in page(answer)
    assert hidden(answer)["file"] == codes()[0]
    client.post(address(docket), filled(file=codes(), seal=hidden(answer)["seal"]))
    assert [file.position for file in StoredFile.objects.all()] == [1]


def test_a_wrong_file_is_explained_and_costs_neither_words_nor_other_files(client: Client, docket: Docket) -> None:
    answer = words_with(docket, client, letter(), made.upload("nothing.txt", b""), whole="Measure monthly!")
    assert answer.context["step"] == 1
    assert "“nothing.txt”: The file is empty." in page(answer)
    assert "Measure monthly!" in page(answer)
    assert len(codes()) == 1
    assert 'href="#id_files"' in page(answer)


def test_a_file_can_be_removed_again_and_another_one_added_without_going_on(client: Client, docket: Docket) -> None:
    seal = old_seal()
    words_with(docket, client, letter("first.pdf"), seal=seal)
    first = codes()
    answer = words_with(
        docket, client, made.upload("b.txt", b"b"), seal=seal, file=first, remove_file=first, go="files", whole="",
        measure_1="",
    )  # fmt: skip
    assert answer.context["step"] == 1
    assert not answer.context["form"].errors
    assert [file.name for file in StoredFile.objects.all()] == ["b.txt"]
    assert "first.pdf" not in page(answer)


def test_a_second_click_on_send_sends_no_file_twice(client: Client, docket: Docket) -> None:
    seal = old_seal()
    words_with(docket, client, letter(), seal=seal)
    form = filled(seal=seal, file=codes())
    first, second = client.post(address(docket), form), client.post(address(docket), form)
    assert first["Location"] == second["Location"]
    assert StoredFile.objects.count() == 1


def test_a_file_that_was_held_too_long_is_missed_and_not_left_out_unseen(client: Client, docket: Docket) -> None:
    seal = old_seal()
    words_with(docket, client, letter(), seal=seal)
    form = filled(seal=seal, file=codes())
    sweep(at=timezone.now() + timedelta(days=3))
    answer = client.post(address(docket), form)
    assert answer.context["step"] == 1
    assert "A file that you had chosen is no longer held here." in page(answer)
    assert Submission.objects.count() == 0


def test_no_submission_is_accepted_whose_file_is_not_safely_stored(client: Client, docket: Docket) -> None:
    seal = old_seal()
    words_with(docket, client, letter(), seal=seal)
    vault.path_of(StoredFile.objects.get().sha256).unlink()
    answer = client.post(address(docket), filled(seal=seal, file=codes()))
    assert "no longer held here" in page(answer)
    assert "Please measure monthly." in page(answer)
    assert Submission.objects.count() == 0


def test_nobody_sees_or_sends_files_held_for_somebody_else(client: Client, docket: Docket) -> None:
    words_with(docket, client, letter("of Aino.pdf"))
    answer = words_with(docket, client, seal=new_seal(), file=codes())
    assert "of Aino.pdf" not in page(answer)
    client.post(address(docket), filled(seal=old_seal(), file=codes(), remove_file=codes()))
    assert StoredFile.objects.held().count() == 1


@pytest.mark.parametrize("seal", ["", "made-up"])
def test_a_suspicious_submission_is_held_and_its_files_are_not_lost(client: Client, docket: Docket, seal: str) -> None:
    assert client.post(address(docket), {**filled(seal=seal), "files": [letter()]}).status_code == 302
    assert Submission.objects.get().suspicion == Suspicion.NO_TOKEN
    assert StoredFile.objects.bound().count() == 1


def test_a_flood_of_files_is_slowed_down_and_no_comment_is_refused_for_it(client: Client, docket: Docket) -> None:
    for number in range(13):
        five = [made.upload("a.txt", b"%d %d" % (number, each)) for each in range(5)]
        words_with(docket, client, *five, seal=old_seal())
    assert StoredFile.objects.count() == 60
    assert client.post(address(docket), filled()).status_code == 302


def test_the_receipt_lists_names_sizes_and_hashes(client: Client, docket: Docket) -> None:
    sent = client.post(address(docket), {**filled(), "files": [letter(), made.upload("a.csv", b"a,b\n1,2\n")]})
    number = Submission.objects.get().tracking_number
    assert sent.status_code == 302
    text = client.get(f"/en/receipts/submission/{number}.txt").content.decode()
    for file in StoredFile.objects.all():
        assert f"File {file.position}: {file.name} ({file.get_kind_display()}, " in text
        assert f"SHA-256 {file.sha256}" in text


def test_a_closed_consultation_takes_no_file_and_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    docket = DocketFactory(closed=True, around=timezone.now())
    answer = client.post(address(docket), {**filled(), "files": [letter()]})
    assert answer.status_code == 410
    assert StoredFile.objects.count() == 0


def test_markup_in_the_name_of_a_file_is_a_name(client: Client, docket: Docket) -> None:
    answer = words_with(docket, client, letter("<img src=x onerror=alert(1)>.pdf"), measure_1="", whole="")
    assert "<img src=x" not in answer.content.decode()
    assert "_img src=x onerror=alert(1)_.pdf" in unescape(answer.content.decode())


def test_the_wish_about_publication_still_counts(client: Client, docket: Docket) -> None:
    client.post(address(docket), {**filled(preference=PublicationPreference.NOT_PUBLISHED), "files": [letter()]})
    number = Submission.objects.get().tracking_number
    assert client.get(f"/en/files/{codes()[0]}/").status_code == 404
    assert client.get(f"/en/consultations/{docket.slug}/comments/{number}/").status_code == 404
