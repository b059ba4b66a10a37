"""What this area holds about people with an account: programmes, attempts and certificates (`privacy.holdings`)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar, Final

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from design.formats import format_instant
from learning.domain.awards import AREA, erase_learner
from learning.models import Registration
from privacy.enums import Consequence
from privacy.holdings import Held, Holding, Part, Proof
from privacy.retaining import RetentionKind

LEARNER: Final = "learner"


class LearningHolding(Holding):
    """What somebody has learned under the own account."""

    key: ClassVar = LEARNER
    area: ClassVar = AREA
    subject_kind: ClassVar = LEARNER
    title: ClassVar = _("Learning and certificates")
    what: ClassVar = _("Which programmes you follow, what you read and answered, and the name on your certificates.")
    is_public_subject: ClassVar = False
    by_letter: ClassVar = False

    def find(self, proof: Proof) -> Iterable[Held]:
        """Return what was learned under the account she is signed in to."""
        held = self._held(proof.account) if proof.account is not None else None
        return [held] if held else []

    def by_reference(self, reference: str) -> User | None:
        """Return whoever has learned under an account, by its number."""
        kind, _sign, key = reference.partition("-")
        person = User.objects.filter(pk=key).first() if kind == LEARNER and key.isdecimal() else None
        return person if person and self._held(person) else None

    def began_at(self, subject: Any) -> datetime | None:
        """Return since when there is the account: numbers after those of a restored backup are given again."""
        began: datetime = subject.date_joined
        return began

    def stored(self, held: Held) -> Held | None:
        """Return what is there now."""
        person = User.objects.select_for_update().filter(pk=held.subject.pk).first()
        return self._held(person) if person else None

    def describe(self, subject: Any) -> Held:
        """Return what somebody has learned."""
        held = self._held(subject)
        if held is None:
            raise LookupError("This account has learned nothing.")
        return held

    def erase(self, held: Held, *, at: datetime) -> None:
        """Take the person out; certificates stay verifiable, without a name."""
        erase_learner(held.subject, at=at)

    def _held(self, user: Any) -> Held | None:
        found = Registration.objects.filter(user=user).select_related("programme").order_by("registered_at", "pk")
        registrations = list(found.prefetch_related("records", "attempts", "awards"))
        if not registrations:
            return None
        awards = [award for each in registrations for award in each.awards.all()]
        return Held(
            holding=self,
            subject=user,
            reference=f"learner-{user.pk}",
            title=_now("Learning and certificates"),
            url=reverse("learning:mine"),
            parts=[
                *(
                    Part(_("Programme"), f"{each.programme}, {format_instant(each.registered_at)}")
                    for each in registrations
                ),
                *(Part(_("Name on the certificate"), each.holder_name) for each in registrations if each.holder_name),
                *(Part(_("Certificate"), f"{award.code}, {format_instant(award.issued_at)}") for award in awards),
            ],
            data={
                "identity": {"holder_names": ", ".join(sorted({each.holder_name for each in registrations} - {""}))},
                "registrations": [_registration_data(each) for each in registrations],
            },
            goes=[_("The name on your certificates, and that what you learned belongs to your account.")],
            stays=[
                _("Your certificates, which can still be checked by their code, with “Name erased” instead of a name."),
                _("What was read and answered, without saying by whom."),
            ],
        )


def _registration_data(registration: Registration) -> dict[str, Any]:
    return {
        "programme": registration.programme.slug,
        "registered_at": registration.registered_at,
        "holder_name": registration.holder_name,
        "records": [
            {"object": line.object_key, "act": line.verb, "attempt": line.attempt, "at": line.at, "result": line.result}
            for line in registration.records.all()
        ],
        "attempts": [
            {
                "number": attempt.number,
                "started_at": attempt.started_at,
                "submitted_at": attempt.submitted_at,
                "answers": attempt.answers,
            }
            for attempt in registration.attempts.all()
        ],
        "certificates": [
            {"code": award.code, "issued_at": award.issued_at, "holder_name": award.holder_name, "facts": award.facts}
            for award in registration.awards.all()
        ],
    }


LEARNERS_KEPT: Final = RetentionKind(
    key=LEARNER,
    title=_("What you learned under your account, and the name on your certificates"),
    counted_from="",
    consequence=Consequence.ERASE_IDENTITY,
)
