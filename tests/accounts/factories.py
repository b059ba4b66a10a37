"""People for tests: `PersonFactory(role=Role.EDITOR)`, with a password that every one of them has."""

import base64
import hashlib
import hmac
import re
import struct
import time
from typing import Any

import factory
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from cryptography.hazmat.primitives.asymmetric import ec
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from accounts.adapter import MFAAdapter
from accounts.models import User
from accounts.roles import Role
from notices.tasks import send_waiting_messages

PASSWORD = "three words unrelated"


class PersonFactory(factory.django.DjangoModelFactory[User]):
    """Somebody with a confirmed address; `role` makes them an official, `app` gives them an authenticator app."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda number: f"person{number}@example.org")
    first_name = factory.Faker("first_name")
    last_name = factory.Faker("last_name")

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        return model_class.objects.create_user(password=kwargs.pop("password", PASSWORD), **kwargs)

    @factory.post_generation
    def address(obj: User, create: bool, extracted: bool | None, **kwargs: Any) -> None:  # noqa: N805 -- factory's way
        if extracted is not False:
            EmailAddress.objects.create(user=obj, email=obj.email, verified=True, primary=True)

    @factory.post_generation
    def role(obj: User, create: bool, extracted: Role | None, **kwargs: Any) -> None:  # noqa: N805 -- factory's way
        if extracted is not None:
            obj.groups.add(Group.objects.get(name=extracted.value))

    @factory.post_generation
    def app(obj: User, create: bool, extracted: bool | None, **kwargs: Any) -> None:  # noqa: N805 -- factory's way
        if extracted:
            TOTP.activate(obj, generate_totp_secret())


def app_code(person: User, later: int = 0) -> str:
    """Return the six digits that the person's authenticator app shows, now or `later` half minutes from now."""
    kept = Authenticator.objects.get(user=person, type=Authenticator.Type.TOTP)
    return code_for(MFAAdapter().decrypt(kept.data["secret"]), later)


def code_for(secret: str, later: int = 0) -> str:
    """Return the six digits for a secret (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30 + later), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def security_key() -> dict[str, Any]:
    """Return what a browser sends when somebody adds a security key (WebAuthn, registration)."""
    public = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    flags = AuthenticatorData.FLAG.AT | AuthenticatorData.FLAG.UP
    held = AuthenticatorData.create(
        hashlib.sha256(b"localhost").digest(), flags, 0, AttestedCredentialData.create(Aaguid.NONE, b"key", public)
    )
    client = CollectedClientData.create("webauthn.create", b"challenge", "http://localhost")
    return {
        "id": websafe_encode(b"key"),
        "rawId": websafe_encode(b"key"),
        "type": "public-key",
        "clientExtensionResults": {},
        "response": {
            "clientDataJSON": websafe_encode(client),
            "attestationObject": websafe_encode(AttestationObject.create("none", held, {})),
        },
    }


def letters_sent() -> list[str]:
    """Let the worker come by, and return the subject lines of all letters that have been sent."""
    send_waiting_messages.call()
    return [str(message.subject) for message in mail.outbox]


def code_in_mail() -> str:
    """Let the worker come by, and return the code in the newest letter."""
    send_waiting_messages.call()
    found: list[str] = re.findall(r"^ {4}(\S+)$", str(mail.outbox[-1].body), re.MULTILINE)
    return found[0]


def sign_in(client: Client, person: User, **more: str) -> Any:
    """Sign somebody in with their password, as a browser does."""
    return client.post("/accounts/login/", {"login": person.email, "password": PASSWORD, **more})
