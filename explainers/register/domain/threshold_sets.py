"""Which thresholds apply in this country (Art. 7(1)): one set, and always one."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from design.freshness import bump_generation
from design.refusals import WrongStateError
from ledger.domain import record_event
from register.domain.loads import AREA, role_of
from register.models import ThresholdSet
from register.permissions import user_can_choose_threshold_set

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def apply_threshold_set(chosen: ThresholdSet, *, actor: "User") -> ThresholdSet:
    """Let one set of thresholds apply here instead of the one that did.

    Side effects, in order: the other set applies no more, this one does, the record gets a public entry, public pages
    are made anew. Raises PermissionDenied, and WrongStateError for the set that applies already or holds nothing.
    """
    if not user_can_choose_threshold_set(actor):
        raise PermissionDenied(_("Only an administrator says which thresholds apply."))
    held = {one.pk: one for one in ThresholdSet.objects.select_for_update().order_by("pk")}
    chosen = held[chosen.pk]
    if refusal := refusal_to_apply(chosen):
        raise WrongStateError(refusal)
    before = [one.code for one in held.values() if one.applies]
    ThresholdSet.objects.exclude(pk=chosen.pk).update(applies=False)
    chosen.applies = True
    chosen.save(update_fields=["applies"])
    record_event(
        verb="apply_threshold_set",
        area=AREA,
        subject_kind="threshold_set",
        subject_reference=chosen.code,
        actor_role=role_of(actor),
        facts={"before": before},
    )
    bump_generation()
    return chosen


def refusal_to_apply(chosen: ThresholdSet) -> str:
    """Return why a set cannot be made the one that applies; nothing where it can."""
    if chosen.applies:
        return _("This set applies already. Exactly one set applies: to change that, choose another one.")
    if not chosen.thresholds.exists():
        return _("This set holds no thresholds: nothing could be compared with it. Run load_reference first.")
    return ""
