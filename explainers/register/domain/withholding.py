"""Keeps information confidential, and says in the register what is kept and why (Art. 12)."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from design.freshness import bump_generation
from ledger.domain import record_event
from register.domain.entries import RECEIVER
from register.domain.loads import AREA, role_of
from register.domain.quantities import kilograms
from register.enums import Presence, WithheldType, WithholdingGround
from register.models import Facility, WithheldInformation
from register.models.entries import Entry

if TYPE_CHECKING:
    from accounts.models import User

_BLANKED: Final[Mapping[WithheldType, Mapping[str, Any]]] = {
    WithheldType.QUANTITY: {"presence": Presence.CONFIDENTIAL, "quantity_kg": None, "accidental_kg": None},
    WithheldType.METHOD: {"method": ""},
    WithheldType.RECEIVER: dict.fromkeys(RECEIVER, ""),
    WithheldType.TREATMENT: {"operation": None},
}

# What has to be given again when it is disclosed; the rest of what was blanked may be unknown.
_TO_BRING_BACK: Final[Mapping[WithheldType, tuple[str, ...]]] = {
    WithheldType.QUANTITY: ("quantity_kg",),
    WithheldType.METHOD: ("method",),
    WithheldType.RECEIVER: ("receiver_name",),
    WithheldType.TREATMENT: ("operation",),
}


@transaction.atomic
def withhold_information(
    entry: Entry,
    *,
    type_withheld: WithheldType,
    ground: WithholdingGround,
    reason: str | Mapping[str, str],
    decided_on: date,
    actor: "User | None",
) -> WithheldInformation:
    """Withhold one kind of information of an entry, and say which and why (Art. 12(1), 12(3)).

    Side effects, in order: the statement is saved, the entry loses what is withheld (the register keeps no copy) and
    points to the statement, the record gets an event, public pages are made anew. Later files do not bring back what
    was withheld here. `reason` is a text, or texts by language code. Raises ValidationError where the entry has no such
    information, or where ground, reason or kind are not what Art. 12 knows.
    """
    blanks = {
        name: value for name, value in _BLANKED.get(WithheldType(type_withheld), {}).items() if hasattr(entry, name)
    }
    if not blanks:
        raise ValidationError(
            _("An entry of this kind does not hold what would be withheld: %(type)s.")
            % {"type": WithheldType(type_withheld).label}
        )
    withheld = _statement(type_withheld, ground, reason, decided_on)
    for name, value in blanks.items():
        setattr(entry, name, value)
    entry.withheld = withheld
    entry.save(update_fields=[*blanks, "withheld"])
    _record_withholding(entry, withheld, actor)
    return withheld


@transaction.atomic
def withhold_facility(
    facility: Facility,
    *,
    ground: WithholdingGround,
    reason: str | Mapping[str, str],
    decided_on: date,
    actor: "User | None",
) -> WithheldInformation:
    """Withhold who a facility is and where exactly it lies; its activity, city and entries stay public (Art. 12(3)).

    Side effects: as of `withhold_information`.
    """
    withheld = _statement(WithheldType.FACILITY, ground, reason, decided_on)
    blanks = {
        **dict.fromkeys(("name", "street", "postal_code", "inspire_id"), ""),
        **dict.fromkeys(("operator", "parent_company", "latitude", "longitude")),
    }
    for name, value in blanks.items():
        setattr(facility, name, value)
    facility.withheld = withheld
    facility.save(update_fields=[*blanks, "withheld"])
    _record_withholding(facility, withheld, actor)
    return withheld


@transaction.atomic
def disclose_information(
    entry: Entry, *, values: Mapping[str, Any], decided_on: date, actor: "User | None"
) -> WithheldInformation:
    """Disclose what was withheld of an entry; return the statement that no longer holds.

    The register kept no copy: `values` brings back, by field, all that the statement's type of information covers.

    Side effects, in order: the entry gets the values and points to no statement, the record gets an event, public pages
    are made anew. Raises ValidationError where nothing is withheld, or where a value is missing or wrong.
    """
    withheld = entry.withheld
    if withheld is None:
        raise ValidationError(_("Nothing is withheld of this entry."))
    fields = fields_to_disclose(entry)
    missing = [name for name in fields if values.get(name) in (None, "")]
    if not fields or missing:
        raise ValidationError(
            _("The register keeps no copy of what it withholds: give the value that is disclosed (%(type)s).")
            % {"type": withheld.get_type_withheld_display()}
        )
    changed = {name: values[name] for name in fields}
    if "quantity_kg" in changed:
        changed["quantity_kg"] = kilograms(changed["quantity_kg"])
        changed["presence"] = Presence.REPORTED if changed["quantity_kg"] else Presence.ZERO
    for name, value in changed.items():
        setattr(entry, name, value)
    entry.withheld = None
    entry.clean_fields(exclude=["load", "dropped_by"])
    entry.save(update_fields=[*changed, "withheld"])
    record_event(
        verb="disclose_information",
        area=AREA,
        subject_kind=entry._meta.model_name or "",
        subject_reference=str(entry.pk),
        actor_role=role_of(actor),
        facts={"type_withheld": withheld.type_withheld, "decided_on": decided_on.isoformat()},
    )
    bump_generation()
    return withheld


def fields_to_disclose(entry: Entry) -> tuple[str, ...]:
    """Return by which fields what is withheld of an entry has to be brought back; none where nothing is withheld."""
    if entry.withheld is None:
        return ()
    covered = _TO_BRING_BACK.get(WithheldType(entry.withheld.type_withheld), ())
    return tuple(name for name in covered if hasattr(entry, name))


def _statement(
    type_withheld: WithheldType, ground: WithholdingGround, reason: str | Mapping[str, str], decided_on: date
) -> WithheldInformation:
    reasons = {"en": reason} if isinstance(reason, str) else reason
    if not any(text.strip() for text in reasons.values()):
        raise ValidationError(_("The register has to say why information is withheld (Art. 12(3)); give a reason."))
    withheld = WithheldInformation(
        type_withheld=WithheldType(type_withheld),
        ground=WithholdingGround(ground),
        reason_en=reasons.get("en", ""),
        reason_fr=reasons.get("fr", ""),
        reason_ru=reasons.get("ru", ""),
        decided_on=decided_on,
    )
    withheld.full_clean()
    withheld.save()
    return withheld


def _record_withholding(subject: models.Model, withheld: WithheldInformation, actor: "User | None") -> None:
    record_event(
        verb="withhold_information",
        area=AREA,
        subject_kind=subject._meta.model_name or "",
        subject_reference=str(subject.pk),
        actor_role=role_of(actor),
        facts={
            "type_withheld": withheld.type_withheld,
            "ground": withheld.ground,
            "decided_on": withheld.decided_on.isoformat() if withheld.decided_on else None,
        },
    )
    bump_generation()
