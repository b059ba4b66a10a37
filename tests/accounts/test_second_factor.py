"""Whoever enters /admin/ shows something they have beside what they know."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from wagtail.models import ModelLogEntry

from accounts.adapter import MFAAdapter
from accounts.domain import reset_second_factor
from accounts.permissions import user_needs_second_factor
from accounts.roles import Role
from tests.accounts.factories import PASSWORD, PersonFactory, app_code, code_for, letters_sent, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_required"), pytest.mark.any_database]


@pytest.fixture
def _required(settings: object) -> None:
    settings.ADMIN_REQUIRES_SECOND_FACTOR = True  # type: ignore[attr-defined]  # pytest-django's wrapper


@pytest.mark.parametrize("role", list(Role))
def test_an_official_without_a_second_factor_is_sent_to_set_one_up(client: Client, role: Role) -> None:
    official = PersonFactory(role=role)
    assert user_needs_second_factor(official)
    sign_in(client, official)
    response = client.get("/admin/")
    assert (response.status_code, response.url) == (302, "/accounts/2fa/")


def test_a_superuser_is_no_exception(client: Client) -> None:
    client.force_login(PersonFactory(is_superuser=True))
    assert client.get("/admin/pages/").url == "/accounts/2fa/"


def test_nothing_is_changed_on_the_way_past_it(client: Client) -> None:
    client.force_login(PersonFactory(role=Role.ADMINISTRATOR))
    assert client.post("/admin/users/new/", {"email": "x@example.org"}).url == "/accounts/2fa/"


def test_a_learner_needs_none(client: Client) -> None:
    learner = PersonFactory()
    assert not user_needs_second_factor(learner)
    sign_in(client, learner)
    assert client.get("/accounts/").status_code == 200


def test_a_learner_is_told_that_administration_is_not_for_them(client: Client) -> None:
    client.force_login(PersonFactory())
    response = client.get("/admin/")
    assert response.status_code == 403
    assert b"This part of the site is for officials." in response.content


def test_an_official_sets_up_an_app_and_then_shows_it_once_before_administration_opens(client: Client) -> None:
    official = PersonFactory(role=Role.EDITOR)
    sign_in(client, official)
    client.post("/accounts/reauthenticate/?next=/accounts/2fa/totp/activate/", {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/")
    assert b"<svg" in page.content
    assert b"style=" not in page.content
    wrong = client.post("/accounts/2fa/totp/activate/", {"code": "000000"})
    assert b"This code is not right." in wrong.content
    secret = wrong.context["form"].secret
    done = client.post("/accounts/2fa/totp/activate/", {"code": code_for(secret)})
    assert done.url == "/accounts/2fa/recovery-codes/"
    assert client.get("/admin/").url == "/accounts/2fa/reauthenticate/?next=%2Fadmin%2F"
    shown = client.post("/accounts/2fa/reauthenticate/?next=/admin/", {"code": code_for(secret, later=1)})
    assert shown.url == "/admin/"
    assert client.get("/admin/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_somebody_is_told_by_mail_that_a_second_factor_was_set_up(client: Client) -> None:
    official = PersonFactory(role=Role.EDITOR)
    sign_in(client, official)
    client.post("/accounts/reauthenticate/?next=/accounts/2fa/totp/activate/", {"password": PASSWORD})
    secret = client.get("/accounts/2fa/totp/activate/").context["form"].secret
    client.post("/accounts/2fa/totp/activate/", {"code": code_for(secret)})
    assert letters_sent() == ["An authenticator app was set up"]


def test_signing_in_asks_for_the_app_and_then_administration_is_open(client: Client) -> None:
    official = PersonFactory(role=Role.EDITOR, app=True)
    assert sign_in(client, official).url == "/accounts/2fa/authenticate/"
    assert client.get("/admin/").url == "/accounts/login/?next=/admin/"
    client.post("/accounts/2fa/authenticate/", {"code": app_code(official)})
    assert client.get("/admin/").status_code == 200


def test_a_code_of_the_app_works_once(client: Client) -> None:
    official = PersonFactory(role=Role.EDITOR, app=True)
    code = app_code(official)
    sign_in(client, official)
    client.post("/accounts/2fa/authenticate/", {"code": code})
    client.logout()
    sign_in(client, official)
    assert client.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 200


def test_a_session_from_before_does_not_open_administration(client: Client) -> None:
    official = PersonFactory(role=Role.EDITOR, app=True)
    client.force_login(official)
    assert client.get("/admin/").url == "/accounts/2fa/reauthenticate/?next=%2Fadmin%2F"


def test_a_key_alone_is_asked_for_as_a_key(client: Client) -> None:
    official = PersonFactory(role=Role.EDITOR)
    Authenticator.objects.create(user=official, type=Authenticator.Type.WEBAUTHN, data={})
    client.force_login(official)
    assert client.get("/admin/").url == "/accounts/2fa/webauthn/reauthenticate/?next=%2Fadmin%2F"


def test_the_demonstration_asks_for_none_and_says_so_where_one_signs_in(client: Client) -> None:
    with override_settings(ADMIN_REQUIRES_SECOND_FACTOR=False):
        assert b"no second factor is asked for" in client.get("/accounts/login/").content
        client.force_login(PersonFactory(role=Role.EDITOR))
        assert client.get("/admin/").status_code == 200
    assert b"no second factor is asked for" not in Client().get("/accounts/login/").content


def test_a_secret_is_not_readable_in_the_database() -> None:
    official = PersonFactory(app=True)
    kept = Authenticator.objects.get(user=official).data["secret"]
    assert len(MFAAdapter().decrypt(kept)) == 32
    assert MFAAdapter().decrypt(kept) not in kept


def test_a_new_key_of_the_site_still_reads_what_the_old_one_wrote() -> None:
    with override_settings(SECRET_KEY="a" * 50, SECRET_KEY_FALLBACKS=[]):
        kept = MFAAdapter().encrypt("SECRET")
    with override_settings(SECRET_KEY="b" * 50, SECRET_KEY_FALLBACKS=["a" * 50]):
        assert MFAAdapter().decrypt(kept) == "SECRET"


def test_whoever_lost_everything_is_helped_and_signed_out_everywhere(client: Client) -> None:
    official = PersonFactory(role=Role.EDITOR, app=True)
    other = PersonFactory()
    client.force_login(official)
    elsewhere = Client()
    elsewhere.force_login(other)
    assert reset_second_factor(official, actor=None) == 1
    assert client.get("/accounts/").status_code == 302
    assert elsewhere.get("/accounts/").status_code == 200
    assert ModelLogEntry.objects.filter(action="accounts.reset_second_factor").count() == 1


def test_the_command_says_whom_it_cannot_find() -> None:
    with pytest.raises(CommandError, match=r"Nobody has the address nobody@example\.org\."):
        call_command("reset_second_factor", "nobody@example.org")
