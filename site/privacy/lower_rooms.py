"""What the rooms below hold about a person: account, letters, subscriptions, files. They cannot enter it themselves."""

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, ClassVar, Final

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.domain import erase_account
from accounts.models import User
from accounts.permissions import roles_of
from accounts.roles import Role
from design.formats import format_date_short, format_instant
from files.models import StoredFile
from files.vault import DamagedError, open_sealed
from following.domain import forget_address
from following.models import Round, Subscription
from notices.domain import forget_recipients
from notices.erasing import ERASED_DOMAIN
from notices.models import Message, Skip
from privacy.holdings import Held, HeldFile, Holding, Part, Proof, add_holding, same_address
from privacy.permissions import person_can_erase_account

logger = logging.getLogger(__name__)

ACCOUNT: Final = "account"
LETTERS: Final = "letters"
SUBSCRIPTIONS: Final = "subscriptions"
_CHUNK: Final = 64 * 1024


class AccountHolding(Holding):
    """The account of somebody who is signed in to it."""

    key: ClassVar = ACCOUNT
    area: ClassVar = "accounts"
    subject_kind: ClassVar = ACCOUNT
    title: ClassVar = _("Your account")
    what: ClassVar = _("Name, e-mail addresses, language, ways to sign in, roles.")
    is_public_subject: ClassVar = False
    by_letter: ClassVar = False

    def find(self, proof: Proof) -> Iterable[Held]:
        """Return the own account, where she is signed in to it."""
        return [self.describe(proof.account)] if proof.account is not None else []

    def by_reference(self, reference: str) -> User | None:
        """Return the account with a reference, for a wish that had to wait until the roles were taken."""
        kind, _sign, key = reference.partition("-")
        return User.objects.filter(pk=key).first() if kind == ACCOUNT and key.isdecimal() else None

    def began_at(self, subject: Any) -> datetime | None:
        """Return since when there is the account: numbers after those of a restored backup are given again."""
        began: datetime = subject.date_joined
        return began

    def stored(self, held: Held) -> Held | None:
        """Return the account as it is now."""
        person = User.objects.select_for_update().filter(pk=held.subject.pk).first()
        return self.describe(person) if person else None

    def describe(self, subject: Any) -> Held:
        """Return what an account holds; passwords and secrets are held as digests and are not handed out."""
        addresses = list(EmailAddress.objects.filter(user=subject).order_by("pk").values("email", "verified"))
        ways = list(Authenticator.objects.filter(user=subject).order_by("pk").values("type", "created_at"))
        roles = [str(role.label) for role in Role if role in roles_of(subject)]
        may_go = person_can_erase_account(subject)
        return Held(
            holding=self,
            subject=subject,
            reference=f"account-{subject.pk}",
            title=_now("Your account"),
            parts=[
                Part(_("Name"), subject.get_full_name() or _now("Not given")),
                Part(
                    _("E-mail address"), ", ".join({subject.email: None, **{each["email"]: None for each in addresses}})
                ),
                Part(_("Language of messages"), subject.get_language_display()),
                Part(_("Account since"), format_instant(subject.date_joined)),
                Part(_("Last sign-in"), format_instant(subject.last_login) if subject.last_login else _now("Never")),
                Part(_("Password"), _now("Kept as a digest only") if subject.has_usable_password() else _now("None")),
                Part(_("Second factors"), str(len(ways))),
                *([Part(_("Roles"), ", ".join(roles))] if roles else []),
            ],
            data={
                "identity": {
                    "email": subject.email,
                    "first_name": subject.first_name,
                    "last_name": subject.last_name,
                },
                "addresses": addresses,
                "language": subject.language,
                "date_joined": subject.date_joined,
                "last_login": subject.last_login,
                "second_factors": ways,
                "roles": roles,
            },
            goes=[
                _("The account with its name, addresses, password and second factors."),
                _("You are signed out everywhere, and cannot sign in any more."),
            ],
            stays=[_("Comments and requests you sent, each of which you can have erased by itself.")],
            hold=""
            if may_go
            else _("You work here: an administrator first takes your roles, so that what you did stays accounted for."),
        )

    def erase(self, held: Held, *, at: datetime) -> None:
        """Remove the account."""
        erase_account(held.subject)


