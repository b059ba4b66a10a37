"""What the public sends is taken whole or not at all, and by the server's clock."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from accounts.roles import Role
from consultations import domain
from consultations.domain.intake import Sent
from consultations.enums import (
    Channel,
    ConsiderationState,
    NotOpenReason,
    PointTarget,
    PublicationPreference,
    PublicationState,
    SubmissionState,
    Verb,
)
from consultations.models import Docket, Point, Submission, Submitter
from consultations.refusals import IncompleteError, IntakeClosedError
from ledger.models import Entry
from notices.models import Message
from notices.tasks import send_waiting_messages
from tests.consultations.factories import NOON, DocketFactory, OfficialFactory, texts
from tests.ledger.acts import misfits
from tracking.numbers import secret_opens

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MICROSECOND = timedelta(microseconds=1)


def comment(docket: Docket, **fields: Any) -> Sent:
    return domain.receive_submission(
        docket,
        **{
            "language": "fr",
            "publication_preference": PublicationPreference.WITH_NAME,
            "text": "Mesurez chaque mois.",
            "at": NOON,
            **fields,
        },
    )


def test_a_citizen_s_comment_becomes_one_point_for_each_text() -> None:
    docket = DocketFactory(open=True)
    sent = comment(docket, measure_texts={1: "Un demi-kilogramme.", 2: " "}, name="Camille")
    points = list(sent.submission.points.values_list("target", "measure_number", "text"))
    assert points == [
        (PointTarget.MEASURE, 1, "Un demi-kilogramme."),
        (PointTarget.WHOLE, None, "Mesurez chaque mois."),
    ]
    assert sent.submission.received_at == NOON


def test_the_three_axes_begin_independently() -> None:
    submission = comment(DocketFactory(open=True)).submission
    assert submission.state == SubmissionState.ADMISSIBLE
    assert submission.publication_state == PublicationState.PENDING
    assert submission.consideration_state is ConsiderationState.UNREAD


def test_one_microsecond_before_closing_a_comment_is_taken() -> None:
    docket = DocketFactory(open=True)
    closes_at = docket.closes_at(NOON)
    assert closes_at is not None
    assert comment(docket, at=closes_at - MICROSECOND).is_new


def test_at_the_closing_instant_intake_stops_whatever_the_form_says() -> None:
    docket = DocketFactory(open=True)
    closes_at = docket.closes_at(NOON)
    assert closes_at is not None
    with pytest.raises(IntakeClosedError) as refusal:
        comment(docket, at=closes_at)
    assert refusal.value.reason is NotOpenReason.CLOSED
    assert Submission.objects.count() == Submitter.objects.count() == 0


def test_the_stored_period_decides_not_the_one_that_was_read_before() -> None:
    docket = Docket.objects.with_periods().get(pk=DocketFactory(open=True).pk)
    assert docket.windows
    chief = OfficialFactory(role=Role.DECISION_MAKER)
    domain.discontinue_docket(docket, actor=chief, reason=texts("The law changed."), at=NOON)
    with pytest.raises(IntakeClosedError) as refusal:
        comment(docket)
    assert refusal.value.reason is NotOpenReason.DISCONTINUED


@pytest.mark.parametrize(
    ("stage", "reason"),
    [
        ({}, NotOpenReason.NOT_PUBLISHED),
        ({"upcoming": True}, NotOpenReason.NOT_OPEN_YET),
        ({"closed": True}, NotOpenReason.CLOSED),
        ({"decided": True}, NotOpenReason.CLOSED),
        ({"discontinued": True}, NotOpenReason.DISCONTINUED),
    ],
)
def test_a_refusal_gives_the_true_reason(stage: dict[str, bool], reason: NotOpenReason) -> None:
    with pytest.raises(IntakeClosedError) as refusal:
        comment(DocketFactory(**stage))
    assert refusal.value.reason is reason


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_an_empty_comment_is_refused(text: str) -> None:
    with pytest.raises(IncompleteError) as refusal:
        comment(DocketFactory(open=True), text=text)
    assert refusal.value.sentences == ["Write at least one comment: on a measure, or on the proposal as a whole."]


def test_a_second_click_on_send_gives_the_same_receipt_and_nothing_else() -> None:
    docket = DocketFactory(open=True)
    first = comment(docket, form_token="a-form", email="camille@example.org")
    second = comment(docket, form_token="a-form", email="camille@example.org", at=NOON + timedelta(seconds=1))
    assert (first.is_new, second.is_new) == (True, False)
    assert (first.submission, first.secret) == (second.submission, second.secret)
    assert Submission.objects.count() == Point.objects.count() == Message.objects.count() == 1
    assert Entry.objects.filter(verb=Verb.SUBMISSION_RECEIVED).count() == 1


def test_a_second_click_after_closing_still_gives_the_receipt_of_the_first() -> None:
    docket = DocketFactory(open=True)
    closes_at = docket.closes_at(NOON)
    assert closes_at is not None
    first = comment(docket, form_token="a-form", at=closes_at - MICROSECOND)
    assert comment(docket, form_token="a-form", at=closes_at).submission == first.submission


def test_the_server_keeps_no_key_and_no_form_token() -> None:
    sent = comment(DocketFactory(open=True), form_token="a-form")
    stored = [str(value) for value in Submission.objects.values_list().get()]
    assert sent.secret not in stored
    assert "a-form" not in stored
    assert secret_opens(sent.secret, sent.submission.tracking_number, sent.submission.secret_digest)


def test_the_receipt_goes_by_mail_in_the_language_that_was_used() -> None:
    sent = comment(DocketFactory(open=True), email="camille@example.org")
    send_waiting_messages.call()
    [letter] = mail.outbox
    assert letter.to == ["camille@example.org"]
    assert letter.extra_headers["Content-Language"] == "fr"
    assert sent.submission.tracking_number in letter.subject
    assert sent.secret in letter.body
    assert sent.secret not in letter.subject
    assert "/fr/consultations/track/" in letter.body
    assert "SHA-256" not in letter.body  # a hash without a salt would prove the words after an erasure, too


def test_without_an_address_no_letter_is_written() -> None:
    comment(DocketFactory(open=True))
    assert Message.objects.count() == 0


def test_the_record_names_nobody_and_quotes_nobody() -> None:
    sent = comment(DocketFactory(open=True), name="Camille", email="camille@example.org")
    entry = Entry.objects.about("submission", sent.submission.tracking_number).get()
    assert entry.actor_role == "public"
    assert "Camille" not in str(entry.facts)
    assert "Mesurez" not in str(entry.facts)
    assert misfits([entry]) == []


def test_erasing_the_submitter_leaves_the_words() -> None:
    submission = comment(DocketFactory(open=True), name="Camille").submission
    submission.submitter.delete()
    submission = Submission.objects.get()
    assert (submission.submitter, submission.points.count(), submission.email) == (None, 1, "")


def test_a_letter_from_the_post_counts_like_any_comment_and_its_author_is_not_the_clerk() -> None:
    clerk = OfficialFactory(role=Role.CASE_OFFICER)
    sent = comment(
        DocketFactory(closed=True),
        channel=Channel.POST,
        entered_by=clerk,
        received_at=NOON - 2 * DAY,
        name="Aino Example",
    )
    assert (sent.submission.state, sent.submission.received_late) == (SubmissionState.ADMISSIBLE, False)
    assert sent.submission.public_author == "Aino Example"
    assert sent.submission.entered_by == clerk


def test_a_letter_that_came_late_waits_for_a_decision_whether_it_counts() -> None:
    clerk = OfficialFactory(role=Role.CASE_OFFICER)
    sent = comment(DocketFactory(closed=True), channel=Channel.POST, entered_by=clerk, received_at=NOON)
    assert (sent.submission.state, sent.submission.received_late) == (SubmissionState.RECEIVED, True)


@pytest.mark.parametrize(
    ("received_at", "sentence"),
    [
        (NOON + DAY, "A comment cannot have come in the future: correct the day and time of receipt."),
        (NOON - 90 * DAY, "A comment cannot have come before the consultation was published."),
    ],
)
def test_an_impossible_day_of_receipt_is_refused(received_at: Any, sentence: str) -> None:
    clerk = OfficialFactory(role=Role.CASE_OFFICER)
    with pytest.raises(IncompleteError) as refusal:
        comment(DocketFactory(closed=True), channel=Channel.POST, entered_by=clerk, received_at=received_at)
    assert refusal.value.sentences == [sentence]
