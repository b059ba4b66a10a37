"""What is kept back of the register stands in the register itself (Art. 12(3)): both share one statement."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from design.formats import date_of
from design.texts import Texts
from inforequests.acts import Act
from inforequests.domain.answering import REGISTER_TYPES
from inforequests.domain.records import record_act
from inforequests.domain.stored import locked_item
from inforequests.enums import GroundCode, Verb, WithheldType
from inforequests.models import ItemAnswer, Withholding
from inforequests.permissions import require, user_can_lift_withholding
from inforequests.refusals import IncompleteError, WrongStateError
from register.domain.quantities import ImplausibleQuantity
from register.domain.withholding import disclose_information, withhold_information
from register.enums import WithholdingGround
from register.models.entries import Entry
from register.queries.by_key import entry_with_key

REGISTER_GROUNDS: Final[Mapping[GroundCode, WithholdingGround]] = {
    GroundCode.INTERNATIONAL_DEFENCE_SECURITY: WithholdingGround.PUBLIC_SECURITY,
    GroundCode.COURSE_OF_JUSTICE: WithholdingGround.COURSE_OF_JUSTICE,
    GroundCode.COMMERCIAL_INDUSTRIAL: WithholdingGround.COMMERCIAL,
    GroundCode.INTELLECTUAL_PROPERTY: WithholdingGround.INTELLECTUAL_PROPERTY,
    GroundCode.PERSONAL_DATA: WithholdingGround.PERSONAL_DATA,
}


def entry_of(withholding: Withholding) -> Entry | None:
    """Return the entry of the register of which something is kept back, if it is about one; one query."""
    return entry_with_key(withholding.entry_kind, withholding.entry_key) if withholding.entry_key else None


def keep_back_in_register(answers: Iterable[ItemAnswer], *, actor: Any, at: datetime) -> None:
    """Make the register say what these answers keep back of its entries; where it says so already, share its words."""
    for withholding in (each for answer in answers for each in answer.withholdings.all()):
        entry = entry_of(withholding)
        if entry is None:
            continue
        if entry.withheld is None:
            withholding.statement = withhold_information(
                entry,
                type_withheld=REGISTER_TYPES[WithheldType(withholding.withheld_type)],
                ground=REGISTER_GROUNDS[GroundCode(withholding.ground.code)],
                reason=Texts.of(withholding, "reason").by_code,
                decided_on=date_of(at),
                actor=actor,
            )
        else:
            withholding.statement = entry.withheld
        withholding.save(update_fields=["statement"])


def still_kept_back(answers: Iterable[ItemAnswer]) -> list[str]:
    """Return a sentence for each entry that the register still keeps back although the new answer gives it.

    That is so for what an earlier answer to the same item kept back, was re-opened by a review, and is not lifted.
    """
    sentences = []
    for answer in answers:
        kept_anew = {withholding.entry_key for withholding in answer.withholdings.all()}
        for earlier in _earlier_withholdings(answer):
            entry = entry_of(earlier)
            if entry is not None and entry.withheld is not None and earlier.entry_key not in kept_anew:
                sentences.append(
                    _("The register still keeps back what this answer gives: %(entry)s. Disclose it there first.")
                    % {"entry": entry}
                )
    return sentences


def lift_without_register(answers: Iterable[ItemAnswer], *, at: datetime) -> None:
    """Lift what earlier answers to the same items kept back; what is kept back anew has a withholding of its own."""
    for answer in answers:
        for earlier in _earlier_withholdings(answer):
            earlier.lifted_at = at
            earlier.save(update_fields=["lifted_at"])


@transaction.atomic
def lift_withholding(
    withholding: Withholding, *, actor: Any, values: Mapping[str, Any] | None = None, at: datetime | None = None
) -> Withholding:
    """Disclose what was kept back; where it is a value of the register, there too: lifting one lifts both.

    `values` brings back by field what the register kept no copy of, such as `quantity_kg`.

    Side effects, in order: the entry of the register gets the values and says nothing of a withholding any more, so do
    all withholdings that share its statement, the record gets a public entry. Raises PermissionDenied, WrongStateError,
    and IncompleteError where a value is missing or wrong.
    """
    moment = at or timezone.now()
    item = locked_item(withholding.answer.item)
    withholding = Withholding.objects.select_related("answer__decision", "answer__item__request", "ground").get(
        pk=withholding.pk
    )
    require(Act.LIFT_WITHHOLDING, actor, item.request)
    if not user_can_lift_withholding(actor, withholding):
        raise WrongStateError(_("Only what the requester was told is kept back, and still is, can be disclosed."))
    entry = entry_of(withholding)
    shared = Withholding.objects.filter(pk=withholding.pk)
    if entry is not None and entry.withheld is not None:
        try:
            # An act of the register, with an entry of its own: whoever looks for its entry does not know the request.
            statement = disclose_information(entry, values=values or {}, decided_on=date_of(moment), actor=actor)
        except ValidationError as error:
            raise IncompleteError(*error.messages) from error
        except ImplausibleQuantity as error:
            raise IncompleteError(str(error)) from error
        shared |= Withholding.objects.filter(statement=statement, entry_key=withholding.entry_key)
    shared.filter(lifted_at=None).update(lifted_at=moment)
    record_act(
        Verb.WITHHOLDING_LIFTED,
        item.request,
        actor=actor,
        act=Act.LIFT_WITHHOLDING,
        at=moment,
        facts={"item": item.number, "ground": withholding.ground.code, "withheld_type": withholding.withheld_type},
    )
    withholding.refresh_from_db()
    return withholding


def _earlier_withholdings(answer: ItemAnswer) -> list[Withholding]:
    """Return what answers to the same item that were sent before keep back still."""
    earlier = Withholding.objects.filter(answer__item=answer.item_id, answer__pk__lt=answer.pk, lifted_at=None)
    return list(earlier.exclude(answer__decision__sent_at=None).select_related("ground"))
