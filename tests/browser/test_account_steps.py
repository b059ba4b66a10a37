"""The steps of signing up and in, and of second factors: each is accessible, valid, and fits a phone and a desk.

What they do is tested in tests/accounts. Here Django's test client takes the steps, which needs no server, and each
page is shown in a browser.
"""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client, override_settings

from accounts.models import User
from tests.accounts.factories import PASSWORD, PersonFactory, code_for, code_in_mail, security_key, sign_in
from tests.browser.looking import Camera

pytestmark = pytest.mark.django_db
ACCOUNTS, FACTORS = "/accounts", "/accounts/2fa"
WRONG = {"code": "AAAA-AAAA"}
RUSSIAN, FRENCH = {"accept-language": "ru"}, {"accept-language": "fr"}


@pytest.fixture
def client() -> Client:
    """Somebody who reads Russian: the longest words have to fit as well."""
    return Client(headers=RUSSIAN)


@pytest.fixture
def learner(client: Client) -> User:
    """Somebody with an account, who has just signed in."""
    person: User = PersonFactory.create(language="ru")
    sign_in(client, person)
    return person


def test_signing_up(client: Client, photograph: Camera) -> None:
    who = {"email": "new@example.org"}
    photograph.received(client.post(f"{ACCOUNTS}/signup/", {**who, "password1": "password1234"}), "weak-password")
    client.post(f"{ACCOUNTS}/signup/", {**who, "password1": PASSWORD})
    photograph.received(client.get(f"{ACCOUNTS}/confirm-email/"), "code-of-the-address")
    photograph.received(client.post(f"{ACCOUNTS}/confirm-email/", WRONG), "wrong-code-of-the-address")
    with override_settings(SIGN_UP_OPEN=False):
        photograph.received(Client(headers=FRENCH).get(f"{ACCOUNTS}/signup/"), "signing-up-is-closed")


def test_signing_in(client: Client, photograph: Camera) -> None:
    person = PersonFactory.create(app=True, language="ru")
    photograph.received(sign_in(client, person, password="wrong"), "wrong-password")
    client.post(f"{ACCOUNTS}/login/code/", {"email": person.email})
    photograph.received(client.get(f"{ACCOUNTS}/login/code/confirm/"), "code-to-sign-in")
    other = Client(headers=FRENCH)
    sign_in(other, person)
    photograph.received(other.get(f"{FACTORS}/authenticate/"), "code-of-the-app")
    photograph.received(other.post(f"{FACTORS}/authenticate/", {"code": "000000"}), "wrong-code-of-the-app")
    photograph.received(client.get(f"{ACCOUNTS}/inactive/"), "closed-account")


def test_a_forgotten_password(client: Client, photograph: Camera) -> None:
    person = PersonFactory.create(language="ru")
    client.post(f"{ACCOUNTS}/password/reset/", {"email": person.email})
    photograph.received(client.get(f"{ACCOUNTS}/password/reset/confirm/"), "code-for-a-new-password")
    client.post(f"{ACCOUNTS}/password/reset/confirm/", {"code": code_in_mail()})
    new = f"{ACCOUNTS}/password/reset/complete/"
    photograph.received(client.post(new, {"password1": "password1234"}), "weak-new-password")
    done = client.post(new, {"password1": "four other words here"}, follow=True)
    photograph.received(done, "new-password-is-set")


def test_an_account_without_a_password(client: Client, photograph: Camera) -> None:
    person = PersonFactory.create(language="ru")
    person.set_unusable_password()
    person.save()
    client.force_login(person)
    photograph.received(client.get(f"{ACCOUNTS}/password/set/"), "first-password")


def test_another_address(client: Client, learner: User, photograph: Camera) -> None:
    asked = client.post(f"{ACCOUNTS}/email/", {"email": "another@example.org", "action_add": ""}, follow=True)
    photograph.received(asked, "code-of-the-new-address")


def test_an_authenticator_app(client: Client, learner: User, photograph: Camera) -> None:
    activate = f"{FACTORS}/totp/activate/"
    photograph.received(client.get(f"{ACCOUNTS}/reauthenticate/?next={activate}"), "password-again")
    photograph.received(client.post(f"{ACCOUNTS}/reauthenticate/", {"password": "wrong"}), "wrong-password-again")
    client.post(f"{ACCOUNTS}/reauthenticate/?next={activate}", {"password": PASSWORD})
    photograph.received(client.post(activate, {"code": "000000"}), "app-with-a-wrong-code")
    secret = client.get(activate).context["form"].secret
    client.post(activate, {"code": code_for(secret)})
    photograph.received(client.get(f"{FACTORS}/recovery-codes/"), "recovery-codes")
    photograph.received(client.get(f"{FACTORS}/recovery-codes/generate/"), "new-recovery-codes")
    photograph.received(client.get(f"{FACTORS}/"), "second-factor-is-set-up")
    photograph.received(client.get(f"{FACTORS}/totp/deactivate/"), "app-goes")
    photograph.received(client.get(f"{FACTORS}/reauthenticate/"), "app-again")


def test_keys(client: Client, learner: User, photograph: Camera) -> None:
    client.post(f"{ACCOUNTS}/reauthenticate/", {"password": PASSWORD})
    photograph.received(client.get(f"{FACTORS}/webauthn/add/"), "new-key")
    key = Authenticator.objects.create(
        user=learner, type=Authenticator.Type.WEBAUTHN, data={"name": "Телефон", "credential": security_key()}
    )
    photograph.received(client.get(f"{FACTORS}/webauthn/"), "keys")
    photograph.received(client.post(f"{FACTORS}/webauthn/keys/{key.pk}/edit/", {"name": ""}), "key-without-a-name")
    photograph.received(client.get(f"{FACTORS}/webauthn/keys/{key.pk}/remove/"), "key-goes")
    photograph.received(client.get(f"{FACTORS}/webauthn/reauthenticate/"), "key-again")
