"""An auditor reads everything that officials see, and changes nothing: tried at every address of the administration."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Page, Revision

from accounts.middleware import _HARMLESS, AuditorMiddleware
from accounts.models import User
from accounts.roles import Role
from tests.accounts.factories import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

EXAMPLES = {"int": "1", "str": "x", "slug": "x", "path": "x", "uuid": "00000000-0000-0000-0000-000000000000"}
OPEN_TO_ALL = {"wagtailadmin_login", "wagtailadmin_javascript_catalog", "wagtailadmin_sprite"}


def addresses(patterns: Any, before: str = "", spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Every address below some patterns, with example values in it, and the name of its view."""
    for pattern in patterns:
        route = before + str(pattern.pattern).replace("^", "").replace("$", "")
        for name, converter in pattern.pattern.converters.items():
            kind = type(converter).__name__.removesuffix("Converter").replace("String", "Str").lower()
            route = route.replace(f"<{kind}:{name}>", EXAMPLES[kind]).replace(f"<{name}>", "x")
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from addresses(pattern.url_patterns, route, inner)
        elif isinstance(pattern, URLPattern) and "(" not in route and ".*" not in route:
            yield f"/{route}", ":".join((*spaces, pattern.name or ""))


def admin_addresses() -> list[tuple[str, str]]:
    return sorted({(path, name) for path, name in addresses(get_resolver().url_patterns) if path.startswith("/admin/")})


@pytest.fixture
def auditor(client: Client) -> User:
    person = PersonFactory(role=Role.AUDITOR)
    client.force_login(person)
    return person


def home() -> Page:
    page = Page.objects.filter(depth=2).first()
    assert page is not None
    return page


def names_let_through(send: Callable[[str], bool]) -> set[str]:
    """The views whose addresses let something through; `send` says whether it was refused."""
    tried = admin_addresses()
    assert len(tried) > 150
    return {name for path, name in tried if not send(path)} - OPEN_TO_ALL


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_every_address_refuses_whatever_an_auditor_sends(auditor: User, method: str) -> None:
    middleware = AuditorMiddleware(lambda request: HttpResponse())

    def refuses(path: str) -> bool:
        request = RequestFactory().generic(method, path)
        request.user = auditor
        request.resolver_match = resolve(path)
        try:
            return middleware.process_view(request, None, (), {}) is not None
        except PermissionDenied:
            return True

    assert names_let_through(refuses) == _HARMLESS


@pytest.mark.slow
def test_every_address_refuses_an_auditor_on_the_running_site_too(client: Client, auditor: User) -> None:
    def refuses(path: str) -> bool:
        if "_auth_user_id" not in client.session:  # signing out is let through
            client.force_login(auditor)
        return client.post(path, {}, content_type="application/json").status_code == 403

    assert names_let_through(refuses) <= _HARMLESS


def test_what_is_let_through_exists() -> None:
    assert {name for _path, name in admin_addresses()} >= _HARMLESS


def test_the_refusal_says_why(client: Client, auditor: User) -> None:
    response = client.post("/admin/users/new/", {"email": "x@example.org"})
    assert response.status_code == 403
    assert b"Auditors read everything and change nothing." in response.content


@pytest.mark.parametrize("also", [role for role in Role if role is not Role.AUDITOR])
def test_another_role_beside_it_opens_nothing(client: Client, also: Role) -> None:
    person = PersonFactory(role=also)
    person.groups.add(Group.objects.get(name=Role.AUDITOR))
    client.force_login(person)
    url = reverse("wagtailadmin_pages:edit", args=[home().pk])
    assert client.post(url, {"title": "Changed", "slug": "x", "action-publish": "yes"}).status_code == 403
    assert client.get(url).status_code == 200


def test_no_act_on_pages_people_or_files_leaves_a_trace(client: Client, auditor: User, tmp_path: Any) -> None:
    other = PersonFactory(role=Role.EDITOR)
    document = Document.objects.create(title="Report", file=ContentFile(b"%PDF-1.7", name="report.pdf"))
    page = home()

    def everything() -> tuple[Any, ...]:
        return (
            list(Page.objects.values_list("pk", "title", "live", "locked", "latest_revision_id", "path")),
            list(Revision.objects.values_list("pk", flat=True)),
            list(User.objects.values_list("pk", "email", "is_active", "is_superuser", "groups")),
            list(Document.objects.values_list("pk", "title")),
            list(Image.objects.values_list("pk", "title")),
        )

    before = everything()
    pages = {
        name: reverse(f"wagtailadmin_pages:{name}", args=[page.pk])
        for name in ("edit", "delete", "unpublish", "copy", "move", "lock", "unlock", "convert_alias")
    }
    for url in pages.values():
        client.post(url, {"title": "Changed", "slug": "changed", "action-publish": "yes", "new_title": "Copy"})
    picture = SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n", content_type="image/png")
    client.post("/admin/images/add/", {"title": "Picture", "file": picture})
    client.post("/admin/images/multiple/add/", {"files[]": picture})
    client.post(f"/admin/documents/delete/{document.pk}/")
    client.post(f"/admin/documents/edit/{document.pk}/", {"title": "Changed"})
    client.post(f"/admin/users/edit/{other.pk}/", {"email": "stolen@example.org", "is_superuser": "on"})
    client.post(f"/admin/users/delete/{other.pk}/")
    client.post(f"/admin/people/{other.pk}/reset-second-factor/")
    client.post("/admin/users/new/", {"email": "x@example.org", "first_name": "X", "last_name": "Y"})
    client.post(f"/admin/bulk/accounts/user/delete/?id={other.pk}")
    client.post(f"/admin/bulk/wagtailcore/page/unpublish/?id={page.pk}")
    assert everything() == before


@pytest.mark.parametrize(
    "path",
    [
        "/admin/",
        "/admin/pages/",
        "/admin/images/",
        "/admin/documents/",
        "/admin/users/",
        "/admin/groups/",
        "/admin/sites/",
        "/admin/redirects/",
        "/admin/reports/site-history/",
        "/admin/account/",
    ],
)
def test_an_auditor_reads(client: Client, auditor: User, path: str) -> None:
    assert client.get(path).status_code == 200


def test_an_auditor_reads_a_draft_and_its_history_and_finds_no_button(client: Client, auditor: User) -> None:
    page = home()
    page = page.specific
    page.title = "A draft that nobody has published"
    page.save_revision()
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert b"A draft that nobody has published" in edit.content
    assert b"You read as an auditor" in edit.content
    assert b"action-publish" not in edit.content
    assert b"Save draft" not in edit.content
    assert client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).status_code == 200


def test_an_auditor_may_still_sign_out(client: Client, auditor: User) -> None:
    client.post("/admin/logout/")
    assert "_auth_user_id" not in client.session


def test_an_editor_is_not_held_back(client: Client) -> None:
    client.force_login(PersonFactory(role=Role.EDITOR))
    assert client.post("/admin/images/add/", {"title": "Nothing"}).status_code == 200
