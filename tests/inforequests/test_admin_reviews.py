"""A reviewer's desk: the cases before the own body, the file of each, and nothing else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.roles import Role
from inforequests import domain
from inforequests.enums import (
    ClockKind,
    Disposition,
    Limb,
    ReviewOutcome,
    ReviewRoute,
    ReviewStage,
    Stage,
    Timeliness,
)
from inforequests.models import InformationRequest, ReviewBody, ReviewCase
from tests.conftest import AssertSameQueries
from tests.consultations.factories import OfficialFactory
from tests.inforequests.factories import again, answer, item_of, person, refused, review, send, withhold
from tests.inforequests.officials import REQUESTS, REVIEWS, desk, said, sentences, sign_in

pytestmark = pytest.mark.django_db


def filed() -> ReviewCase:
    """A refusal before the review body, as of now."""
    now = timezone.now()
    return review(refused(at=now, name="Aino Example"), at=now)


def elsewhere() -> ReviewCase:
    """A case before another body, whose reviewer is somebody else."""
    other = ReviewBody.objects.create(
        route=ReviewRoute.COURT, name_en="Court", legal_basis_en="Code", how_en="In writing.", receives_here=True
    )
    other.members.add(OfficialFactory.create(email="judge@example.org", role=Role.REVIEWER))
    sent = refused(at=timezone.now())
    return domain.open_review(sent.request, key=sent.secret, limb=Limb.REFUSED_IN_FULL, body=other)


def test_a_reviewer_sees_the_cases_before_the_own_body_and_no_other() -> None:
    mine, other = filed(), elsewhere()
    reviewer = sign_in(Role.REVIEWER)
    assert list(reviewer.get(REVIEWS).context["object_list"]) == [mine]
    assert reviewer.get(f"{REVIEWS}{mine.pk}/").status_code == 200
    for part in ("", "stage/", "decide/"):
        assert reviewer.get(f"{REVIEWS}{other.pk}/{part}", follow=True).status_code == 404
        assert reviewer.post(f"{REVIEWS}{other.pk}/{part}", {"stage": "inquiry"}, follow=True).status_code in {404, 405}
    other.refresh_from_db()
    assert other.stage == ReviewStage.FILED


def test_a_reviewer_reads_the_whole_file_of_the_case_but_not_who_asked() -> None:
    case = filed()
    text = sign_in(Role.REVIEWER).get(f"{REVIEWS}{case.pk}/").content.decode()
    for words in (
        "Everything I asked was kept back, and I think that is wrong.",
        "How much mercury did the smelter of Vel release",
        "The quantity would tell competitors how much is made.",
        case.request.tracking_number,
    ):
        assert words in text
    assert "Aino Example" not in text


def test_a_reviewer_sees_no_request_by_any_other_way() -> None:
    case = filed()
    reviewer = sign_in(Role.REVIEWER)
    for path in (REQUESTS, desk(case.request), desk(case.request, "history/"), f"{REQUESTS}?q=mercury"):
        assert reviewer.get(path).status_code == 302


@pytest.mark.parametrize("role", [role for role in [*Role, None] if role is not Role.REVIEWER], ids=str)
def test_nobody_else_has_a_desk_of_reviews(role: Role | None) -> None:
    case = filed()
    for part in ("", f"{case.pk}/", f"{case.pk}/stage/", f"{case.pk}/decide/"):
        assert sign_in(role).get(f"{REVIEWS}{part}").status_code == (302 if role else 403)
    sign_in(role).post(
        f"{REVIEWS}{case.pk}/decide/", {"outcome": "decision_upheld", "language": "en", "reasons": "No."}
    )
    case.refresh_from_db()
    assert case.is_open


def test_a_reviewer_records_how_far_the_review_has_got() -> None:
    case = filed()
    done = sign_in(Role.REVIEWER).post(
        f"{REVIEWS}{case.pk}/stage/", {"stage": "inquiry", "file_number": "AC 17/26"}, follow=True
    )
    case.refresh_from_db()
    assert (case.stage, case.file_number) == (ReviewStage.INQUIRY, "AC 17/26")
    assert said(done) == ["Recorded. Both sides can see it."]


def test_a_decision_needs_reasons_and_an_order_needs_items_and_a_day() -> None:
    case = filed()
    reviewer = sign_in(Role.REVIEWER)
    path = f"{REVIEWS}{case.pk}/decide/"
    assert sentences(reviewer.post(path, {"outcome": "decision_upheld", "language": "en", "reasons": " "})) == [
        "Give the reasons of the decision: both sides have to read them."
    ]
    refusal = reviewer.post(
        path, {"outcome": "decision_overturned", "language": "en", "reasons": "Releases are public."}
    )
    assert sentences(refusal) == [
        "Choose the questions that have to be answered anew.",
        "Set the day by which the authority has to comply.",
    ]
    assert refusal.context["form"]["reasons"].value() == "Releases are public."
    past = {"comply_by": "2020-01-01", "items": [item.pk for item in case.request.items.all()]}
    assert sentences(
        reviewer.post(path, {"outcome": "decision_overturned", "language": "en", "reasons": "No.", **past})
    ) == ["The day by which the authority has to comply is over already. Choose a later one."]
    assert reviewer.post(path, {}).context["form"].errors["outcome"] == ["Choose the outcome."]


def test_an_overturned_decision_reopens_the_question_with_a_day_to_comply_by() -> None:
    case = filed()
    comply_by = (timezone.localtime() + timedelta(days=10)).date()
    item = case.request.items.get()
    data = {
        "outcome": "decision_overturned",
        "language": "en",
        "reasons": "Releases are public.",
        "items": [item.pk],
        "comply_by": comply_by.isoformat(),
    }
    done = sign_in(Role.REVIEWER).post(f"{REVIEWS}{case.pk}/decide/", data, follow=True)
    assert said(done) == ["The review is decided. Both sides are told."]
    request = InformationRequest.objects.with_items().get(pk=case.request_id)
    assert request.clock is not None
    assert (request.stage, request.clock.kind, request.clock.last_day) == (
        Stage.IN_HAND,
        ClockKind.COMPLIANCE,
        comply_by,
    )
    officer = sign_in(Role.CASE_OFFICER)
    assert bool(officer.get(desk(request)).context["rows"][0].answer_url)
    assert "Last day to comply with the review" in officer.get(desk(request)).content.decode()
    answer(item_of(request), Disposition.PROVIDED, at=timezone.now())
    send(request, at=timezone.now())
    assert request.clocks.get(kind=ClockKind.COMPLIANCE).timeliness() is Timeliness.IN_TIME


def test_a_decided_review_cannot_be_decided_again() -> None:
    case = filed()
    reviewer = sign_in(Role.REVIEWER)
    upheld = {"outcome": "decision_upheld", "language": "en", "reasons": "The ground fits."}
    reviewer.post(f"{REVIEWS}{case.pk}/decide/", upheld, follow=True)
    assert said(reviewer.get(f"{REVIEWS}{case.pk}/decide/", follow=True)) == [
        "This review is decided: it stands as it is."
    ]
    assert sentences(reviewer.post(f"{REVIEWS}{case.pk}/decide/", upheld)) == [
        "This review is decided: it stands as it is."
    ]
    case.refresh_from_db()
    assert case.outcome == ReviewOutcome.DECISION_UPHELD


def test_a_second_reviewer_of_the_same_body_sees_the_same_cases() -> None:
    case = filed()
    colleague = OfficialFactory.create(email="second@example.org", role=Role.REVIEWER)
    case.body.members.add(colleague)
    assert list(ReviewCase.objects.before(colleague)) == [case]


def test_the_list_of_cases_asks_the_same_number_of_questions_whatever_its_length(
    assert_same_queries: AssertSameQueries,
) -> None:
    filed()
    assert_same_queries(sign_in(Role.REVIEWER), lambda: REVIEWS, filed)


def test_the_page_of_a_case_asks_the_same_number_of_questions_whatever_its_length(
    assert_same_queries: AssertSameQueries,
) -> None:
    case = filed()
    item = again(domain.Sent(case.request, "", is_new=False)).request.sorted_items[0]

    def more() -> None:
        clone = item.request.items.create(number=item.request.items.count() + 1, text="More?", added_at=item.added_at)
        InformationRequest.objects.filter(pk=item.request_id).update(stage=Stage.IN_HAND)
        withhold(clone, at=timezone.now())

    assert_same_queries(sign_in(Role.REVIEWER), lambda: f"{REVIEWS}{case.pk}/", more)


def test_who_leaves_the_body_leaves_its_cases() -> None:
    case = filed()
    case.body.members.remove(person(Role.REVIEWER))
    assert sign_in(Role.REVIEWER).get(f"{REVIEWS}{case.pk}/", follow=True).status_code == 404
