"""Writes single entries, and many at once, as officials and the demonstration make them; files go through importing."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from design.freshness import bump_generation
from register.domain.quantities import ImplausibleQuantity, kilograms
from register.enums import (
    WITH_QUANTITY,
    DiffuseCategory,
    Medium,
    Method,
    Presence,
    TransferKind,
    Treatment,
    WasteType,
)
from register.models import (
    Company,
    DiffuseRelease,
    Facility,
    Operation,
    Pollutant,
    PollutantTransfer,
    RegisterLoad,
    Release,
    WasteTransfer,
)
from register.models.entries import Entry, transfer_key

if TYPE_CHECKING:
    pass

RECEIVER: Final = ("receiver_name", "receiver_street", "receiver_city", "receiver_postal_code", "receiver_country")


@transaction.atomic
def add_facility(
    *,
    public_id: str,
    name: str,
    country: str,
    load: RegisterLoad,
    operator: str = "",
    parent_company: str = "",
    **details: Any,
) -> Facility:
    """Add a facility, and the companies behind it where they are new; raise ValidationError where a fact is wrong.

    `details` are further fields of Facility: activity, street, city, latitude and so on.
    """
    facility = Facility(
        public_id=public_id,
        name=name,
        country=country,
        load=load,
        operator=_company(operator),
        parent_company=_company(parent_company),
        **details,
    )
    facility.full_clean()
    facility.save()
    load.rows_added += 1
    return facility


def new_release(
    *,
    facility: Facility,
    pollutant: Pollutant,
    medium: Medium,
    year: int,
    quantity_kg: Decimal | None = None,
    presence: Presence | None = None,
    accidental_kg: Decimal | None = None,
    method: Method | str = "",
) -> Release:
    """Return a release, not yet saved; a quantity alone means that it is reported, zero that zero is.

    Raises ValidationError where the quantity cannot be true, where quantity and presence contradict each other, or
    where more was released by accident than in all (Art. 7(5)(c), 7(6)).
    """
    release = Release(
        facility=facility,
        pollutant=pollutant,
        medium=medium,
        reporting_year=year,
        method=method,
        accidental_kg=_believed(accidental_kg),
        **_value(quantity_kg, presence),
    )
    if accidental_kg is not None and (release.quantity_kg is None or accidental_kg > release.quantity_kg):
        raise ValidationError(_("More cannot be released in extraordinary events than in all."))
    return release


def new_waste_transfer(
    *,
    facility: Facility,
    year: int,
    waste_type: WasteType,
    treatment: Treatment,
    quantity_kg: Decimal | None = None,
    presence: Presence | None = None,
    operation: Operation | None = None,
    method: Method | str = "",
    times: int = 1,
    **receiver: str,
) -> WasteTransfer:
    """Return an off-site transfer of waste, not yet saved (Art. 7(5)(d)(ii)).

    `receiver` are the receiver_ fields; `times` counts transfers that differ in nothing but the quantity.
    """
    if operation is not None and operation.treatment != treatment:
        raise ValidationError(
            _("Operation %(code)s is not one of %(treatment)s.")
            % {"code": operation.code, "treatment": Treatment(treatment).label}
        )
    about = (waste_type, treatment, operation.code if operation else "")
    return WasteTransfer(
        facility=facility,
        reporting_year=year,
        waste_type=waste_type,
        treatment=treatment,
        operation=operation,
        method=method,
        entry_key=_transfer_key(facility, year, about, receiver, times),
        **_value(quantity_kg, presence),
        **receiver,
    )


def new_pollutant_transfer(
    *,
    facility: Facility,
    year: int,
    pollutant: Pollutant,
    destination: TransferKind = TransferKind.WASTE_WATER,
    quantity_kg: Decimal | None = None,
    presence: Presence | None = None,
    method: Method | str = "",
    times: int = 1,
    **receiver: str,
) -> PollutantTransfer:
    """Return an off-site transfer of a pollutant, not yet saved (Art. 7(5)(d)(i) and (e))."""
    return PollutantTransfer(
        facility=facility,
        reporting_year=year,
        pollutant=pollutant,
        destination=destination,
        method=method,
        entry_key=_transfer_key(facility, year, (pollutant.code, destination), receiver, times),
        **_value(quantity_kg, presence),
        **receiver,
    )


def new_diffuse_release(
    *,
    category: DiffuseCategory,
    pollutant: Pollutant,
    medium: Medium,
    year: int,
    quantity_kg: Decimal | None = None,
    presence: Presence | None = None,
    country: str = "",
    area: str = "",
    method: Method | str = "",
    methodology: str = "",
) -> DiffuseRelease:
    """Return a release from diffuse sources, not yet saved (Art. 7(7)-(8))."""
    return DiffuseRelease(
        category=category,
        pollutant=pollutant,
        medium=medium,
        reporting_year=year,
        country=country,
        area=area,
        method=method,
        methodology=methodology,
        **_value(quantity_kg, presence),
    )


@transaction.atomic
def record_entries(entries: Iterable[Entry], *, load: RegisterLoad, batch_size: int = 500) -> int:
    """Save many new entries of one load, of whichever kinds, with few statements; return how many.

    Side effects, in order: the entries are saved, the load counts them and the years they cover (`finish_load` keeps
    its counts), public pages are made anew. Raises IntegrityError where an entry is there already.
    """
    by_model: dict[type[models.Model], list[Entry]] = {}
    for entry in entries:
        entry.load = entry.added_by = load
        by_model.setdefault(type(entry), []).append(entry)
    for model, some in by_model.items():
        model._default_manager.bulk_create(some, batch_size=batch_size)
    years = [entry.reporting_year for some in by_model.values() for entry in some]
    if years:
        load.first_year = min(years) if load.first_year is None else min(load.first_year, *years)
        load.last_year = max(years) if load.last_year is None else max(load.last_year, *years)
    load.rows_read += len(years)
    load.rows_added += len(years)
    bump_generation()
    return len(years)


def record_release(*, load: RegisterLoad, **facts: Any) -> Release:
    """Save one new release; `facts` are those of `new_release`. Side effects: those of `record_entries`."""
    release = new_release(**facts)
    record_entries([release], load=load)
    return release


def record_waste_transfer(*, load: RegisterLoad, **facts: Any) -> WasteTransfer:
    """Save one new transfer; `facts` are those of `new_waste_transfer`. Side effects: those of `record_entries`."""
    transfer = new_waste_transfer(**facts)
    record_entries([transfer], load=load)
    return transfer


def record_pollutant_transfer(*, load: RegisterLoad, **facts: Any) -> PollutantTransfer:
    """Save one new transfer; `facts` are those of `new_pollutant_transfer`. Side effects: those of `record_entries`."""
    transfer = new_pollutant_transfer(**facts)
    record_entries([transfer], load=load)
    return transfer


def record_diffuse_release(*, load: RegisterLoad, **facts: Any) -> DiffuseRelease:
    """Save one new release; `facts` are those of `new_diffuse_release`. Side effects: those of `record_entries`."""
    release = new_diffuse_release(**facts)
    record_entries([release], load=load)
    return release


def _company(name: str) -> Company | None:
    return Company.objects.get_or_create(name=name)[0] if name else None


def _value(quantity_kg: Decimal | None, presence: Presence | None) -> dict[str, Any]:
    """Return presence and quantity; raise ValidationError where they contradict each other."""
    quantity = _believed(quantity_kg)
    if presence is None:
        presence = Presence.REPORTED if quantity else Presence.ZERO if quantity == 0 else Presence.NOT_REPORTED
    if (quantity is not None) != (presence in WITH_QUANTITY):
        raise ValidationError(
            _("A value that is %(state)s goes with a quantity only if it is reported or zero.")
            % {"state": Presence(presence).label}
        )
    return {"presence": presence, "quantity_kg": quantity}


def _believed(quantity: Decimal | None) -> Decimal | None:
    try:
        return None if quantity is None else kilograms(quantity)
    except ImplausibleQuantity as problem:
        raise ValidationError(str(problem)) from problem


def _transfer_key(
    facility: Facility, year: int, about: tuple[str, ...], receiver: Mapping[str, str], times: int
) -> str:
    unknown = set(receiver) - set(RECEIVER)
    if unknown:
        raise TypeError(f"A transfer has no {', '.join(sorted(unknown))}.")
    place = (receiver.get(name, "") for name in RECEIVER if name != "receiver_street")
    return transfer_key(facility.public_id, year, *about, *place, times)
