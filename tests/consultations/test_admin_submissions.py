"""Reading what the public has sent, answering its points, publishing it or saying why not."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.roles import Role
from consultations import domain
from consultations.enums import (
    Channel,
    Disposition,
    ModerationReason,
    PointTarget,
    PublicationPreference,
    PublicationState,
    SubmissionState,
    Suspicion,
)
from consultations.models import Docket, OfficialResponse, Point, Submission
from tests.conftest import AssertSameQueries
from tests.consultations.factories import OfficialFactory, answer, send
from tests.consultations.officials import DESKS, SUBMISSIONS, consultation, sentences, sign_in

pytestmark = pytest.mark.django_db


def at(submission: Submission, part: str = "") -> str:
    return f"{SUBMISSIONS}{submission.pk}/{part}"


def points(submission: Submission) -> list[Point]:
    return list(submission.points.order_by("sort_order"))


def answered(point: Point, **fields: str) -> dict[str, str]:
    """The fields of the answer to a point as a browser sends them."""
    loaded = point.answer.answered_at.isoformat() if point.answer else ""
    whole = {"disposition": "", "reason": "", "change_made": "", "language": "en", "loaded": loaded} | fields
    return {f"point-{point.pk}-{name}": value for name, value in whole.items()}


def messages(response: Any) -> list[str]:
    return [" ".join(str(message).split()) for message in response.context["messages"]]


def late_letter(docket: Docket) -> Submission:
    return domain.receive_submission(
        docket,
        language="en",
        publication_preference=PublicationPreference.WITHOUT_NAME,
        text="A letter that came late.",
        channel=Channel.POST,
        entered_by=OfficialFactory(role=Role.CASE_OFFICER),
        received_at=timezone.now() - timedelta(hours=1),
    ).submission


@pytest.fixture
def officer() -> Client:
    return sign_in(Role.CASE_OFFICER)


def test_a_comment_is_shown_as_plain_text_whatever_it_holds(officer: Client) -> None:
    hostile = '<script>alert(1)</script> <img src=x onerror="alert(2)"> &amp; {{ 7|add:7 }}'
    submission = send(consultation(open=True), text=hostile, measure_texts={}, name="<b>Bold</b>")
    html = officer.get(at(submission)).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &lt;img src=x onerror=&quot;alert(2)&quot;&gt; &amp;amp;" in html
    assert "{{ 7|add:7 }}" in html
    assert "&lt;b&gt;Bold&lt;/b&gt;" in html


def test_a_comment_shows_when_and_how_it_came_and_who_typed_it_in(officer: Client) -> None:
    letter = late_letter(consultation(closed=True))
    page = sentences(officer.get(at(letter)))
    for words in ("post", "typed in by", "late", "English", "Publish my comment without my name"):
        assert words in page, words


def test_a_comment_is_marked_as_read_with_one_press(officer: Client) -> None:
    submission = send(consultation(open=True))
    page = officer.post(at(submission, "read/"), follow=True)
    submission.refresh_from_db()
    assert submission.read_at is not None
    assert messages(page) == ["Marked as read."]
    assert "Mark as read" not in sentences(page)
    again = officer.post(at(submission, "read/"))
    assert "This comment is read already." in sentences(again)


def test_a_comment_is_published_with_one_press_under_the_name_that_its_author_wished(officer: Client) -> None:
    docket = consultation(open=True)
    wishes = {
        PublicationPreference.WITH_NAME: "Aino Example",
        PublicationPreference.WITHOUT_NAME: "Without a name",
    }
    for wish, shown in wishes.items():
        submission = send(docket, publication_preference=wish)
        page = officer.post(at(submission, "publish/"), follow=True)
        assert messages(page) == [f"{submission.tracking_number} is public, as from: {shown}."]
        submission.refresh_from_db()
        assert submission.publication_state == PublicationState.PUBLISHED


def test_a_comment_that_is_not_to_be_published_has_no_button_and_is_not(officer: Client) -> None:
    submission = send(consultation(open=True), publication_preference=PublicationPreference.NOT_PUBLISHED)
    page = officer.get(at(submission))
    assert not page.context["acts"]["publish"]
    assert "not for publication" in sentences(page)
    refused = officer.post(at(submission, "publish/"))
    assert "The submitter asked for this comment not to be published." in sentences(refused)
    submission.refresh_from_db()
    assert submission.publication_state == PublicationState.PENDING


def test_a_comment_that_is_held_is_published_only_after_somebody_says_that_they_looked(officer: Client) -> None:
    submission = send(consultation(open=True), suspicion=Suspicion.TOO_FAST)
    assert "sent faster than anybody can type" in sentences(officer.get(at(submission)))
    refused = officer.post(at(submission, "publish/"))
    assert "Read it, and confirm that a person wrote it." in sentences(refused)
    assert officer.post(at(submission, "publish/"), {"despite_suspicion": "on"}).status_code == 302
    submission.refresh_from_db()
    assert submission.publication_state == PublicationState.PUBLISHED


def test_a_withheld_comment_leaves_a_note_in_its_place_and_keeps_its_words(officer: Client) -> None:
    docket = consultation(open=True)
    submission = send(docket, text="Call Aino on 555 0100.", measure_texts={})
    officer.post(at(submission, "publish/"))
    officer.post(at(submission, "withhold/"), {"reason": ModerationReason.PERSONAL_DATA.value})
    submission.refresh_from_db()
    assert (submission.publication_state, submission.text) == (PublicationState.WITHHELD, "Call Aino on 555 0100.")
    public = sentences(Client().get(f"/en/consultations/{docket.slug}/comments/"))
    assert "555 0100" not in public
    assert "it contains personal data of somebody" in public
    assert "Call Aino on 555 0100." in sentences(officer.get(at(submission)))


@pytest.mark.parametrize("sent", [{}, {"reason": ""}, {"reason": "because"}])
def test_nothing_is_withheld_without_one_of_the_published_reasons(officer: Client, sent: dict[str, str]) -> None:
    submission = send(consultation(open=True))
    page = officer.post(at(submission, "withhold/"), sent)
    assert "reason" in page.context["form"].errors
    submission.refresh_from_db()
    assert submission.publication_state == PublicationState.PENDING


def test_whether_a_late_letter_counts_is_decided_with_a_reason_before_it_is_answered(officer: Client) -> None:
    letter = late_letter(consultation(closed=True))
    assert not officer.get(at(letter)).context["has_forms"]
    silent = officer.post(at(letter, "admissibility/"), {"admissible": "no", "reason": " "})
    assert "the reason is public" in sentences(silent)
    officer.post(at(letter, "admissibility/"), {"admissible": "yes", "reason": "See the postmark."})
    letter.refresh_from_db()
    assert (letter.state, letter.admissibility_reason) == (SubmissionState.ADMISSIBLE, "See the postmark.")
    assert officer.get(at(letter)).context["has_forms"]


def test_a_letter_that_came_too_late_has_its_reason_shown(officer: Client) -> None:
    letter = late_letter(consultation(closed=True))
    officer.post(at(letter, "admissibility/"), {"admissible": "no", "reason": "Three weeks late."})
    letter.refresh_from_db()
    assert letter.state == SubmissionState.INADMISSIBLE
    assert "Three weeks late." in sentences(officer.get(at(letter)))


def test_a_passage_becomes_a_point_of_its_own_only_word_for_word(officer: Client) -> None:
    docket = consultation(open=True)
    submission = send(docket, text="I agree. But measure monthly. And publish sooner.", measure_texts={})
    wrong = officer.post(at(submission, "point/"), {"text": "measure weekly"})
    assert "The passage must stand in the comment word for word." in sentences(wrong)
    assert wrong.context["form"]["text"].value() == "measure weekly"
    measure = docket.measures.get(number=1)
    officer.post(at(submission, "point/"), {"text": "measure monthly", "measure": measure.pk})
    taken = points(submission)[-1]
    assert (taken.text, taken.target, taken.measure, taken.is_passage) == (
        "measure monthly",
        PointTarget.MEASURE,
        measure,
        True,
    )


def test_a_point_cannot_be_about_a_measure_of_another_consultation(officer: Client) -> None:
    submission = send(consultation(slug="one", open=True))
    foreign = consultation(slug="two", open=True).measures.first()
    assert foreign is not None
    page = officer.post(at(submission, "point/"), {"text": "measure monthly", "measure": foreign.pk})
    assert "measure" in page.context["form"].errors


def test_all_points_of_a_comment_are_answered_on_one_page(officer: Client) -> None:
    submission = send(consultation(open=True))
    first, second = points(submission)
    sent = answered(first, disposition=Disposition.ACCEPTED.value, change_made="The threshold is 0.4 kg.")
    sent |= answered(second, disposition=Disposition.NOTED.value, reason="Monthly is too often.", language="fr")
    page = officer.post(at(submission), sent, follow=True)
    assert messages(page) == ["2 answers are saved."]
    stored = {response.point_id: response for response in OfficialResponse.objects.all()}
    assert (stored[first.pk].disposition, stored[first.pk].change_made) == (
        Disposition.ACCEPTED,
        "The threshold is 0.4 kg.",
    )
    assert (stored[second.pk].reason, stored[second.pk].language) == ("Monthly is too often.", "fr")
    submission.refresh_from_db()
    assert submission.read_at is not None


def test_a_point_may_wait_while_another_is_answered(officer: Client) -> None:
    submission = send(consultation(open=True))
    first, second = points(submission)
    officer.post(at(submission), answered(first, disposition=Disposition.ACCEPTED.value) | answered(second))
    assert [response.point for response in OfficialResponse.objects.all()] == [first]


@pytest.mark.parametrize("disposition", [each for each in Disposition if each is not Disposition.ACCEPTED])
def test_an_answer_without_its_reason_is_refused_and_no_word_of_the_others_is_lost(
    officer: Client, disposition: Disposition
) -> None:
    submission = send(consultation(open=True))
    first, second = points(submission)
    sent = answered(first, disposition=disposition.value)
    sent |= answered(second, disposition=Disposition.NOTED.value, reason="A long reason.")
    page = officer.post(at(submission), sent)
    assert page.status_code == 200
    assert not OfficialResponse.objects.exists()
    html = sentences(page)
    assert "Give a reason: an answer of" in html
    assert "A long reason." in html
    assert page.context["has_errors"]


def test_a_reason_without_a_disposition_is_no_answer(officer: Client) -> None:
    submission = send(consultation(open=True))
    first, second = points(submission)
    page = officer.post(at(submission), answered(first, reason="Interesting.") | answered(second))
    assert "Choose what becomes of this point: words without that are no answer." in sentences(page)
    assert not OfficialResponse.objects.exists()


def test_a_nonsense_disposition_is_refused_and_not_an_error(officer: Client) -> None:
    submission = send(consultation(open=True))
    first = points(submission)[0]
    page = officer.post(at(submission), answered(first, disposition="perhaps", language="xx"))
    assert page.status_code == 200
    assert not OfficialResponse.objects.exists()


def test_nothing_new_is_nothing_saved(officer: Client) -> None:
    submission = send(consultation(open=True))
    first, second = points(submission)
    page = officer.post(at(submission), answered(first) | answered(second), follow=True)
    assert messages(page) == ["There was nothing new to save."]


def test_two_officials_at_one_point_do_not_overwrite_each_other_unseen(officer: Client) -> None:
    submission = send(consultation(open=True), measure_texts={})
    [point] = points(submission)
    pekkas = answered(point, disposition=Disposition.NOTED.value, reason="Pekka’s reason.")
    olga = sign_in(Role.CASE_OFFICER, name="Olga")
    olga.post(at(submission), answered(point, disposition=Disposition.NOT_ACCEPTED.value, reason="Olga’s reason."))
    warned = officer.post(at(submission), pekkas)
    html = sentences(warned)
    assert "Olga Official answered this point while you were writing" in html
    assert "Olga’s reason." in html
    assert "Pekka’s reason." in html
    assert OfficialResponse.objects.get().reason == "Olga’s reason."
    loaded = warned.context["points"][0]["form"]["loaded"].value()
    officer.post(at(submission), pekkas | {f"point-{point.pk}-loaded": loaded})
    assert OfficialResponse.objects.get().reason == "Pekka’s reason."


def test_a_published_answer_is_shown_and_can_no_longer_be_written(officer: Client) -> None:
    docket = consultation(closed=True)
    submission = send(docket, measure_texts={})
    answer(submission, at=timezone.now())
    officer.post(f"{DESKS}{docket.pk}/answers/publish/")
    page = officer.get(at(submission))
    assert not page.context["has_forms"]
    assert "We took note of it." in sentences(page)
    [point] = points(submission)
    officer.post(at(submission), answered(point, disposition=Disposition.ACCEPTED.value))
    assert OfficialResponse.objects.get().disposition == Disposition.NOTED


def test_the_answers_of_a_consultation_are_published_at_once_after_a_look_at_all(officer: Client) -> None:
    docket = consultation(closed=True)
    for number in range(3):
        answer(send(docket, text=f"Point {number}.", measure_texts={}), at=timezone.now())
    page = officer.get(f"{DESKS}{docket.pk}/answers/publish/")
    assert len(page.context["answers"]) == 3
    assert "3 answers are ready" in sentences(page)
    assert messages(officer.post(f"{DESKS}{docket.pk}/answers/publish/", follow=True)) == ["3 answers are public."]
    assert not OfficialResponse.objects.unpublished().exists()
    assert "No answer is waiting" in sentences(officer.get(f"{DESKS}{docket.pk}/answers/publish/"))
    again = officer.post(f"{DESKS}{docket.pk}/answers/publish/")
    assert "No answer is waiting for publication." in sentences(again)


def test_one_walks_from_comment_to_comment_and_to_the_next_that_waits(officer: Client) -> None:
    docket = consultation(open=True)
    first, second, third = (send(docket, text=f"Comment {number}.") for number in range(3))
    answer(second, at=timezone.now())
    page = officer.get(at(first))
    assert (page.context["position"], page.context["total"]) == (1, 3)
    assert (page.context["previous"], page.context["next"], page.context["next_waiting"]) == (None, second, third)
    page = officer.get(at(third))
    assert (page.context["previous"], page.context["next"], page.context["next_waiting"]) == (second, None, first)


def test_saving_leads_on_to_the_next_that_waits(officer: Client) -> None:
    docket = consultation(open=True)
    first, second = (send(docket, text=f"Comment {number}.", measure_texts={}) for number in range(2))
    [point] = points(first)
    sent = answered(point, disposition=Disposition.ACCEPTED.value) | {"next": "1"}
    assert officer.post(at(first), sent)["Location"] == at(second)


def test_a_comment_asks_the_database_as_often_for_three_points_as_for_one(
    officer: Client, assert_same_queries: AssertSameQueries
) -> None:
    docket = consultation(open=True)
    submission = send(docket, text="Measure monthly, report yearly, publish at once, and explain it.")
    clerk = OfficialFactory.create(role=Role.CASE_OFFICER)
    passages = iter(("Measure monthly", "report yearly", "publish at once"))

    def add() -> None:
        point = domain.add_point(submission, actor=clerk, text=next(passages))
        domain.answer_point(point, actor=clerk, disposition=Disposition.ACCEPTED)

    assert_same_queries(officer, lambda: at(submission), add)


def test_the_history_of_a_comment_says_who_did_what(officer: Client) -> None:
    submission = send(consultation(open=True))
    olga = sign_in(Role.FACILITATOR, name="Olga")
    olga.post(at(submission, "publish/"))
    page = sentences(officer.get(at(submission, "history/")))
    for words in ("Olga Official", "A comment was published."):
        assert words in page, words


def test_a_comment_that_is_not_there_is_not_found(officer: Client) -> None:
    for part in ("", "read/", "publish/", "withhold/", "history/"):
        assert officer.get(f"{SUBMISSIONS}999999/{part}", follow=True).status_code == 404, part
    assert officer.get(f"{DESKS}999999/", follow=True).status_code == 404
