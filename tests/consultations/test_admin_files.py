"""Officials and the files that came with a comment: they read originals, make renditions public and take them back."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from accounts.roles import Role
from consultations import domain
from consultations.domain.records import SUBMISSION
from consultations.enums import Channel, PublicationPreference, Verb
from consultations.models import Docket, Submission
from consultations.refusals import WrongStateError
from files.domain import hold_files
from files.enums import ScanState
from files.models import StoredFile
from files.subjects import subject_is_public
from ledger.models import Entry
from tests.consultations.factories import DocketFactory, OfficialFactory, publish, send
from tests.consultations.officials import sign_in
from tests.files import made

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def vault_folder(settings: Any, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path


@pytest.fixture
def docket() -> Docket:
    return DocketFactory(open=True, around=timezone.now())


def sent_with(docket: Docket, *uploads: Any, **fields: Any) -> Submission:
    return send(docket, files=hold_files(uploads, form_token="a form").held, form_token="a form", **fields)


def file_of(submission: Submission) -> StoredFile:
    return StoredFile.objects.of(SUBMISSION, submission.tracking_number).get()


def test_a_file_is_public_when_it_is_released_and_its_comment_is_published(client: Client, docket: Docket) -> None:
    submission = sent_with(docket, made.upload("shore.jpg", made.photograph_with_a_place()))
    file, officer = file_of(submission), OfficialFactory(role=Role.CASE_OFFICER)
    address = f"/en/files/{file.code}/"
    domain.release_file(submission, file, actor=officer)
    assert client.get(address).status_code == 404
    assert not subject_is_public(SUBMISSION, submission.tracking_number)
    publish(submission, at=timezone.now())
    assert client.get(address).status_code == 200
    own = f"/en/consultations/{docket.slug}/comments/{submission.tracking_number}/"
    for page in (f"/en/consultations/{docket.slug}/comments/", own):
        assert address in client.get(page).content.decode()
    domain.withdraw_file(submission, file, actor=officer)
    assert client.get(address).status_code == 410
    assert address not in client.get(own).content.decode()


def test_both_acts_are_in_the_record_without_name_or_hash(docket: Docket) -> None:
    submission = sent_with(docket, made.upload("letter of Aino.pdf", made.pdf()))
    file, officer = file_of(submission), OfficialFactory(role=Role.FACILITATOR)
    domain.release_file(submission, file, actor=officer)
    domain.withdraw_file(submission, file, actor=officer)
    entries = Entry.objects.about(SUBMISSION, submission.tracking_number).filter(verb__startswith="file_")
    facts = {"docket": docket.reference, "file": 1, "rendition": "pdf"}
    assert list(entries.values_list("verb", "actor_role", "facts")) == [
        (Verb.FILE_RELEASED, Role.FACILITATOR, facts),
        (Verb.FILE_WITHDRAWN, Role.FACILITATOR, facts),
    ]


def test_no_file_is_released_against_the_wish_of_who_sent_it(docket: Docket) -> None:
    preference = PublicationPreference.NOT_PUBLISHED
    submission = sent_with(docket, made.upload("a.txt", b"words"), publication_preference=preference)
    with pytest.raises(WrongStateError, match="asked for this comment not to be published"):
        domain.release_file(submission, file_of(submission), actor=OfficialFactory(role=Role.CASE_OFFICER))


def test_a_file_of_another_comment_is_not_released_with_this_one(docket: Docket) -> None:
    submission = sent_with(docket, made.upload("a.txt", b"words"))
    other = send(docket, text="Another.")
    with pytest.raises(WrongStateError, match="belongs to something else"):
        domain.release_file(other, file_of(submission), actor=OfficialFactory(role=Role.CASE_OFFICER))


def test_an_official_without_the_role_releases_nothing(docket: Docket) -> None:
    submission = sent_with(docket, made.upload("a.txt", b"words"))
    with pytest.raises(PermissionDenied):
        domain.release_file(submission, file_of(submission), actor=OfficialFactory(role=Role.EDITOR))


def test_the_interface_and_the_table_name_released_files_only(client: Client, docket: Docket) -> None:
    submission = sent_with(docket, made.upload("a.txt", b"words"), made.upload("sealed.txt", b"other words"))
    file = StoredFile.objects.get(position=1)
    domain.release_file(submission, file, actor=OfficialFactory(role=Role.CASE_OFFICER))
    publish(submission, at=timezone.now())
    (item,) = client.get(f"/api/v1/consultations/{docket.slug}/submissions").json()["items"]
    address = f"http://localhost:8000/en/files/{file.code}/"
    assert item["files"] == [{"name": "a.txt", "kind": "text", "size": 5, "sha256": file.sha256, "url": address}]
    table = client.get(f"/en/consultations/{docket.slug}/answers.csv").content.decode()
    assert address in table
    assert "sealed.txt" not in table


def test_lists_ask_for_files_once(client: Client, docket: Docket, assert_same_queries: Any) -> None:
    def add() -> None:
        number = Submission.objects.count()
        held = hold_files([made.upload("a.txt", b"words %d" % number)], form_token=f"form {number}").held
        submission = send(docket, files=held, form_token=f"form {number}")
        domain.release_file(submission, file_of(submission), actor=OfficialFactory(role=Role.CASE_OFFICER))
        publish(submission, at=timezone.now())

    assert_same_queries(client, lambda: f"/en/consultations/{docket.slug}/comments/", add)
    assert_same_queries(client, lambda: f"/api/v1/consultations/{docket.slug}/submissions", add)


def test_the_desk_shows_originals_with_state_and_hash_and_makes_them_public(client: Client, docket: Docket) -> None:
    client = sign_in(Role.CASE_OFFICER)
    submission = sent_with(docket, made.upload("plan.zip", made.archive({"plans/a.pdf": made.pdf()})))
    file = file_of(submission)
    desk = f"/admin/submissions/{submission.pk}/"
    shown = client.get(desk).content.decode()
    for words in ("plan.zip", file.sha256, "Not scanned", "a.pdf", f"/admin/files/{file.code}/original/"):
        assert words in shown
    release = f"{desk}files/{file.code}/release/"
    assert "as a download" in client.get(release).content.decode()
    assert client.post(release)["Location"] == desk
    file.refresh_from_db()
    assert file.is_released
    assert client.post(f"{desk}files/{file.code}/withdraw/")["Location"] == desk
    file.refresh_from_db()
    assert not file.is_released


def test_an_official_has_the_original_as_a_download_that_does_nothing(client: Client, docket: Docket) -> None:
    client = sign_in(Role.AUDITOR)
    content = made.photograph_with_a_place()
    file = file_of(sent_with(docket, made.upload("shore.jpg", content)))
    response = client.get(f"/admin/files/{file.code}/original/")
    assert b"".join(response.streaming_content) == content
    assert response["Content-Disposition"] == 'attachment; filename="shore.jpg"'
    assert (response["Content-Security-Policy"], response["X-Content-Type-Options"]) == (
        "sandbox; default-src 'none'",
        "nosniff",
    )


@pytest.mark.parametrize("role", [None, Role.REVIEWER])
def test_whoever_may_not_read_the_file_has_no_original(client: Client, docket: Docket, role: Role | None) -> None:
    file = file_of(sent_with(docket, made.upload("a.txt", b"words")))
    if role:
        client = sign_in(role)
    assert client.get(f"/admin/files/{file.code}/original/").status_code == 302


def test_nobody_has_a_malicious_file(client: Client, docket: Docket) -> None:
    client = sign_in(Role.CASE_OFFICER)
    submission = sent_with(docket, made.upload("a.txt", b"words"))
    file = file_of(submission)
    StoredFile.objects.filter(pk=file.pk).update(scan_state=ScanState.INFECTED, scan_detail="Eicar")
    shown = client.get(f"/admin/submissions/{submission.pk}/").content.decode()
    assert "Malicious, locked away (Eicar)" in shown
    assert "/original/" not in shown
    assert client.get(f"/admin/files/{file.code}/original/").status_code == 302


def test_an_official_enters_a_letter_with_its_scan_and_loses_nothing_by_a_mistake(
    client: Client, docket: Docket
) -> None:
    client = sign_in(Role.CASE_OFFICER)
    enter = f"/admin/consultations/{docket.pk}/enter/"
    form = {
        "channel": Channel.POST,
        "received_at": (timezone.now() - timedelta(hours=1)).strftime("%Y-%m-%d %H:%M"),
        "language": "en",
        "submitter_type": "individual",
        "publication_preference": PublicationPreference.WITHOUT_NAME,
        "form_token": "the form of an official",
        "text": "",
    }
    assert 'enctype="multipart/form-data"' in client.get(enter).content.decode()
    mistaken = client.post(enter, {**form, "files": [made.upload("scan.pdf", made.pdf())]})
    assert "scan.pdf" in mistaken.content.decode()
    assert Submission.objects.count() == 0
    client.post(enter, {**form, "text": "Half a kilogram.", "file": [StoredFile.objects.get().code]})
    assert file_of(Submission.objects.get()).name == "scan.pdf"
