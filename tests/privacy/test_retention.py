"""Periods are data, are carried out exactly as an erasure is, and are shown as they are."""

import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from accounts.roles import Role
from consultations.models import Submission
from inforequests import domain as inforequests
from inforequests.enums import Limb
from inforequests.models import InformationRequest
from jobs.rounds import RoundError
from ledger.models import Entry
from notices.enums import FINISHED_STATES, DeliveryState
from notices.models import Message
from privacy.domain import apply_retention, make_link
from privacy.domain.links import redeem_link
from privacy.enums import IDENTITY_ERASED, Cause, Consequence, PeriodUnit
from privacy.holdings import Proof
from privacy.models import ProofLink, RetentionRule, RetentionRun, Tombstone
from privacy.queries import retention_table, what_is_held
from privacy.retaining import Sweep, add_retention, retention_kind, retention_kinds
from privacy.tasks import carry_out_retention
from tests.consultations.factories import NOON as DECIDED
from tests.consultations.factories import DocketFactory
from tests.inforequests.factories import DAY, HOUR, NOON, answered, body, overturn, person, review
from tests.privacy.people import ADDRESS_OF_AINO, NAME, comment

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=366)


def numbers(at: datetime, *, dry_run: bool = False) -> dict[str, tuple[int, int, int]]:
    """What a round does by each rule that has something to do."""
    runs = apply_retention(dry_run=dry_run, at=at)
    return {run.rule.kind: (run.done, run.held, run.failed) for run in runs if run.done or run.held or run.failed}


def decided_comment() -> Submission:
    """A comment on a consultation that was decided on the second of March 2026."""
    docket = DocketFactory(open=True, around=DECIDED - 15 * DAY)
    sent = comment(docket, at=DECIDED - 20 * DAY).submission
    docket.discontinued_at = DECIDED
    type(docket).objects.filter(pk=docket.pk).update(discontinued_at=DECIDED)
    return sent


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("amount", "unit"), [(99_999_999_999, "months"), (101, "years"), (1201, "months"), (36_501, "days")]
)
def test_a_period_that_no_clock_counts_is_refused_with_a_sentence(amount: int, unit: str) -> None:
    rule = RetentionRule.objects.exclude(consequence=Consequence.KEEP)[0]
    rule.amount, rule.unit = amount, unit
    with pytest.raises(ValidationError, match="Nothing is kept for more than 100 years"):
        rule.clean()


def test_every_kind_has_its_rule_and_every_rule_its_kind() -> None:
    kinds = {kind.key: kind.consequence for kind in retention_kinds()}
    assert dict(RetentionRule.objects.values_list("kind", "consequence")) == kinds
    for kind in retention_kinds():
        assert (kind.due is None or kind.sweep is None) is True
    assert [
        rule.kind for rule in RetentionRule.objects.carried_out() if not (rule.known_kind.due or rule.known_kind.sweep)
    ] == []


def test_who_sent_a_comment_is_erased_a_year_after_its_end_and_not_a_day_earlier() -> None:
    sent = decided_comment()
    Message.objects.all().delete()
    end = DECIDED.replace(year=2027)
    assert numbers(end) == {}
    assert numbers(end + timedelta(seconds=1), dry_run=True) == {"submission_identity": (1, 0, 0)}
    assert Submission.objects.get(pk=sent.pk).email == ADDRESS_OF_AINO
    assert numbers(end + timedelta(seconds=1)) == {"submission_identity": (1, 0, 0)}
    assert Submission.objects.get(pk=sent.pk).submitter is None
    assert Tombstone.objects.get().cause == Cause.RETENTION
    assert Entry.objects.get(verb=IDENTITY_ERASED).actor_role == "system"
    assert numbers(end + DAY) == {}


def test_who_asked_is_kept_while_a_review_is_open() -> None:
    sent = answered(name=NAME, email=ADDRESS_OF_AINO)
    Message.objects.all().delete()
    assert numbers(NOON + YEAR, dry_run=True) == {"request_identity": (1, 0, 0)}
    body()
    case = review(sent, Limb.INADEQUATE, at=NOON + 5 * DAY)
    Message.objects.all().delete()
    assert numbers(NOON + YEAR) == {"request_identity": (0, 1, 0)}
    overturn(case, at=NOON + YEAR)
    Message.objects.all().delete()
    # Decided now, and re-opened: the year begins when it is answered anew.
    assert numbers(NOON + YEAR + DAY) == {}
    assert InformationRequest.objects.get().email == ADDRESS_OF_AINO


def test_messages_about_a_request_are_deleted_two_years_after_its_end() -> None:
    sent = answered()
    inforequests.send_message_to_requester(
        sent.request, actor=person(Role.CASE_OFFICER), text="Have you read it?", at=NOON + DAY
    )
    assert numbers(NOON + 2 * YEAR) == {"request_correspondence": (1, 0, 0)}
    assert [message.text for message in sent.request.messages.all()] == [""]
    assert numbers(NOON + 3 * YEAR) == {}


def test_letters_lose_their_address_after_half_a_year_and_only_once_they_are_sent() -> None:
    about = {"language": "en", "template": "x", "reason": "r", "subject": "s", "written_at": NOON}
    for number, state in enumerate(DeliveryState):
        Message.objects.create(recipient=ADDRESS_OF_AINO, about=f"a:{number}", state=state, **about)
    finished = Message.objects.filter(state__in=FINISHED_STATES).count()
    swept = numbers(NOON + YEAR)["letters"]
    assert swept == (finished, Message.objects.filter(recipient=ADDRESS_OF_AINO).count(), 0)
    assert not Message.objects.filter(recipient=ADDRESS_OF_AINO, state__in=FINISHED_STATES).exists()


