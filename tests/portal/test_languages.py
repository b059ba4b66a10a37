"""The language of pages whose address names none: chosen here, or the person's own, or else the browser's."""

import pytest
from django.conf import settings
from django.test import Client
from wagtail.users.models import UserProfile

from accounts.roles import Role
from tests.accounts.factories import PersonFactory

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def casimir() -> Client:
    """The browser of an official who reads French, on a machine that speaks English."""
    person = PersonFactory(role=Role.CASE_OFFICER, language="fr")
    client = Client(headers=ENGLISH)
    client.force_login(person)
    return client


def language(client: Client, path: str) -> str:
    """In which language a page comes."""
    response = client.get(path)
    assert response.status_code == 200
    return str(response.headers["Content-Language"])


@pytest.mark.parametrize("path", ["/admin/", "/accounts/"])
def test_an_official_works_in_the_language_kept_with_the_person(casimir: Client, path: str) -> None:
    assert language(casimir, path) == "fr"
    assert '<html lang="fr"' in casimir.get(path).text


def test_what_an_official_has_chosen_in_wagtails_own_profile_comes_first(casimir: Client) -> None:
    person = PersonFactory._meta.model.objects.get()
    UserProfile.objects.create(user=person, preferred_language="ru")
    assert (language(casimir, "/accounts/"), '<html lang="ru"' in casimir.get("/admin/").text) == ("ru", True)


def test_what_somebody_chooses_in_this_browser_holds_from_then_on(casimir: Client) -> None:
    assert language(casimir, "/accounts/?language=ru") == "ru"
    assert language(casimir, "/accounts/") == "ru"


def test_public_pages_speak_the_language_of_their_address(casimir: Client) -> None:
    assert language(casimir, "/en/") == "en"


def test_whoever_is_not_signed_in_is_answered_in_the_browsers_language(client: Client) -> None:
    client.cookies[settings.SESSION_COOKIE_NAME] = "expired"
    assert language(Client(), "/accounts/login/") == "en"
    response = client.get("/accounts/login/", headers={"accept-language": "ru"})
    assert response.headers["Content-Language"] == "ru"
