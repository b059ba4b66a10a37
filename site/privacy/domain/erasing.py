"""Taking a person out of what was said: whoever asks for it, and whatever the thing, it is done here."""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.roles import Role
from design.refusals import IncompleteError, Refusal, WrongStateError
from files.domain import erase_files
from following.domain import forget_follower
from ledger.domain import PUBLIC_ACTOR, SYSTEM_ACTOR, erase_openings, record_event
from ledger.models import Opening
from notices.domain import forget_recipients
from notices.enums import SkipReason
from notices.models import Message, Skip
from privacy.domain.noting import note_erasure
from privacy.enums import IDENTITY_ERASED, NAME_HIDDEN, Act, Cause
from privacy.holdings import Held, Proof, holding_of
from privacy.models import PostponedErasure, Tombstone
from privacy.permissions import person_can_erase, person_can_hide_name, user_can_erase_for_others

logger = logging.getLogger(__name__)

_ROLES: Final = {
    Cause.ASKED: PUBLIC_ACTOR,
    Cause.LETTER: Role.ADMINISTRATOR.value,
    Cause.RETENTION: SYSTEM_ACTOR,
}


class HeldBackError(WrongStateError):
    """The identity cannot go yet: something that the law asks for still needs it."""


@transaction.atomic
def erase_held(
    held: Held,
    *,
    cause: Cause,
    proof: Proof | None = None,
    was_asked: bool = False,
    reason: str = "",
    at: datetime | None = None,
    repeats: datetime | None = None,
) -> Tombstone | None:
    """Erase who somebody was, and keep what was said; return the tombstone, or None where nothing was left to erase.

    Side effects, in order: the room that holds it removes the identity and remembers the day; that she follows it by
    mail is deleted; letters about it lose address and words; the record's salts of what she said are destroyed, so that
    its commitments prove nothing about her any more (what the authority answered stays provable); her files are erased;
    the record gets an entry that names nobody; it is noted for the list beside the backups; a tombstone with the cause
    is stored; a postponed erasure is done with.

    `repeats` says when it was done first, where an older backup came back: the entry says so, and that the site did it.
    Raises PermissionDenied where it is asked for without the right proof (given now, or earlier where a postponed wish
    `was_asked`), and HeldBackError with the reason.
    """
    moment = at or timezone.now()
    now = held.holding.stored(held)
    if now is None or not now.is_identified:
        return None
    if cause is Cause.ASKED and not was_asked and not (proof and person_can_erase(proof, now)):
        raise PermissionDenied
    if now.hold:
        raise HeldBackError(now.hold)
    holding = now.holding
    holding.erase(now, at=moment)
    forget_follower(holding.subject_kind, now.reference, email=now.data.get("identity", {}).get("email", ""))
    if now.about:
        forget_recipients(Message.objects.about(now.about), at=moment)
        Skip.objects.filter(about=now.about).exclude(because=SkipReason.ERASED).delete()
    _forget_salts(now)
    erase_files(subject_kind=holding.subject_kind, subject_reference=now.reference, at=moment)
    record_event(
        verb=IDENTITY_ERASED,
        area=holding.area,
        subject_kind=holding.subject_kind,
        subject_reference=now.lasting_reference,
        actor_role=SYSTEM_ACTOR if repeats else _ROLES[cause],
        facts={"cause": cause.value, **_repetition(repeats)},
        at=moment,
        public=holding.is_public_subject,
    )
    note_erasure(Act.ERASED, holding=holding.key, reference=now.reference, cause=cause, at=moment)
    PostponedErasure.objects.filter(holding=holding.key, reference=now.lasting_reference).delete()
    return Tombstone.objects.create(
        holding=holding.key, reference=now.lasting_reference, erased_at=moment, cause=cause, reason=reason
    )


@transaction.atomic
def postpone_erasure(
    held: Held,
    *,
    cause: Cause,
    proof: Proof | None = None,
    was_asked: bool = False,
    reason: str = "",
    at: datetime | None = None,
) -> PostponedErasure:
    """Remember that somebody wants to be erased as soon as nothing stands in the way any more; asking twice is once.

    Side effects, in order: the wish is stored, with no name, and noted for the list beside the backups. Raises
    PermissionDenied without the right proof, given now or where it `was_asked` earlier.
    """
    if cause is Cause.ASKED and not was_asked and not (proof and person_can_erase(proof, held)):
        raise PermissionDenied
    moment = at or timezone.now()
    wish, is_new = PostponedErasure.objects.get_or_create(
        holding=held.holding.key,
        reference=held.reference,
        defaults={"asked_at": moment, "cause": cause, "reason": reason},
    )
    if is_new:
        note_erasure(Act.WANTED, holding=held.holding.key, reference=held.reference, cause=cause, at=moment)
    return wish