def test_links_and_sessions_go_a_day_after_their_end() -> None:
    now = timezone.now()
    key = make_link(ADDRESS_OF_AINO, at=now)
    Session.objects.create(session_key="x" * 32, session_data="", expire_date=now)
    assert redeem_link(key, at=now + 2 * HOUR) == ""
    assert numbers(now + DAY - HOUR) == {}
    assert numbers(now + DAY + 2 * HOUR) == {"links": (1, 0, 0), "sessions": (1, 0, 0)}
    assert (ProofLink.objects.count(), Session.objects.count()) == (0, 0)


def test_a_rule_that_is_switched_off_or_has_no_period_erases_nothing() -> None:
    decided_comment()
    Message.objects.all().delete()
    RetentionRule.objects.filter(kind="submission_identity").update(is_active=False)
    assert numbers(DECIDED + 9 * YEAR) == {}
    RetentionRule.objects.filter(kind="submission_identity").update(is_active=True, amount=None)
    assert numbers(DECIDED + 9 * YEAR) == {}


def test_a_period_of_nothing_and_a_period_for_what_was_said_are_refused() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        RetentionRule.objects.filter(kind="letters").update(amount=0)
    words = RetentionRule.objects.get(kind="submission_words")
    words.amount = 12
    with pytest.raises(ValidationError):
        words.full_clean()


def test_the_log_has_numbers_and_nobody_in_it(caplog: pytest.LogCaptureFixture) -> None:
    sent = decided_comment()
    caplog.set_level(logging.INFO)
    apply_retention(at=DECIDED + YEAR + DAY)
    said = caplog.text
    assert "submission_identity: 1 done, 0 held, 0 failed" in said
    assert [word in said for word in (NAME, ADDRESS_OF_AINO, sent.tracking_number)] == [False] * 3
    assert RetentionRun.objects.get(rule__kind="submission_identity").done == 1


def test_a_kind_that_cannot_be_looked_through_keeps_no_other_and_the_job_has_failed() -> None:
    def lose(cutoff: datetime, dry_run: bool) -> Sweep:
        raise OSError("the place where sessions are kept is gone")

    decided_comment()
    sessions = retention_kind("sessions")
    assert sessions is not None
    try:
        add_retention(replace(sessions, sweep=lose), order=0)  # before all others
        found = numbers(DECIDED + YEAR + DAY)
        with pytest.raises(RoundError, match=r"^Retention: 1 of \d+ failed\."):
            carry_out_retention.call()
    finally:
        add_retention(sessions, order=50)
    assert (found["sessions"], found["submission_identity"]) == ((0, 0, 1), (1, 0, 0))


def test_the_command_says_what_it_would_do(capsys: pytest.CaptureFixture[str]) -> None:
    decided_comment()
    call_command("apply_retention", "--dry-run")
    printed = capsys.readouterr().out
    assert "submission_identity: 0 would be erased, 0 kept for a reason, 0 failed" in printed
    assert RetentionRun.objects.count() == 0


@given(
    amount=st.integers(1, 100),
    unit=st.sampled_from(PeriodUnit),
    at=st.datetimes(datetime(2001, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),
)
def test_a_period_always_ends_after_it_began(amount: int, unit: PeriodUnit, at: datetime) -> None:
    rule = RetentionRule(kind="letters", amount=amount, unit=unit, consequence=Consequence.DELETE)
    cutoff = rule.cutoff(at)
    assert cutoff is not None
    days = {PeriodUnit.DAY: 1, PeriodUnit.MONTH: 28, PeriodUnit.YEAR: 365}[unit] * amount
    assert timedelta(days=days) <= at - cutoff <= timedelta(days=days * 1.14 + 3)


@pytest.mark.parametrize("code", ["en", "fr", "ru"])
def test_the_table_says_everything_in_each_language(code: str) -> None:
    with translation.override(code):
        rows = retention_table()
    assert len(rows) == RetentionRule.objects.count()
    assert [row.title for row in rows if not (row.title and row.legal_basis and row.consequence)] == []
    assert [bool(row.counted_from) for row in rows] == [bool(row.period) for row in rows]


def test_letters_of_the_sign_in_pages_tell_nobody_after_a_month_when_somebody_signed_in() -> None:
    facts = {"language": "en", "template": "account/email/login_code", "subject": "Your sign-in code"}
    for number, state in enumerate((DeliveryState.SENT, DeliveryState.LAPSED, DeliveryState.QUEUED)):
        Message.objects.create(
            recipient=ADDRESS_OF_AINO,
            about=f"sign-in:{number}",
            reason="login_code",
            state=state,
            written_at=NOON,
            **facts,
        )
    assert numbers(NOON + 30 * DAY) == {}
    assert numbers(NOON + 31 * DAY)["sign_in_letters"] == (2, 1, 0)
    assert Message.objects.get().state == DeliveryState.QUEUED


def test_what_is_held_about_somebody_names_a_code_that_waits_and_does_not_give_it_away() -> None:
    Message.objects.create(
        recipient=ADDRESS_OF_AINO,
        about="sign-in:1",
        reason="login_code",
        language="en",
        template="account/email/login_code",
        subject="Your sign-in code",
        text="ABCD-EFGH",
        written_at=NOON,
        expires_at=NOON + HOUR,
    )
    [held] = what_is_held(Proof(addresses=frozenset({ADDRESS_OF_AINO})))
    assert [(letter["subject"], letter["text"]) for letter in held.data["letters"]] == [("Your sign-in code", "")]
