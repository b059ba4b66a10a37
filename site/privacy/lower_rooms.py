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


class AddressHolding(Holding):
    """What belongs to an address alone, and to nothing else that is found: one thing for each address."""

    is_public_subject: ClassVar = False
    by_letter: ClassVar = False

    def held_by(self, address: str) -> Held | None:
        """Return what is held of an address; None where that is nothing."""
        raise TypeError(f"{type(self).__name__} does not say what is held of an address.")

    def addresses(self) -> set[str]:
        """Return all addresses of which something is held."""
        raise TypeError(f"{type(self).__name__} does not say of whom it holds something.")

    def by_reference(self, reference: str) -> str | None:
        """Return the address with a digest, also one that was made with an earlier SECRET_KEY."""
        keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
        found = (one for one in sorted(self.addresses()) if reference in {self.reference_of(one, key) for key in keys})
        return next(found, None)

    def find(self, proof: Proof) -> Iterable[Held]:
        """Return what is held of each proven address."""
        return [held for address in sorted(proof.addresses) if (held := self.held_by(address)) is not None]

    def stored(self, held: Held) -> Held | None:
        """Return what is there now."""
        return self.held_by(held.subject)

    def describe(self, subject: Any) -> Held:
        """Return what is held of an address of which something is."""
        held = self.held_by(subject)
        if held is None:
            raise LookupError("Nothing is held of this address.")
        return held

    def reference_of(self, address: str, key: str | None = None) -> str:
        """Return what stands for an address: the same each time, and made by nobody without the key of the site."""
        return salted_hmac(f"privacy.{self.key}", address.strip().lower(), secret=key).hexdigest()[:12]


class LettersHolding(AddressHolding):
    """Letters to an address that belong to nothing else that is found."""

    key: ClassVar = LETTERS
    area: ClassVar = "notices"
    subject_kind: ClassVar = LETTERS
    title: ClassVar = _("Other letters")
    what: ClassVar = _("That letters were sent to an address, when and why; their words only until they are sent.")

    def addresses(self) -> set[str]:
        """Return all addresses to which letters were written or noted as not written."""
        written = Message.objects.exclude(recipient__endswith=f"@{ERASED_DOMAIN}").values_list("recipient", flat=True)
        noted = Skip.objects.exclude(recipient="").values_list("recipient", flat=True)
        return {*written, *noted}

    def erase(self, held: Held, *, at: datetime) -> None:
        """Take the address out of all letters to it."""
        forget_recipients(Message.objects.filter(pk__in=[message.pk for message in _letters_to(held.subject)]), at=at)
        Skip.objects.filter(pk__in=[skip.pk for skip in _skips_to(held.subject)]).delete()

    def held_by(self, address: str) -> Held | None:
        """Return the letters to an address, as one thing."""
        letters, skips = _letters_to(address), _skips_to(address)
        if not letters and not skips:
            return None
        return Held(
            holding=self,
            subject=address,
            reference=self.reference_of(address),
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


class SubscriptionHolding(AddressHolding):
    """What an address follows by mail."""

    key: ClassVar = SUBSCRIPTIONS
    area: ClassVar = "following"
    subject_kind: ClassVar = SUBSCRIPTIONS
    title: ClassVar = _("Subscriptions by mail")
    what: ClassVar = _("Your e-mail address, what you follow and how often.")

    def addresses(self) -> set[str]:
        """Return all addresses that follow something, or were written to for it."""
        following = Subscription.objects.values_list("email", flat=True)
        return {*following, *Round.objects.values_list("email", flat=True)}

    def erase(self, held: Held, *, at: datetime) -> None:
        """Delete everything that is known of the address there."""
        forget_address(held.subject)

    def held_by(self, address: str) -> Held | None:
        """Return what an address follows, as one thing."""
        # Stored in small letters; an address beyond plain letters is compared as it is.
        found = [one for one in Subscription.objects.of(address) if same_address(one.email, address)]
        rounds = Round.objects.filter(email=address.strip().lower()).count()
        if not found and not rounds:
            return None
        return Held(
            holding=self,
            subject=address,
            reference=self.reference_of(address),
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


def enter() -> None:
    """Enter them: shown last, and the account erased last."""
    add_holding(SubscriptionHolding(), order=70)
    add_holding(LettersHolding(), order=80)
    add_holding(AccountHolding(), order=90)