class LettersHolding(Holding):
    """Letters to an address that belong to nothing else that is found."""

    key: ClassVar = LETTERS
    area: ClassVar = "notices"
    subject_kind: ClassVar = LETTERS
    title: ClassVar = _("Other letters")
    what: ClassVar = _("That letters were sent to an address, when and why; their words only until they are sent.")
    is_public_subject: ClassVar = False
    by_letter: ClassVar = False

    def find(self, proof: Proof) -> Iterable[Held]:
        """Return the letters to each proven address, as one thing."""
        return [held for address in sorted(proof.addresses) if (held := self._held(address)) is not None]

    def by_reference(self, reference: str) -> str | None:
        """Return the address with a digest, where letters to it are kept."""
        written = Message.objects.exclude(recipient__endswith=f"@{ERASED_DOMAIN}").values_list("recipient", flat=True)
        noted = Skip.objects.exclude(recipient="").values_list("recipient", flat=True)
        return _address_of(reference, LETTERS, {*written, *noted})

    def stored(self, held: Held) -> Held | None:
        """Return what is there now."""
        return self._held(held.subject)

    def describe(self, subject: Any) -> Held:
        """Return the letters to an address."""
        held = self._held(subject)
        if held is None:
            raise LookupError("There is no letter to this address.")
        return held

    def erase(self, held: Held, *, at: datetime) -> None:
        """Take the address out of all letters to it."""
        forget_recipients(Message.objects.filter(pk__in=[message.pk for message in _letters_to(held.subject)]), at=at)
        Skip.objects.filter(pk__in=[skip.pk for skip in _skips_to(held.subject)]).delete()

    def _held(self, address: str) -> Held | None:
        letters, skips = _letters_to(address), _skips_to(address)
        if not letters and not skips:
            return None
        return Held(
            holding=self,
            subject=address,
            reference=_digest(address, LETTERS),
            mark=LETTERS,
            title=_now("Letters to %(address)s") % {"address": address},
            parts=[
                Part(
                    _("How many"),
                    ngettext("%(count)s letter", "%(count)s letters", len(letters)) % {"count": len(letters)},
                ),
                *(letter_part(letter) for letter in letters),
            ],
            data={
                "identity": {"email": address},
                "letters": [letter_data(letter) for letter in letters],
                "not_written": [
                    {"about": skip.about, "reason": skip.reason, "because": skip.because, "last_at": skip.last_at}
                    for skip in skips
                ],
            },
            goes=[_("Your address, and the subject lines and words of all letters to it.")],
            stays=[_("That a letter was sent, when and why, so that none is sent twice.")],
        )


def _skips_to(address: str) -> list[Skip]:
    found = Skip.objects.filter(recipient__iexact=address)
    return [skip for skip in found if same_address(skip.recipient, address)]


def letter_part(letter: Message) -> Part:
    """Return a letter as a line: when, and what its subject line says."""
    return Part(format_instant(letter.written_at), f"{letter.subject} ({letter.get_state_display()})")


def letter_data(letter: Message) -> dict[str, Any]:
    """Return a letter as data; of one that holds for minutes only, such as a code, nobody reads the words but in it."""
    return {
        "about": letter.about,
        "reason": letter.reason,
        "subject": letter.subject,
        "text": "" if letter.expires_at else letter.text,
        "language": letter.language,
        "state": letter.state,
        "written_at": letter.written_at,
        "sent_at": letter.sent_at,
    }


def _letters_to(address: str) -> list[Message]:
    found = Message.objects.filter(recipient__iexact=address).exclude(recipient__endswith=f"@{ERASED_DOMAIN}")
    return [letter for letter in found if same_address(letter.recipient, address)]


def held_file(file: StoredFile) -> HeldFile:
    """Return a file with its bytes as they were received, read only when they are asked for."""
    return HeldFile(name=file.name, size=file.size, chunks=_bytes_of(file.sha256))


