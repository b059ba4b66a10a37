"""Signing in, signing up, and what happens when somebody gets it wrong."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.roles import Role
from tests.accounts.factories import PASSWORD, PersonFactory, code_in_mail, letters_sent, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def text(response: object) -> str:
    return re.sub(r"\s+", " ", response.content.decode())  # type: ignore[attr-defined]  # any response has it


def test_an_official_who_signs_in_with_a_password_is_taken_to_their_work(client: Client) -> None:
    response = sign_in(client, PersonFactory(role=Role.EDITOR))
    assert (response.status_code, response.url) == (302, "/admin/")


def test_a_learner_who_signs_in_is_taken_to_their_account(client: Client) -> None:
    assert sign_in(client, PersonFactory()).url == "/accounts/"


def test_somebody_sent_to_sign_in_comes_back_to_where_they_were_going(client: Client) -> None:
    sent = client.get("/admin/pages/")
    assert sent.url == "/accounts/login/?next=/admin/pages/"
    editor = PersonFactory(role=Role.EDITOR)
    assert client.post(sent.url, {"login": editor.email, "password": PASSWORD}).url == "/admin/pages/"


def test_nobody_is_sent_from_here_to_a_strangers_site(client: Client) -> None:
    learner = PersonFactory()
    for address in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        assert client.post(f"/accounts/login/?next={address}", {"login": learner.email, "password": PASSWORD}).url == (
            "/accounts/"
        )
        client.logout()


def test_the_administrations_own_sign_in_page_is_ours(client: Client) -> None:
    response = client.get("/admin/login/?next=/admin/users/")
    assert (response.status_code, response.url) == (302, "/accounts/login/?next=/admin/users/")


def test_a_wrong_password_is_answered_with_a_sentence_and_keeps_the_address(client: Client) -> None:
    person = PersonFactory()
    response = client.post("/accounts/login/", {"login": person.email, "password": "wrong"})
    assert response.status_code == 200
    assert "Address and password do not belong together." in text(response)
    assert f'value="{person.email}"' in text(response)


def test_a_stranger_learns_nothing_about_who_has_an_account(client: Client) -> None:
    PersonFactory(email="known@example.org")
    pages = [
        text(client.post("/accounts/login/", {"login": f"{name}@example.org", "password": "wrong"})).replace(
            name, "NAME"
        )
        for name in ("known", "nobody")
    ]
    token = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
    assert token.sub("", pages[0]) == token.sub("", pages[1])


def test_the_address_may_be_typed_in_capitals(client: Client) -> None:
    person = PersonFactory(email="jo@example.org")
    assert client.post("/accounts/login/", {"login": "JO@Example.org", "password": PASSWORD}).url == "/accounts/"
    assert User.objects.get_by_natural_key(" JO@example.ORG ") == person


def test_somebody_signs_in_with_a_code_from_their_mail(client: Client) -> None:
    person = PersonFactory()
    client.post("/accounts/login/code/", {"email": person.email})
    assert letters_sent() == ["Your sign-in code"]
    assert mail.outbox[0].to == [person.email]
    assert client.post("/accounts/login/code/confirm/", {"code": code_in_mail()}).url == "/accounts/"


def test_a_wrong_code_can_be_typed_again_and_after_three_a_new_one_is_needed(client: Client) -> None:
    person = PersonFactory()
    client.post("/accounts/login/code/", {"email": person.email})
    right = code_in_mail()
    for _attempt in range(2):
        assert "This code is not right." in text(client.post("/accounts/login/code/confirm/", {"code": "AAAA-AAAA"}))
    assert client.post("/accounts/login/code/confirm/", {"code": "AAAA-AAAA"}).url == "/accounts/login/code/"
    client.post("/accounts/login/code/confirm/", {"code": right})
    assert "_auth_user_id" not in client.session


def test_an_official_made_without_a_password_signs_in_with_a_code(client: Client) -> None:
    official = User.objects.create_user("new@example.org")
    assert not official.has_usable_password()
    client.post("/accounts/login/code/", {"email": official.email})
    assert client.post("/accounts/login/code/confirm/", {"code": code_in_mail()}).url == "/accounts/"


def test_a_code_for_an_unknown_address_is_not_sent_but_the_page_looks_the_same(client: Client) -> None:
    response = client.post("/accounts/login/code/", {"email": "nobody@example.org"})
    assert response.url == "/accounts/login/code/confirm/"
    assert letters_sent() == ["There is no account with this address"]


def test_a_stranger_makes_an_account_and_confirms_the_address_before_it_opens(client: Client) -> None:
    response = client.post("/accounts/signup/", {"email": "New@example.org", "password1": PASSWORD}, headers=FRENCH)
    assert response.url == "/accounts/confirm-email/"
    assert "_auth_user_id" not in client.session
    assert client.post("/accounts/confirm-email/", {"code": code_in_mail()}).url == "/accounts/"
    person = User.objects.get(email="new@example.org")
    assert (person.language, list(person.groups.all())) == ("fr", [])
    assert EmailAddress.objects.filter(user=person, verified=True).count() == 1


FRENCH = {"accept-language": "fr"}


def test_a_weak_password_is_refused_with_a_sentence(client: Client) -> None:
    response = client.post("/accounts/signup/", {"email": "new@example.org", "password1": "password1234"})
    assert response.status_code == 200
    assert "This password is too common." in text(response)
    assert not User.objects.filter(email="new@example.org").exists()


def test_signing_up_with_a_known_address_makes_no_second_account_and_tells_its_owner(client: Client) -> None:
    PersonFactory(email="known@example.org")
    response = client.post("/accounts/signup/", {"email": "known@example.org", "password1": PASSWORD})
    assert response.url == "/accounts/confirm-email/"
    assert User.objects.filter(email="known@example.org").count() == 1
    assert letters_sent() == ["You have an account already"]


@override_settings(SIGN_UP_OPEN=False)
def test_where_signing_up_is_closed_the_page_says_so_and_the_link_goes(client: Client) -> None:
    assert "Accounts are given by the authority" in text(client.get("/accounts/signup/"))
    assert "/accounts/signup/" not in text(client.get("/accounts/login/"))


def test_a_forgotten_password_is_set_anew_with_a_code(client: Client) -> None:
    person = PersonFactory()
    client.post("/accounts/password/reset/", {"email": person.email})
    confirmed = client.post("/accounts/password/reset/confirm/", {"code": code_in_mail()})
    assert confirmed.url == "/accounts/password/reset/complete/"
    client.post(confirmed.url, {"password1": "four other words here"})
    person.refresh_from_db()
    assert person.check_password("four other words here")
    assert letters_sent()[-1] == "Your password was reset"


def test_attempts_are_counted_and_stopped(client: Client) -> None:
    person = PersonFactory()
    for _attempt in range(5):
        client.post("/accounts/login/", {"login": person.email, "password": "wrong"})
    response = sign_in(client, person)
    assert response.status_code == 200
    assert "There were too many attempts." in text(response)


def test_a_closed_account_opens_no_more(client: Client) -> None:
    assert sign_in(client, PersonFactory(is_active=False)).url == "/accounts/inactive/"
    assert "This account is closed" in text(client.get("/accounts/inactive/"))
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("field", ["login", "password"])
def test_nul_bytes_and_endless_text_are_answered_with_a_page(client: Client, field: str) -> None:
    for typed in ("a\x00b", "x" * 10_000, "😀" * 500):
        data = {"login": "a@example.org", "password": "x", field: typed}
        assert client.post("/accounts/login/", data).status_code == 200


@pytest.mark.parametrize("language", ["en", "fr", "ru"])
@pytest.mark.parametrize("page", ["login", "login/code", "signup", "password/reset"])
def test_the_pages_speak_the_language_that_was_chosen(client: Client, language: str, page: str) -> None:
    response = client.get(f"/accounts/{page}/?language={language}")
    assert (response.headers["Content-Language"], response.cookies["django_language"].value) == (language, language)
    assert f'<html lang="{language}"' in text(response)
    assert client.get("/accounts/login/").headers["Content-Language"] == language


def test_pages_about_signing_in_are_kept_by_nobody(client: Client) -> None:
    assert "no-store" in client.get("/accounts/login/").headers["Cache-Control"]


def test_the_account_page_shows_what_a_role_may_and_may_not_do(client: Client) -> None:
    client.force_login(PersonFactory(role=Role.AUDITOR))
    page = text(client.get("/accounts/"))
    assert "Changes nothing, whatever other role the person has." in page
    assert "Decision-maker" not in page


def test_two_accounts_never_share_an_address_however_it_is_capitalised() -> None:
    PersonFactory(email="one@example.org")
    from django.db import IntegrityError, connection, transaction  # noqa: PLC0415 -- for this test alone

    with pytest.raises(IntegrityError), transaction.atomic(), CaptureQueriesContext(connection):
        User.objects.bulk_create([User(email="ONE@example.org", password="!")])
