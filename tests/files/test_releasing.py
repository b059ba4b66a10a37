"""The public gets a rendition and nothing else: pictures drawn anew, the rest as a download that does nothing."""

import io
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from PIL import Image

from accounts.roles import Role
from files import domain, subjects, vault
from files.domain.releasing import LONGEST_RENDITION
from files.domain.verifying import damaged_files
from files.enums import Kind, ReleaseState, ScanState
from files.models import StoredFile
from files.refusals import ReleaseRefusedError
from files.tasks import DamagedFilesError, check_files
from tests.accounts.factories import PersonFactory
from tests.files import made

pytestmark = pytest.mark.django_db
POLICY = "sandbox; default-src 'none'"


@pytest.fixture
def public(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Which subjects the public may read."""
    references = {"T-1"}
    known = subjects.Subject(lambda reference: reference in references, lambda user, reference: user.is_staff)
    monkeypatch.setitem(subjects._SUBJECTS, "thing", known)
    return references


def bound(name: str, content: bytes, reference: str = "T-1") -> StoredFile:
    with transaction.atomic():
        return domain.store_files([made.upload(name, content)], subject_kind="thing", subject_reference=reference)[0]


def get(client: Client, file: StoredFile) -> Any:
    return client.get(f"/en/files/{file.code}/")


def content_of(response: HttpResponse) -> bytes:
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]  # of a file


def test_a_picture_is_drawn_anew_without_anything_written_beside_it(client: Client, public: set[str]) -> None:
    original = made.photograph_with_a_place()
    file = domain.release_file(bound("shore.jpg", original))
    response = get(client, file)
    content = content_of(response)
    assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
    assert (response["X-Content-Type-Options"], response["Content-Security-Policy"]) == ("nosniff", POLICY)
    with Image.open(io.BytesIO(content)) as drawn:
        assert (dict(drawn.getexif()), drawn.size, "comment" in drawn.info) == ({}, (30, 40), False)
    for secret in (b"Camera of Aino", b"garden", b"Exif"):
        assert secret in original
        assert secret not in content
    assert vault.open_sealed(file.sha256).read() == original


@pytest.mark.parametrize("kind", ["PNG", "GIF", "WEBP"])
def test_other_pictures_come_out_as_png(public: set[str], kind: str) -> None:
    file = domain.release_file(bound("a", made.picture(kind)))
    assert file.rendition_kind == Kind.PNG
    with Image.open(vault.open_sealed(file.rendition_sha256)) as drawn:
        assert (drawn.format, drawn.size) == ("PNG", (40, 30))


def test_what_hides_behind_a_picture_is_not_in_its_rendition(public: set[str]) -> None:
    original = made.picture("GIF", comment=b"<script>alert(1)</script>")
    file = domain.release_file(bound("a.gif", original))
    assert b"script" in original
    assert b"script" not in vault.open_sealed(file.rendition_sha256).read()


def test_a_very_large_picture_is_released_smaller(public: set[str]) -> None:
    file = domain.release_file(bound("plan.png", made.picture("PNG", (5_000, 100))))
    with Image.open(vault.open_sealed(file.rendition_sha256)) as drawn:
        assert drawn.size == (LONGEST_RENDITION, 48)


def test_a_picture_that_cannot_be_drawn_is_not_released(public: set[str]) -> None:
    file = bound("a.jpg", made.picture("JPEG", (400, 300))[:-400])
    with pytest.raises(ReleaseRefusedError, match="This picture is damaged"):
        domain.release_file(file)


@pytest.mark.parametrize(
    ("name", "content", "media_type", "disposition"),
    [
        ("letter.pdf", made.pdf(), "application/pdf", 'attachment; filename="letter.pdf"'),
        ("page.html", b"<script>alert(1)</script>", "text/plain", 'attachment; filename="page.txt"'),
        ("a.csv", b"a,b\n1,2\n", "text/csv", 'attachment; filename="a.csv"'),
        (
            'Пись"мо\n.txt',
            b"words",
            "text/plain",
            "attachment; filename*=utf-8''%D0%9F%D0%B8%D1%81%D1%8C_%D0%BC%D0%BE.txt",
        ),
    ],
)
def test_everything_else_is_a_download_that_can_do_nothing(
    client: Client, public: set[str], name: str, content: bytes, media_type: str, disposition: str
) -> None:
    response = get(client, domain.release_file(bound(name, content)))
    assert content_of(response) == content
    assert (response["Content-Type"], response["Content-Disposition"]) == (media_type, disposition)
    assert (response["X-Content-Type-Options"], response["Content-Security-Policy"]) == ("nosniff", POLICY)
    assert (response["Content-Length"], response["Cache-Control"]) == (str(len(content)), "private, no-cache")


def test_a_stranger_gets_nothing_that_is_not_released_and_learns_nothing(client: Client, public: set[str]) -> None:
    sealed = bound("a.txt", b"private words")
    (held,) = domain.hold_files([made.upload("b.txt", b"held words")], form_token="token").held
    answers = [get(client, file) for file in (sealed, held)] + [client.get("/en/files/" + "0" * 24 + "/")]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    pages = {
        answer.content.replace(file.code.encode(), b"") for answer, file in zip(answers, (sealed, held), strict=False)
    }
    assert len(pages) == 1
    guesses = (f"media/{sealed.sha256}", f"files/{sealed.sha256}", f"files/{sealed.pk}", f"files/{sealed.name}")
    assert [client.get(f"/en/{guess}/").status_code for guess in guesses] == [404] * 4


def test_a_released_file_of_something_that_is_not_public_is_not_there(client: Client, public: set[str]) -> None:
    file = domain.release_file(bound("a.txt", b"words"))
    public.clear()
    assert get(client, file).status_code == 404


def test_the_original_of_a_released_picture_has_no_address_for_the_public(client: Client, public: set[str]) -> None:
    file = domain.release_file(bound("a.png", made.picture()))
    assert client.get(f"/admin/files/{file.code}/original/").status_code == 302
    assert file.rendition_sha256 != file.sha256


def test_what_was_withdrawn_says_that_it_was_there(client: Client, public: set[str]) -> None:
    file = domain.release_file(bound("a.txt", b"words"))
    domain.withdraw_file(file)
    answer = get(client, file)
    assert answer.status_code == 410
    assert "This file was public and is shown no longer." in answer.content.decode()
    with pytest.raises(ReleaseRefusedError):
        domain.withdraw_file(file)
    assert domain.release_file(file).release_state == ReleaseState.RELEASED


def test_a_file_found_malicious_later_is_gone_at_once(client: Client, public: set[str]) -> None:
    file = domain.release_file(bound("a.txt", b"words"))
    StoredFile.objects.filter(pk=file.pk).update(scan_state=ScanState.INFECTED)
    assert get(client, file).status_code == 410


def test_an_erased_file_is_gone(client: Client, public: set[str]) -> None:
    file = domain.release_file(bound("a.txt", b"words"))
    domain.erase_files(subject_kind="thing", subject_reference="T-1")
    assert get(client, file).status_code == 410
    with pytest.raises(ReleaseRefusedError, match="no longer there"):
        domain.release_file(file)


def test_bytes_that_were_changed_on_the_disk_reach_nobody(client: Client, public: set[str]) -> None:
    file = domain.release_file(bound("a.txt", b"words"))
    path = vault.path_of(file.sha256)
    path.chmod(0o640)
    path.write_bytes(b"other")
    answer = get(client, file)
    assert (answer.status_code, b"other" in answer.content) == (410, False)
    assert "This file is damaged on our disk." in answer.content.decode()


def test_a_file_that_is_lost_on_the_disk_is_said_to_be_and_not_released(client: Client, public: set[str]) -> None:
    text, picture = bound("a.txt", b"words"), bound("b.png", made.picture(), reference="T-2")
    whole = bound("c.txt", b"other words", reference="T-3")
    for file in (text, picture):
        vault.path_of(file.sha256).unlink()
        with pytest.raises(ReleaseRefusedError, match="lost or damaged on the disk of this site"):
            domain.release_file(file)
    assert damaged_files() == [text, picture]
    with pytest.raises(DamagedFilesError, match=r"^2 files: thing T-1, file 1 \("):
        check_files.call()
    with pytest.raises(CommandError, match="2 files are lost or damaged"):
        call_command("verify_files", stderr=io.StringIO())
    for file in (text, picture):
        domain.erase_files(subject_kind="thing", subject_reference=file.subject_reference)
    assert (damaged_files(), check_files.call()) == ([], 1)
    assert vault.is_whole(whole.sha256)


def test_an_official_who_opens_a_lost_file_reads_what_to_do(client: Client, public: set[str], settings: Any) -> None:
    settings.ADMIN_REQUIRES_SECOND_FACTOR = False
    file = bound("a.txt", b"words")
    vault.path_of(file.sha256).unlink()
    client.force_login(PersonFactory.create(role=Role.CASE_OFFICER, is_staff=True))
    answer = client.get(f"/admin/files/{file.code}/original/")
    assert answer.status_code == 410
    assert "whoever operates the site can take it out of a backup" in answer.content.decode()


def test_a_file_that_belongs_to_nothing_is_not_released() -> None:
    (held,) = domain.hold_files([made.upload("b.txt", b"held words")], form_token="token").held
    with pytest.raises(ReleaseRefusedError):
        domain.release_file(held)


def test_nobody_reads_files_of_a_kind_that_no_area_speaks_for() -> None:
    assert not subjects.subject_is_public("nothing", "T-1")
    assert not subjects.user_can_read_original(AnonymousUser(), "nothing", "T-1")
