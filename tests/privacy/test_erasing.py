"""Who may be erased, by whom, when it has to wait, and what the record keeps of it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from hypothesis import given
from hypothesis import strategies as st

from accounts.domain import erase_account, take_role
from accounts.models import User
from accounts.roles import Role
from consultations.models import Submission
from design.refusals import IncompleteError
from following.domain import Wish, follow_at_once
from following.enums import Frequency
from following.models import Subscription
from following.subjects import find_subject
from inforequests import domain as inforequests
from inforequests.enums import Limb
from inforequests.models import InformationRequest
from ledger.models import Entry
from notices.erasing import tombstone_of
from portal.logs import redact
from privacy.blanking import ERASED_WORD, blanked
from privacy.domain import erase_by_letter, erase_held, hide_name
from privacy.domain.erasing import HeldBackError, carry_out_postponed, erase_several
from privacy.domain.links import new_key
from privacy.enums import IDENTITY_ERASED, Cause
from privacy.holdings import Proof, same_address
from privacy.models import PostponedErasure, Tombstone
from privacy.queries import what_is_held
from tests.accounts.factories import PersonFactory
from tests.consultations.factories import DocketFactory
from tests.inforequests.factories import DAY, HOUR, NOON, body, overturn, person
from tests.privacy.people import (
    ADDRESS_OF_AINO,
    BO_READS,
    NAME,
    READS,
    comment,
    holds,
    request_of_aino,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("proof", [BO_READS, Proof(), Proof(keys={"C-7KQ2-M4XD-9": "7KQ2-M4XD-9TWB-3HJR"})])
def test_a_stranger_erases_nobody(proof: Proof) -> None:
    sent = comment(DocketFactory(open=True), at=NOON - 8 * DAY)
    (held,) = what_is_held(READS)
    with pytest.raises(PermissionDenied):
        erase_held(held, cause=Cause.ASKED, proof=proof)
    with pytest.raises(PermissionDenied):
        hide_name(held, proof=proof)
    assert Submission.objects.get(pk=sent.submission.pk).email == ADDRESS_OF_AINO


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_an_administrator_erases_by_letter(role: Role) -> None:
    sent = comment(DocketFactory(open=True), at=NOON - 8 * DAY)
    (held,) = what_is_held(holds(sent))
    with pytest.raises(PermissionDenied):
        erase_by_letter(held, actor=person(role), reason="Letter of 3 March 2026, file 12/2026")
    assert Tombstone.objects.count() == 0


def test_a_letter_is_named_and_its_writer_is_not() -> None:
    sent = comment(DocketFactory(open=True), at=NOON - 8 * DAY)
    (held,) = what_is_held(holds(sent))
    administrator = person(Role.ADMINISTRATOR)
    for reason in ("  ", f"Letter of {NAME.upper()}, 3 March"):
        with pytest.raises(IncompleteError):
            erase_by_letter(held, actor=administrator, reason=reason)
    erase_by_letter(held, actor=administrator, reason="Letter of 3 March 2026,\n file 12/2026")
    stone = Tombstone.objects.get()
    assert (stone.cause, stone.reason) == (Cause.LETTER, "Letter of 3 March 2026, file 12/2026")
    entry = Entry.objects.filter(verb=IDENTITY_ERASED).get()
    assert (entry.actor_role, entry.facts) == (Role.ADMINISTRATOR, {"cause": "letter"})


def test_an_open_review_is_waited_for_and_then_it_is_done_by_itself() -> None:
    sent = request_of_aino(at=NOON)
    body()
    reviewed = inforequests.open_review(
        sent.request, key=sent.secret, limb=Limb.IGNORED, words=f"{NAME} waits.", at=NOON + 40 * DAY
    )
    (held,) = what_is_held(holds(sent))
    assert held.hold
    with pytest.raises(HeldBackError):
        erase_held(held, cause=Cause.LETTER)
    assert erase_several([held], proof=holds(sent)) == ([], [PostponedErasure.objects.get()])
    assert erase_several([held], proof=holds(sent)) == ([], [PostponedErasure.objects.get()])
    assert carry_out_postponed() == 0
    assert InformationRequest.objects.get().email == ADDRESS_OF_AINO

    overturn(reviewed, at=NOON + 50 * DAY)
    assert carry_out_postponed() == 1
    stored = InformationRequest.objects.get()
    assert (stored.requester, PostponedErasure.objects.count()) == (None, 0)
    assert [case.words for case in stored.reviews.all()] == [f"{ERASED_WORD} waits."]
    assert Tombstone.objects.get().cause == Cause.ASKED


def test_one_wish_that_fails_keeps_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = (PersonFactory(role=Role.CASE_OFFICER) for _time in range(2))
    for officer in (first, second):
        erase_several(what_is_held(Proof(account=officer)), proof=Proof(account=officer))
        take_role(officer, Role.CASE_OFFICER, actor=None)

    def failing(user: User) -> None:
        if user.pk == first.pk:
            raise DatabaseError("It is locked.")
        erase_account(user)

    monkeypatch.setattr("privacy.lower_rooms.erase_account", failing)
    assert carry_out_postponed() == 1
    assert (User.objects.get().pk, PostponedErasure.objects.count()) == (first.pk, 1)


def test_who_is_erased_does_not_go_on_following_what_she_asked() -> None:
    """An address that follows a request which nobody else may follow says who asked."""
    sent, other = request_of_aino(at=NOON), request_of_aino(at=NOON)
    for key, email in ((sent, ADDRESS_OF_AINO), (sent, "aino@work.example"), (other, ADDRESS_OF_AINO)):
        subject = find_subject("request", key.request.tracking_number)
        assert subject is not None
        follow_at_once(email, Wish(subject, Frequency.DAILY, "en"))
    (held,) = what_is_held(holds(sent))
    erase_held(held, cause=Cause.ASKED, proof=holds(sent))
    assert [row.key for row in Subscription.objects.all()] == [other.request.tracking_number]


def test_a_request_goes_on_without_an_address_and_nobody_is_written_to() -> None:
    sent = request_of_aino(at=NOON)
    (held,) = what_is_held(holds(sent))
    assert "nobody can write to you" in str(held.caution)
    erase_held(held, cause=Cause.ASKED, proof=holds(sent), at=NOON + HOUR)
    stored = InformationRequest.objects.get()
    inforequests.send_message_to_requester(
        stored, actor=person(Role.CASE_OFFICER), text="Which year?", at=NOON + 2 * HOUR
    )
    assert (stored.is_open, stored.clock is not None, stored.email) == (True, True, "")
    (after,) = what_is_held(holds(sent))
    assert (after.is_identified, after.erased_at) == (False, NOON + HOUR)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("aino@mail.example", "AINO@Mail.Example ", True),
        ("mike@mail.example", "m\u0131ke@mail.example", False),  # a dotless i, whose capital is I
        ("mike@mail.example", "mi\u212ae@mail.example", False),  # the sign for kelvin, whose small letter is k
        ("groß@mail.example", "GROSS@mail.example", False),
        ("groß@mail.example", "groß@mail.example", True),
        ("a_b@mail.example", "axb@mail.example", False),
    ],
)
def test_an_address_that_only_looks_the_same_opens_nothing(one: str, other: str, same: bool) -> None:
    assert (same_address(one, other), same_address(other, one)) == (same, same)


@given(
    name=st.text(min_size=3).filter(lambda name: len(name.strip()) >= 3), sign=st.sampled_from([" ", ", ", "\n", "“"])
)
def test_a_name_is_taken_out_of_a_message_whatever_it_is(name: str, sign: str) -> None:
    text = f"Dear{sign}{name.strip()}{sign}thank you"
    assert blanked(text, [name]) == f"Dear{sign}{ERASED_WORD}{sign}thank you"


def test_a_name_inside_another_word_is_left_alone() -> None:
    assert (
        blanked("Ann wrote that annual sums are ANN’s.", ["Ann"])
        == f"{ERASED_WORD} wrote that annual sums are {ERASED_WORD}’s."
    )
    assert blanked("It is us", ["us"]) == "It is us"


def test_the_tombstone_of_an_address_is_the_same_for_the_same_address_and_no_other() -> None:
    assert tombstone_of("Aino@Mail.Example") == tombstone_of(" aino@mail.example")
    assert tombstone_of("aino@mail.example") != tombstone_of("bo@mail.example")
    assert "aino" not in tombstone_of("aino@mail.example")


def test_an_account_waits_until_the_roles_are_taken_and_goes_by_itself() -> None:
    officer = PersonFactory(role=Role.CASE_OFFICER)
    proof = Proof(account=officer)
    (held,) = what_is_held(proof)
    assert erase_several([held], proof=proof) == ([], [PostponedErasure.objects.get()])
    assert carry_out_postponed() == 0
    take_role(officer, Role.CASE_OFFICER, actor=None)
    assert carry_out_postponed() == 1
    assert not User.objects.filter(pk=officer.pk).exists()


def test_no_log_tells_the_key_of_a_link() -> None:
    for _time in range(50):
        key = new_key()
        assert key not in redact(f"Gone: /en/privacy/address/{key}/")
