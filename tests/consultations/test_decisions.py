"""Due account: every point is answered before the decision is published, or the public reads why not."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from accounts.roles import Role
from consultations import domain
from consultations.enums import (
    DISPOSITIONS_WITH_REASON,
    DisplayState,
    Disposition,
    HandlingState,
    PublicationPreference,
    Verb,
)
from consultations.models import Decision, Docket, OfficialResponse
from consultations.refusals import CoverageError, IncompleteError, WrongStateError
from ledger.models import Entry
from ledger.private import registry
from notices.tasks import send_waiting_messages
from tests.consultations.factories import (
    NOON,
    DocketFactory,
    OfficialFactory,
    answer,
    new_decision,
    send,
)

pytestmark = pytest.mark.django_db


def officer() -> Any:
    return OfficialFactory(role=Role.CASE_OFFICER)


def chief() -> Any:
    return OfficialFactory(role=Role.DECISION_MAKER)


def drafted(docket: Docket) -> Docket:
    domain.draft_decision(docket, new_decision(), actor=officer(), at=NOON)
    return Docket.objects.get(pk=docket.pk)


@pytest.mark.parametrize("disposition", DISPOSITIONS_WITH_REASON)
def test_every_answer_but_yes_needs_a_reason(disposition: Disposition) -> None:
    point = send(DocketFactory(open=True)).points.first()
    with pytest.raises(IncompleteError):
        domain.answer_point(point, actor=officer(), disposition=disposition, reason="  ", at=NOON)
    assert OfficialResponse.objects.count() == 0


def test_an_accepted_point_needs_none() -> None:
    point = send(DocketFactory(open=True), language="fr").points.first()
    answered = domain.answer_point(point, actor=officer(), disposition=Disposition.ACCEPTED, at=NOON)
    assert (answered.reason, answered.language) == ("", "fr")


def test_draft_and_publication_of_an_answer_are_two_dates() -> None:
    docket = DocketFactory(closed=True)
    point = send(docket).points.first()
    domain.answer_point(point, actor=officer(), disposition=Disposition.ACCEPTED, at=NOON)
    later = NOON + timedelta(days=2)
    domain.answer_point(point, actor=officer(), disposition=Disposition.NOTED, reason="On reflection.", at=later)
    assert domain.publish_responses(docket, actor=chief(), at=later + timedelta(days=1)) == 1
    stored = OfficialResponse.objects.get()
    assert (stored.drafted_at, stored.answered_at, stored.published_at) == (NOON, later, later + timedelta(days=1))


def test_a_published_answer_stands_as_it_is() -> None:
    docket = DocketFactory(closed=True)
    submission = send(docket)
    answer(submission)
    domain.publish_responses(docket, actor=officer(), at=NOON)
    with pytest.raises(WrongStateError) as refusal:
        answer(submission)
    assert refusal.value.sentences == ["This answer is published: it stands as it is."]


def test_publishing_answers_tells_each_sender_once() -> None:
    docket = DocketFactory(closed=True)
    answer(send(docket, email="aino@example.org", language="ru"))
    send(docket, email="unanswered@example.org")
    send_waiting_messages.call()
    mail.outbox.clear()
    domain.publish_responses(docket, actor=officer(), at=NOON)
    send_waiting_messages.call()
    assert [(letter.to, letter.extra_headers["Content-Language"]) for letter in mail.outbox] == [
        (["aino@example.org"], "ru")
    ]


def test_with_nothing_to_publish_nothing_is_published() -> None:
    docket = DocketFactory(closed=True)
    with pytest.raises(IncompleteError) as refusal:
        domain.publish_responses(docket, actor=officer(), at=NOON)
    assert refusal.value.sentences == ["No answer is waiting for publication."]


def test_one_unread_comment_blocks_the_decision() -> None:
    docket = DocketFactory(closed=True)
    answer(send(docket))
    send(docket, text="", measure_texts={1: "No."})
    with pytest.raises(CoverageError) as refusal:
        domain.publish_decision(drafted(docket), actor=chief(), at=NOON)
    assert refusal.value.sentences == [
        "1 comment is unread.",
        "1 point has no answer.",
        "Answer what is left, or say publicly why the decision is published before that.",
    ]
    assert Decision.objects.get().published_at is None


def test_a_read_comment_without_an_answer_blocks_it_as_well() -> None:
    docket = DocketFactory(closed=True)
    domain.mark_read(send(docket), actor=officer(), at=NOON)
    with pytest.raises(CoverageError) as refusal:
        domain.publish_decision(drafted(docket), actor=chief(), at=NOON)
    assert refusal.value.sentences[0] == "2 points have no answer."


@pytest.mark.parametrize("reason", ["", "   "])
def test_an_override_without_a_reason_is_refused(reason: str) -> None:
    docket = DocketFactory(closed=True)
    send(docket)
    with pytest.raises(CoverageError):
        domain.publish_decision(drafted(docket), actor=chief(), override_reason=reason, at=NOON)


def test_an_override_with_a_reason_is_public_for_ever() -> None:
    docket = DocketFactory(closed=True)
    send(docket)
    decision = domain.publish_decision(
        drafted(docket), actor=chief(), override_reason="The law enters into force.", at=NOON
    )
    assert (decision.override_reason, decision.points_left_out) == ("The law enters into force.", 2)
    entry = Entry.objects.about("docket", docket.reference).get(verb=Verb.DECISION_PUBLISHED)
    assert entry.public
    assert ("override_reason" in entry.facts, entry.facts["points_left_out"]) == (False, 2)
    assert '"override_reason":"The law enters into force."' in str(registry.values(entry)["decision"])


def test_a_reason_that_was_not_needed_is_not_kept() -> None:
    docket = DocketFactory(closed=True)
    answer(send(docket))
    decision = domain.publish_decision(drafted(docket), actor=chief(), override_reason="Just in case.", at=NOON)
    assert (decision.override_reason, decision.points_left_out) == ("", 0)


def test_with_every_point_answered_decision_and_answers_are_published_together() -> None:
    docket = DocketFactory(closed=True)
    answer(send(docket))
    domain.publish_decision(drafted(docket), actor=chief(), at=NOON)
    docket = Docket.objects.get(pk=docket.pk)
    assert docket.handling_state == HandlingState.DECISION_PUBLISHED
    assert docket.display_state(NOON) is DisplayState.CONCLUDED
    assert OfficialResponse.objects.unpublished().count() == 0


def test_everybody_who_gave_an_address_is_told_once_whatever_they_wanted_published() -> None:
    docket = DocketFactory(closed=True)
    answer(send(docket, email="aino@example.org"))
    answer(send(docket, email="aino@example.org", text="More.", measure_texts={}))
    private = PublicationPreference.NOT_PUBLISHED
    answer(send(docket, email="camille@example.org", language="fr", publication_preference=private))
    answer(send(docket))
    send_waiting_messages.call()
    mail.outbox.clear()
    domain.publish_decision(drafted(docket), actor=chief(), at=NOON)
    send_waiting_messages.call()
    assert [(letter.to[0], letter.extra_headers["Content-Language"]) for letter in mail.outbox] == [
        ("aino@example.org", "en"),
        ("camille@example.org", "fr"),
    ]
    assert "The threshold is 0.5 kg a year. (fr)" in mail.outbox[1].body
    assert f"/fr/consultations/{docket.slug}/" in mail.outbox[1].body


def test_a_decision_without_considerations_is_no_decision_to_publish() -> None:
    docket = DocketFactory(closed=True)
    decision = new_decision(review_ru="", decided_on=(NOON + timedelta(days=3)).date())
    decision.considerations = []
    domain.draft_decision(docket, decision, actor=officer(), at=NOON)
    with pytest.raises(IncompleteError) as refusal:
        domain.publish_decision(docket, actor=chief(), at=NOON)
    assert refusal.value.sentences == [
        "How to challenge the decision is missing in: Русский.",
        "Add at least one consideration: the law asks for the decision and for what it is based on.",
        "The decision is dated in the future.",
    ]


def test_a_draft_can_be_changed_until_it_is_published() -> None:
    docket = drafted(DocketFactory(closed=True))
    decision = docket.decision
    decision.summary_en = "The threshold is 0.6 kg a year."
    domain.draft_decision(docket, decision, actor=chief(), at=NOON)
    domain.publish_decision(docket, actor=chief(), at=NOON)
    assert Decision.objects.get().summary_en == "The threshold is 0.6 kg a year."
    with pytest.raises(WrongStateError):
        domain.draft_decision(docket, decision, actor=chief(), at=NOON)


def test_nobody_decides_while_comments_are_taken() -> None:
    with pytest.raises(WrongStateError):
        domain.draft_decision(DocketFactory(open=True), new_decision(), actor=chief(), at=NOON)
