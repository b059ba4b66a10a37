"""Keeping back: on a ground of Art. 12(1), considered where releases are concerned, told in the register itself."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.roles import Role
from design.refusals import IncompleteError, WrongStateError
from design.texts import Texts
from inforequests import domain
from inforequests.domain.register import REGISTER_GROUNDS
from inforequests.enums import Disposition, GroundCode, Judgement, Verb, WithheldType
from inforequests.models import Ground, Withholding
from ledger.models import Entry
from register.enums import Medium, Method, Presence, WithholdingGround
from register.models import Release
from tests.inforequests.factories import (
    DAY,
    HOUR,
    NOON,
    again,
    answer,
    ask,
    ground,
    item_of,
    overturn,
    person,
    review,
    send,
    withhold,
)
from tests.register.factories import ReleaseFactory

pytestmark = pytest.mark.django_db

CONSIDERED = {"concerns_releases": True, "releases_consideration": "The river’s total is published; this adds nothing."}


def release() -> Release:
    return ReleaseFactory.create(medium=Medium.WATER, quantity_kg=Decimal("12.5"), method=Method.MEASURED)


def kept_back_in_register() -> tuple[domain.Sent, Release]:
    """A request of which the answer keeps back the quantity of one release, and was sent."""
    sent, entry = ask(), release()
    withhold(item_of(sent.request), entry=entry, **CONSIDERED)
    send(sent.request)
    entry.refresh_from_db()
    return again(sent), entry


def test_the_grounds_are_the_five_of_the_protocol() -> None:
    assert [(each.code, each.article, each.weighs_releases) for each in Ground.objects.all()] == [
        (GroundCode.INTERNATIONAL_DEFENCE_SECURITY, "Art. 12(1)(a)", False),
        (GroundCode.COURSE_OF_JUSTICE, "Art. 12(1)(b)", False),
        (GroundCode.COMMERCIAL_INDUSTRIAL, "Art. 12(1)(c)", True),
        (GroundCode.INTELLECTUAL_PROPERTY, "Art. 12(1)(d)", False),
        (GroundCode.PERSONAL_DATA, "Art. 12(1)(e)", False),
    ]
    assert {code: value.value for code, value in REGISTER_GROUNDS.items()} == dict(
        zip(GroundCode, WithholdingGround.values, strict=True)
    )


@pytest.mark.parametrize(
    "details",
    [
        {"reason": ""},
        {"reason": Texts(fr="  ")},
        {"public_interest": " "},
        {"concerns_releases": True},
        {"concerns_releases": True, "releases_consideration": "\n"},
    ],
)
def test_a_withholding_without_what_the_law_asks_for_is_not_saved(details: dict[str, Any]) -> None:
    item = item_of(ask().request)

    with pytest.raises(IncompleteError):
        withhold(item, **details)

    assert not Withholding.objects.exists()
    assert item_of(item.request).disposition == Disposition.UNDECIDED


def test_trade_secrets_on_releases_are_refused_by_the_database_itself_without_consideration() -> None:
    withholding = withhold(item_of(ask().request))
    withholding.concerns_releases = True

    with pytest.raises(IntegrityError), transaction.atomic():
        withholding.save()


def test_other_grounds_ask_for_no_consideration_of_releases() -> None:
    withholding = withhold(item_of(ask().request), ground=ground(GroundCode.COURSE_OF_JUSTICE), concerns_releases=True)

    assert withholding.must_weigh_releases is False


def test_a_ground_that_national_law_does_not_know_cannot_be_used() -> None:
    Ground.objects.update(is_active=False)

    with pytest.raises(IncompleteError):
        withhold(item_of(ask().request))


def test_one_answer_keeps_back_on_several_grounds() -> None:
    item = item_of(ask().request)
    answer(item, Disposition.PROVIDED_IN_PART)
    withhold(item)
    withhold(item, ground=ground(GroundCode.PERSONAL_DATA), withheld_type=WithheldType.OPERATOR_IDENTITY)

    draft = item_of(item.request).answer
    assert draft is not None
    assert draft.disposition == Disposition.PROVIDED_IN_PART
    assert [each.ground.code for each in draft.sorted_withholdings] == [
        GroundCode.COMMERCIAL_INDUSTRIAL,
        GroundCode.PERSONAL_DATA,
    ]


def test_giving_after_all_drops_what_was_drafted_to_be_kept_back() -> None:
    item = item_of(ask().request)
    withhold(item)
    answer(item)

    assert not Withholding.objects.exists()


def test_a_draft_can_be_dropped_and_what_was_sent_cannot() -> None:
    item = item_of(ask().request)
    withholding = withhold(item)
    domain.drop_withholding(withholding, actor=person(Role.CASE_OFFICER))
    assert not Withholding.objects.exists()

    kept = withhold(item_of(item.request))
    send(item.request)
    with pytest.raises(WrongStateError):
        domain.drop_withholding(Withholding.objects.get(pk=kept.pk), actor=person(Role.CASE_OFFICER))


def test_the_register_says_what_is_kept_back_from_the_moment_the_answer_is_sent() -> None:
    sent, entry = ask(), release()
    withholding = withhold(item_of(sent.request), entry=entry, **CONSIDERED)
    entry.refresh_from_db()
    assert (entry.presence, entry.withheld) == (Presence.REPORTED, None)

    send(sent.request)

    entry.refresh_from_db()
    withholding.refresh_from_db()
    assert (entry.presence, entry.quantity_kg) == (Presence.CONFIDENTIAL, None)
    assert entry.withheld is not None
    assert entry.withheld == withholding.statement
    assert entry.withheld.ground == WithholdingGround.COMMERCIAL
    assert entry.withheld.reason == "The quantity would tell competitors how much is made."


def test_a_second_refusal_of_the_same_value_shares_the_statement() -> None:
    _first, entry = kept_back_in_register()
    second = ask()
    withholding = withhold(item_of(second.request), entry=entry, **CONSIDERED)
    send(second.request)

    withholding.refresh_from_db()
    assert withholding.statement == entry.withheld


def test_what_the_register_cannot_keep_back_of_an_entry_is_refused() -> None:
    with pytest.raises(IncompleteError):
        withhold(item_of(ask().request), entry=release(), withheld_type=WithheldType.LOCATION_DETAIL, **CONSIDERED)


def test_lifting_one_lifts_all_that_share_it_and_the_register_has_the_value_again() -> None:
    first, entry = kept_back_in_register()
    second = ask()
    withhold(item_of(second.request), entry=entry, **CONSIDERED)
    send(second.request)
    kept = Withholding.objects.order_by("pk").first()
    assert kept is not None

    domain.lift_withholding(
        kept, actor=person(Role.DECISION_MAKER), values={"quantity_kg": Decimal("12.5")}, at=NOON + DAY
    )

    entry.refresh_from_db()
    assert (entry.presence, entry.quantity_kg, entry.withheld) == (Presence.REPORTED, Decimal("12.5"), None)
    assert [each.lifted_at for each in Withholding.objects.all()] == [NOON + DAY, NOON + DAY]
    verbs = Entry.objects.about("request", first.request.tracking_number).values_list("verb", flat=True)
    assert list(verbs)[-1] == Verb.WITHHOLDING_LIFTED


@pytest.mark.parametrize("values", [None, {}, {"quantity_kg": None}, {"quantity_kg": Decimal(-1)}])
def test_the_register_kept_no_copy_so_lifting_needs_the_value(values: Any) -> None:
    _sent, entry = kept_back_in_register()

    with pytest.raises(IncompleteError):
        domain.lift_withholding(Withholding.objects.get(), actor=person(Role.DECISION_MAKER), values=values)

    entry.refresh_from_db()
    assert entry.withheld is not None
    assert Withholding.objects.get().lifted_at is None


def test_lifting_twice_or_before_sending_is_refused() -> None:
    request = ask().request
    withholding = withhold(item_of(request))
    with pytest.raises(WrongStateError):
        domain.lift_withholding(withholding, actor=person(Role.DECISION_MAKER))
    send(request)
    domain.lift_withholding(withholding, actor=person(Role.DECISION_MAKER))
    with pytest.raises(WrongStateError):
        domain.lift_withholding(withholding, actor=person(Role.DECISION_MAKER))


def test_a_case_officer_does_not_lift() -> None:
    request = ask().request
    withholding = withhold(item_of(request))
    send(request)

    with pytest.raises(PermissionDenied):
        domain.lift_withholding(withholding, actor=person(Role.CASE_OFFICER))


def test_an_overturned_refusal_is_judged_wrong_and_the_register_must_be_opened_before_the_new_answer_goes_out() -> None:
    sent, entry = kept_back_in_register()
    overturn(review(sent))
    kept = Withholding.objects.get()
    assert kept.judgement == Judgement.WRONGLY_INVOKED
    answer(item_of(sent.request), text="It was 12.5 kg.")
    ready = domain.mark_answer_ready(sent.request, actor=person(Role.CASE_OFFICER), at=NOON + 3 * DAY)
    with pytest.raises(IncompleteError):
        domain.send_decision(ready, actor=person(Role.DECISION_MAKER), at=NOON + 3 * DAY)

    domain.lift_withholding(kept, actor=person(Role.DECISION_MAKER), values={"quantity_kg": Decimal("12.5")})
    domain.send_decision(ready, actor=person(Role.DECISION_MAKER), at=NOON + 3 * DAY + HOUR)

    entry.refresh_from_db()
    assert entry.quantity_kg == Decimal("12.5")


def test_what_is_kept_back_outside_the_register_is_lifted_by_the_answer_that_gives_it() -> None:
    sent = ask()
    withhold(item_of(sent.request))
    send(sent.request)
    overturn(review(again(sent)))
    answer(item_of(sent.request), text="It was 12.5 kg.", at=NOON + 3 * DAY)
    send(sent.request, at=NOON + 3 * DAY)

    assert Withholding.objects.get().lifted_at == NOON + 3 * DAY
