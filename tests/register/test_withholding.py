"""What is withheld is said on the entry, and disclosed only with the values that the register no longer has."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from ledger.models import Entry as Record
from register.domain.quantities import ImplausibleQuantity
from register.domain.withholding import disclose_information, fields_to_disclose, withhold_information
from register.enums import Medium, Presence, WithheldType, WithholdingGround
from register.models.entries import Entry
from register.queries.by_key import entry_with_key
from tests.register.factories import (
    DiffuseReleaseFactory,
    PollutantTransferFactory,
    ReleaseFactory,
    WasteTransferFactory,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


def withheld(entry: Entry, kind: WithheldType = WithheldType.QUANTITY, **reason: Any) -> None:
    withhold_information(
        entry,
        type_withheld=kind,
        ground=WithholdingGround.COMMERCIAL,
        decided_on=DAY,
        actor=None,
        **{"reason": "A trade secret.", **reason},
    )


def test_a_reason_in_any_language_will_do() -> None:
    release = ReleaseFactory.create()
    withheld(release, reason={"fr": "Un secret d’affaires."})

    assert release.withheld is not None
    assert release.withheld.reason == "Un secret d’affaires."


@pytest.mark.parametrize("reason", ["", "  ", {}, {"ru": " "}])
def test_no_reason_in_any_language_will_not_do(reason: Any) -> None:
    with pytest.raises(ValidationError):
        withheld(ReleaseFactory.create(), reason=reason)


@pytest.mark.parametrize(("quantity", "presence"), [("7.25", Presence.REPORTED), ("0", Presence.ZERO)])
def test_a_quantity_is_disclosed_by_giving_it_again(quantity: str, presence: Presence) -> None:
    release = ReleaseFactory.create()
    withheld(release)
    assert fields_to_disclose(release) == ("quantity_kg",)

    disclose_information(release, values={"quantity_kg": Decimal(quantity)}, decided_on=DAY, actor=None)

    release.refresh_from_db()
    assert (release.presence, release.quantity_kg, release.withheld) == (presence, Decimal(quantity), None)
    assert [record.verb for record in Record.objects.all()] == ["withhold_information", "disclose_information"]


def test_the_receiver_of_waste_is_disclosed_by_name() -> None:
    transfer = WasteTransferFactory.create(receiver_name="Borvesk Metall AV")
    withheld(transfer, WithheldType.RECEIVER)

    disclose_information(transfer, values={"receiver_name": "Borvesk Metall AV"}, decided_on=DAY, actor=None)

    assert (transfer.receiver_name, transfer.withheld) == ("Borvesk Metall AV", None)


@pytest.mark.parametrize("values", [{}, {"quantity_kg": None}, {"method": "measured"}])
def test_without_the_value_nothing_is_disclosed(values: dict[str, Any]) -> None:
    release = ReleaseFactory.create()
    withheld(release)

    with pytest.raises(ValidationError):
        disclose_information(release, values=values, decided_on=DAY, actor=None)


def test_a_quantity_that_cannot_be_is_not_disclosed() -> None:
    release = ReleaseFactory.create()
    withheld(release)

    with pytest.raises(ImplausibleQuantity):
        disclose_information(release, values={"quantity_kg": Decimal(-1)}, decided_on=DAY, actor=None)


def test_where_nothing_is_withheld_nothing_is_disclosed() -> None:
    release = ReleaseFactory.create()

    assert fields_to_disclose(release) == ()
    with pytest.raises(ValidationError):
        disclose_information(release, values={"quantity_kg": Decimal(1)}, decided_on=DAY, actor=None)


@pytest.mark.parametrize(
    "factory", [ReleaseFactory, WasteTransferFactory, PollutantTransferFactory, DiffuseReleaseFactory]
)
def test_every_kind_of_entry_is_found_by_its_key(factory: Any) -> None:
    entry = factory.create()

    assert entry_with_key(entry.load_kind, entry.entry_key) == entry


def test_a_register_number_with_slashes_is_no_riddle() -> None:
    release = ReleaseFactory.create(facility__public_id="A/1/water/2024", medium=Medium.WATER)

    assert entry_with_key(release.load_kind, release.entry_key) == release


@pytest.mark.parametrize(
    ("kind", "key"),
    [("releases", "x"), ("releases", "a/b/water/year"), ("diffuse", "a/b"), ("facilities", "x"), ("songs", "x")],
)
def test_a_key_that_nobody_has_finds_nothing(kind: str, key: str) -> None:
    assert entry_with_key(kind, key) is None