@transaction.atomic
def hide_name(
    held: Held, *, proof: Proof | None = None, at: datetime | None = None, repeats: datetime | None = None
) -> None:
    """Take a name out of what is published; the authority still knows it, and still writes to her.

    Side effects, in order: the room changes what the public is told; the record gets an entry that names nobody; it is
    noted for the list beside the backups. Raises PermissionDenied without the right proof, which is not asked for again
    where the same is done once more (`repeats`), and where no name is published.
    """
    moment = at or timezone.now()
    may = repeats is not None or (proof is not None and person_can_hide_name(proof, held))
    now = held.holding.stored(held) if may else None
    if now is None or not now.shows_name:
        raise PermissionDenied
    now.holding.hide_name(now, at=moment)
    record_event(
        verb=NAME_HIDDEN,
        area=now.holding.area,
        subject_kind=now.holding.subject_kind,
        subject_reference=now.lasting_reference,
        actor_role=SYSTEM_ACTOR if repeats else PUBLIC_ACTOR,
        facts=_repetition(repeats),
        at=moment,
        public=now.holding.is_public_subject,
    )
    note_erasure(Act.NAME_HIDDEN, holding=now.holding.key, reference=now.reference, cause=Cause.ASKED, at=moment)


@transaction.atomic
def erase_by_letter(
    held: Held, *, actor: Any, reason: str, at: datetime | None = None
) -> Tombstone | PostponedErasure | None:
    """Erase somebody who asked for it by letter; the reason says which letter, and names nobody.

    Side effects as of `erase_held`; where something stands in the way, the wish is kept instead, returned, and carried
    out later. Raises PermissionDenied, and IncompleteError where the reason is missing or names the person.
    """
    if not user_can_erase_for_others(actor):
        raise PermissionDenied(_("Your role does not allow this."))
    words = " ".join(reason.split())
    if not words:
        raise IncompleteError(_("Say which letter asked for it, by its date and file number."))
    if any(name.casefold() in words.casefold() for name in identifying_words(held)):
        raise IncompleteError(_("The reason stays when the name goes: do not write the name or the address into it."))
    try:
        return erase_held(held, cause=Cause.LETTER, reason=words, at=at)
    except HeldBackError:
        return postpone_erasure(held, cause=Cause.LETTER, reason=words, at=at)


def erase_several(
    things: Sequence[Held], *, proof: Proof, at: datetime | None = None
) -> tuple[list[Tombstone], list[PostponedErasure]]:
    """Erase what somebody has chosen, each by itself; what something stands in the way of is done later, by itself."""
    done: list[Tombstone] = []
    postponed: list[PostponedErasure] = []
    for held in things:
        try:
            tombstone = erase_held(held, cause=Cause.ASKED, proof=proof, at=at)
        except HeldBackError:
            postponed.append(postpone_erasure(held, cause=Cause.ASKED, proof=proof, at=at))
        else:
            done += [tombstone] if tombstone else []
    return done, postponed


def carry_out_postponed(at: datetime | None = None) -> int:
    """Erase those whose wish had to wait and need not wait any more; return how many there were.

    Each by itself: one that fails is logged, is tried again the next time, and keeps no other.
    """
    count = 0
    for wish in PostponedErasure.objects.all():
        try:
            holding = holding_of(wish.holding)
            subject = holding.by_reference(wish.reference) if holding else None
            if holding is None or subject is None:
                continue
            done = erase_held(
                holding.describe(subject), cause=Cause(wish.cause), was_asked=True, reason=wish.reason, at=at
            )
        except Refusal:
            continue
        except Exception:  # noqa: BLE001 -- whatever is wrong with one wish keeps no other
            logger.exception("Retention: one erasure that was asked for earlier could not be done.")
            continue
        count += done is not None
        PostponedErasure.objects.filter(pk=wish.pk).delete()
    return count


def _repetition(repeats: datetime | None) -> dict[str, str]:
    """Return the fact by which an entry says that the same was done before, and when."""
    return {"repeats": repeats.isoformat(timespec="seconds")} if repeats else {}


def _forget_salts(held: Held) -> None:
    """Destroy the salts behind what somebody said and was called; not those behind what the authority answered."""
    kind, reference = held.holding.subject_kind, held.reference
    openings = Opening.objects.filter(entry__subject_kind=kind, entry__subject_reference=reference)
    names = set(openings.values_list("name", flat=True)) - held.kept_salts
    erase_openings(subject_kind=kind, subject_reference=reference, names=names)


def identifying_words(held: Held) -> list[str]:
    """Return the names and addresses that are still there, as they must not stand in a reason."""
    return [word for word in held.data.get("identity", {}).values() if word]