def _bytes_of(sha256: str) -> Iterator[bytes]:
    try:
        with open_sealed(sha256) as sealed:
            yield from iter(lambda: sealed.read(_CHUNK), b"")
    except DamagedError as error:  # all else that is held about her is handed out all the same
        logger.error("A file cannot be handed out to whoever sent it: %s", error)
        yield str(_now("This file is damaged on our disk. We have noted it; please ask us for the file.")).encode()


def file_part(file: StoredFile) -> Part:
    """Return a file as a line: its name, or that and when it was erased."""
    if file.erased_at is not None:
        return Part(_("File"), _now("Erased on %(day)s") % {"day": format_date_short(file.erased_at)})
    return Part(_("File"), f"{file.name} ({file.get_release_state_display()})")


def file_data(file: StoredFile) -> dict[str, Any]:
    """Return what is known of a file, as data."""
    return {
        "name": file.name,
        "kind": file.kind,
        "size": file.size,
        "sha256": file.sha256,
        "received_at": file.received_at,
        "scan": file.scan_state,
        "publication": file.release_state,
        "erased_at": file.erased_at,
    }


class SubscriptionHolding(Holding):
    """What an address follows by mail."""

    key: ClassVar = SUBSCRIPTIONS
    area: ClassVar = "following"
    subject_kind: ClassVar = SUBSCRIPTIONS
    title: ClassVar = _("Subscriptions by mail")
    what: ClassVar = _("Your e-mail address, what you follow and how often.")
    is_public_subject: ClassVar = False
    by_letter: ClassVar = False

    def find(self, proof: Proof) -> Iterable[Held]:
        """Return what each proven address follows, as one thing."""
        return [held for address in sorted(proof.addresses) if (held := self._held(address)) is not None]

    def by_reference(self, reference: str) -> str | None:
        """Return the address with a digest, where it follows something."""
        following = Subscription.objects.values_list("email", flat=True)
        return _address_of(reference, SUBSCRIPTIONS, {*following, *Round.objects.values_list("email", flat=True)})

    def stored(self, held: Held) -> Held | None:
        """Return what is there now."""
        return self._held(held.subject)

    def describe(self, subject: Any) -> Held:
        """Return what an address follows."""
        held = self._held(subject)
        if held is None:
            raise LookupError("This address follows nothing.")
        return held

    def erase(self, held: Held, *, at: datetime) -> None:
        """Delete everything that is known of the address there."""
        forget_address(held.subject)

    def _held(self, address: str) -> Held | None:
        # Stored in small letters; an address beyond plain letters is compared as it is.
        found = [one for one in Subscription.objects.of(address) if same_address(one.email, address)]
        rounds = Round.objects.filter(email=address.strip().lower()).count()
        if not found and not rounds:
            return None
        return Held(
            holding=self,
            subject=address,
            reference=_digest(address, SUBSCRIPTIONS),
            mark=SUBSCRIPTIONS,
            title=_now("Subscriptions of %(address)s") % {"address": address},
            parts=[Part(one.kind, f"{one.key} {one.get_frequency_display()}".strip()) for one in found],
            data={
                "identity": {"email": address},
                "subscriptions": [
                    {
                        "kind": one.kind,
                        "key": one.key,
                        "frequency": one.frequency,
                        "language": one.language,
                        "asked_at": one.asked_at,
                        "confirmed_at": one.confirmed_at,
                        "stopped_at": one.stopped_at,
                    }
                    for one in found
                ],
                "rounds_of_letters": rounds,
            },
            goes=[_("Your address and everything you follow with it. No letter about it is sent any more.")],
        )


def _digest(address: str, kind: str, key: str | None = None) -> str:
    """Return what stands for an address: the same each time, and made by nobody without the key of the site."""
    return salted_hmac(f"privacy.{kind}", address.strip().lower(), secret=key).hexdigest()[:12]


def _address_of(reference: str, kind: str, addresses: set[str]) -> str | None:
    """Return the address among some that a digest stands for, also one that was made with an earlier SECRET_KEY."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    found = (one for one in sorted(addresses) if reference in {_digest(one, kind, key) for key in keys})
    return next(found, None)


def enter() -> None:
    """Enter them: shown last, and the account erased last."""
    add_holding(SubscriptionHolding(), order=70)
    add_holding(LettersHolding(), order=80)
    add_holding(AccountHolding(), order=90)
