"""What browsers are told that pages may do, and what of the site can be fetched at all."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.test import Client
from django.urls import reverse
from PIL import Image as Picture
from wagtail.documents.models import Document
from wagtail.images.models import Image

from accounts.roles import Role
from tests.accounts.factories import PersonFactory, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def policy(response: Any) -> dict[str, list[str]]:
    parts = (part.split() for part in response.headers["Content-Security-Policy"].split(";"))
    return {part[0]: part[1:] for part in parts}


@pytest.mark.parametrize("path", ["/en/", "/accounts/login/", "/api/v1/docs", "/en/nothing-here/", "/maintenance"])
def test_a_public_page_may_load_from_the_site_alone_and_run_nothing_inline(client: Client, path: str) -> None:
    said = policy(client.get(path))
    allowed = {source for sources in said.values() for source in sources}
    assert allowed == {"'self'", "'none'"}
    assert said["script-src"] == said["style-src"] == said["default-src"] == ["'self'"]
    assert said["frame-ancestors"] == said["object-src"] == said["base-uri"] == ["'none'"]


def test_administration_may_run_what_wagtail_has_inline_and_still_loads_nothing_from_elsewhere(client: Client) -> None:
    client.force_login(PersonFactory(role=Role.ADMINISTRATOR))
    said = policy(client.get("/admin/"))
    assert said["script-src"] == ["'self'", "'unsafe-inline'"]
    allowed = {source for sources in said.values() for source in sources}
    assert allowed == {"'self'", "'none'", "'unsafe-inline'", "data:", "blob:"}


def test_every_answer_has_the_other_promises(client: Client) -> None:
    headers = client.get("/en/").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert "publickey-credentials-get=(self)" in headers["Permissions-Policy"]


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(client: Client) -> None:
    client.get("/accounts/login/")
    sign_in(client, PersonFactory())
    for name in ("csrftoken", "sessionid"):
        cookie = client.cookies[name]
        assert (name, bool(cookie["httponly"]), cookie["samesite"]) == (name, True, "Lax")


def test_a_request_that_is_too_large_is_refused_before_it_is_read(client: Client, settings: Any) -> None:
    settings.UPLOAD_BYTES = 2 * 1024 * 1024
    response = client.post("/accounts/login/", {"login": "x" * 3_000_000})
    assert response.status_code == 413
    assert b"at most 2 megabytes" in response.content


# --- Files ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize("name", ["report.pdf", "page.html", "picture.svg"])
def test_a_document_is_a_download_whatever_it_is(client: Client, files: None, name: str) -> None:
    document = Document.objects.create(title="A file", file=ContentFile(b"<script>alert(1)</script>", name=name))
    response = client.get(document.url)
    assert response.status_code == 200
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'"


def test_a_document_has_no_other_address(client: Client, files: None) -> None:
    document = Document.objects.create(title="A file", file=ContentFile(b"secret", name="report.pdf"))
    assert client.get(document.file.url).status_code == 404


def picture() -> Image:
    drawn = BytesIO()
    Picture.new("RGB", (40, 30), "teal").save(drawn, "PNG")
    return Image.objects.create(title="A plant", file=ImageFile(BytesIO(drawn.getvalue()), name="plant.png"))


def test_a_drawn_picture_is_served_and_kept_for_a_year_but_the_uploaded_one_is_not(client: Client, files: None) -> None:
    image = picture()
    rendition = image.get_rendition("width-20")
    response = client.get(rendition.url)
    b"".join(response.streaming_content)
    rendition.file.delete(save=False)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "image/png")
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get(image.file.url).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/media/images/",
        "/media/images/none.png",
        "/media/images/../../prtr.sqlite3",
        "/media/images/%2e%2e/%2e%2e/prtr.sqlite3",
        "/media/images/a.html",
        "/media/images/a\x00.png",
        "/media/documents/report.pdf",
    ],
)
def test_nothing_else_is_served_from_the_disk(client: Client, files: None, path: str) -> None:
    assert client.get(path, follow=True).status_code == 404


def test_an_image_that_can_carry_script_is_not_taken(client: Client) -> None:
    client.force_login(PersonFactory(role=Role.EDITOR))
    drawing = ContentFile(b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", name="a.svg")
    response = client.post(reverse("wagtailimages:add"), {"title": "A drawing", "file": drawing})
    assert response.status_code == 200
    assert Image.objects.count() == 0
