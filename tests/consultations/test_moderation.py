"""Only publication can be withheld, never consideration; a comment's words never change."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.roles import Role
from consultations import domain
from consultations.enums import (
    Channel,
    ConsiderationState,
    Disposition,
    ModerationReason,
    PublicationPreference,
    PublicationState,
    SubmissionState,
    SubmitterType,
    Suspicion,
    Verb,
)
from consultations.models import Docket, Submission
from consultations.queries import readable_submissions, submission_counts
from consultations.refusals import IncompleteError, WrongStateError
from ledger.models import Entry
from ledger.private import registry
from tests.consultations.factories import NOON, DocketFactory, OfficialFactory, answer, publish, send
from tests.ledger.acts import entries_written

pytestmark = pytest.mark.django_db


def officer() -> Any:
    return OfficialFactory(role=Role.CASE_OFFICER)


def test_a_comment_with_a_name_is_published_with_it() -> None:
    submission = publish(send(DocketFactory(open=True), name="Aino Example", organisation="Lake Society"))
    assert submission.is_public
    assert submission.public_author == "Lake Society, Aino Example"


@pytest.mark.parametrize(
    ("submitter_type", "author"),
    [
        (SubmitterType.INDIVIDUAL, "A private person"),
        (SubmitterType.ORGANISATION, "An organisation"),
        (SubmitterType.PUBLIC_BODY, "A public body"),
        (SubmitterType.ANONYMOUS, "Without a name"),
    ],
)
def test_a_comment_without_a_name_never_shows_it(submitter_type: SubmitterType, author: str) -> None:
    submission = send(
        DocketFactory(open=True),
        publication_preference=PublicationPreference.WITHOUT_NAME,
        submitter_type=submitter_type,
    )
    assert publish(submission).public_author == author


def test_a_comment_that_its_author_wants_private_cannot_be_published() -> None:
    submission = send(DocketFactory(open=True), publication_preference=PublicationPreference.NOT_PUBLISHED)
    with pytest.raises(WrongStateError) as refusal:
        publish(submission)
    assert refusal.value.sentences == ["The submitter asked for this comment not to be published."]


def test_withholding_keeps_the_words_and_gives_a_reason_in_public() -> None:
    submission = publish(send(DocketFactory(open=True)))
    before = list(submission.points.values_list("text", flat=True))
    held = domain.withhold_submission(submission, actor=officer(), reason=ModerationReason.PERSONAL_DATA, at=NOON)
    assert (held.publication_state, held.withheld_reason) == (PublicationState.WITHHELD, ModerationReason.PERSONAL_DATA)
    assert list(held.points.values_list("text", flat=True)) == before
    entry = Entry.objects.about("submission", held.tracking_number).get(verb=Verb.SUBMISSION_WITHHELD)
    assert (entry.public, entry.facts["reason"]) == (True, ModerationReason.PERSONAL_DATA)


def test_a_withheld_comment_is_considered_all_the_same() -> None:
    docket = DocketFactory(open=True)
    submission = send(docket)
    domain.withhold_submission(submission, actor=officer(), reason=ModerationReason.OFFENSIVE, at=NOON)
    assert domain.coverage_of(docket).unanswered == 2
    answer(Submission.objects.get())
    assert domain.coverage_of(docket).is_complete


def test_a_withheld_comment_leaves_a_tombstone_and_the_counts_agree() -> None:
    docket = DocketFactory(open=True)
    publish(send(docket))
    send(docket)
    send(docket, publication_preference=PublicationPreference.NOT_PUBLISHED)
    domain.withhold_submission(send(docket), actor=officer(), reason=ModerationReason.SPAM, at=NOON)
    counts = submission_counts(docket)
    assert (counts.received, counts.published, counts.pending, counts.private, counts.withheld) == (4, 1, 1, 1, 1)
    assert readable_submissions(docket).count() == counts.published + counts.withheld


def test_what_was_withheld_can_be_published_after_all() -> None:
    submission = send(DocketFactory(open=True))
    domain.withhold_submission(submission, actor=officer(), reason=ModerationReason.SPAM, at=NOON)
    published = publish(submission)
    assert (published.is_public, published.withheld_reason, published.withheld_at) == (True, "", None)


def test_a_suspicious_comment_is_received_and_considered_but_not_published_unseen() -> None:
    docket = DocketFactory(open=True)
    submission = send(docket, suspicion=Suspicion.HONEYPOT)
    assert list(Submission.objects.held()) == [submission]
    assert domain.coverage_of(docket).submissions == 1
    with pytest.raises(IncompleteError) as refusal:
        publish(submission)
    assert refusal.value.sentences == [
        "This comment is held: a field hidden from people was filled in. Read it, and confirm that a person wrote it."
    ]
    assert domain.publish_submission(submission, actor=officer(), despite_suspicion=True, at=NOON).is_public


def test_reading_is_remembered_with_who_and_when_but_not_in_public() -> None:
    reader = officer()
    submission = domain.mark_read(send(DocketFactory(open=True)), actor=reader, at=NOON)
    assert (submission.read_by, submission.read_at, submission.consideration_state) == (
        reader,
        NOON,
        ConsiderationState.READ,
    )
    assert not Entry.objects.get(verb=Verb.SUBMISSION_READ).public


def test_a_late_letter_counts_only_with_a_reason_either_way() -> None:
    docket = DocketFactory(closed=True)
    late = send(docket, channel=Channel.POST, entered_by=officer(), received_at=NOON, at=NOON)
    with pytest.raises(WrongStateError) as refusal:
        answer(late)
    assert refusal.value.sentences == ["Decide first whether this late comment counts."]
    with pytest.raises(IncompleteError):
        domain.decide_admissibility(late, actor=officer(), admissible=False, reason=" ", at=NOON)
    with entries_written() as written:
        late = domain.decide_admissibility(
            late, actor=officer(), admissible=True, reason="The post was on strike.", at=NOON
        )
    assert late.state == SubmissionState.ADMISSIBLE
    [entry] = written
    assert (entry.facts, list(entry.commitments)) == (
        {"docket": docket.reference, "state": SubmissionState.ADMISSIBLE},
        ["reason"],
    )
    assert registry.values(entry) == {"reason": "The post was on strike."}
    with pytest.raises(WrongStateError):
        domain.decide_admissibility(late, actor=officer(), admissible=False, reason="No.", at=NOON)
    answer(late)


def test_an_inadmissible_letter_needs_no_answer() -> None:
    docket = DocketFactory(closed=True)
    late = send(docket, channel=Channel.POST, entered_by=officer(), received_at=NOON, at=NOON)
    assert domain.coverage_of(docket).undetermined == 1
    domain.decide_admissibility(late, actor=officer(), admissible=False, reason="A year late.", at=NOON)
    assert domain.coverage_of(docket).is_complete


def test_an_official_can_single_out_a_passage_but_not_invent_one() -> None:
    submission = send(DocketFactory(open=True), text="Measure monthly.\nAnd publish sooner.", measure_texts={})
    point = domain.add_point(submission, actor=officer(), text="And publish sooner.", at=NOON)
    assert (str(point), point.is_passage) == (f"{submission.tracking_number}/2", True)
    with pytest.raises(IncompleteError) as refusal:
        domain.add_point(submission, actor=officer(), text="And publish never.", at=NOON)
    assert refusal.value.sentences == ["The passage must stand in the comment word for word."]


def test_a_passage_can_be_aimed_at_a_measure_of_the_same_consultation_only() -> None:
    docket, other = DocketFactory(open=True), DocketFactory(open=True)
    submission = send(docket, text="Half a kilogram.", measure_texts={})
    measure = docket.measures.first()
    point = domain.add_point(submission, actor=officer(), text="Half a kilogram.", measure=measure, at=NOON)
    assert point.measure_code == "M1"
    with pytest.raises(WrongStateError):
        domain.add_point(submission, actor=officer(), text="Half a kilogram.", measure=other.measures.first(), at=NOON)


@pytest.fixture
def open_docket() -> Docket:
    return DocketFactory(open=True)


acts = st.lists(st.sampled_from(["read", "publish", "withhold", "answer first", "answer all"]), max_size=7)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=acts)
def test_whatever_is_done_in_whatever_order_words_and_filters_hold(open_docket: Docket, acts: list[str]) -> None:
    submission = send(open_docket)
    words = list(submission.points.values_list("text", flat=True))
    person = officer()
    for act in acts:
        try:
            if act == "read":
                domain.mark_read(submission, actor=person, at=NOON)
            elif act == "publish":
                domain.publish_submission(submission, actor=person, at=NOON)
            elif act == "withhold":
                domain.withhold_submission(submission, actor=person, reason=ModerationReason.SPAM, at=NOON)
            else:
                for point in submission.points.all()[: 1 if act == "answer first" else None]:
                    domain.answer_point(point, actor=person, disposition=Disposition.ACCEPTED, at=NOON)
        except WrongStateError:
            pass
    submission = Submission.objects.get(pk=submission.pk)
    mine = Submission.objects.filter(pk=submission.pk)
    assert list(submission.points.values_list("text", flat=True)) == words
    assert submission.state == SubmissionState.ADMISSIBLE
    told = [state for state in ConsiderationState if mine.considered_as(state).exists()]
    assert told == [submission.consideration_state]
    assert (submission.withheld_reason != "") is (submission.publication_state == PublicationState.WITHHELD)
    assert (submission.published_at is not None) is submission.is_public
    assert submission.received_at < NOON - timedelta(days=1)
