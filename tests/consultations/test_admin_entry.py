"""Entering what came on paper, by mail or at a hearing: under its true author, in the same register."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from accounts.roles import Role
from consultations.enums import Channel, PublicationPreference, SubmissionState, SubmitterType
from consultations.models import Docket, Submission
from design.formats import authority_zone
from tests.consultations.factories import send
from tests.consultations.officials import DESKS, consultation, official, sent_by, sentences

pytestmark = pytest.mark.django_db


def typed(moment: datetime) -> str:
    return moment.astimezone(authority_zone()).strftime("%Y-%m-%d %H:%M")


def enter(client: Client, docket: Docket, **fields: Any) -> Any:
    """Fills in the form and sends it."""
    path = f"{DESKS}{docket.pk}/enter/"
    data = sent_by(client.get(path).context["form"])
    data |= {
        "channel": Channel.POST.value,
        "received_at": typed(timezone.now() - timedelta(days=2)),
        "language": "ru",
        "submitter_type": SubmitterType.INDIVIDUAL.value,
        "name": "Марина Автор",
        "publication_preference": PublicationPreference.WITH_NAME.value,
        "text": "Порог должен быть ниже.",
    }
    return client.post(path, data | fields)


@pytest.fixture
def clerk() -> Any:
    return official(Role.CASE_OFFICER, name="Klaus")


@pytest.fixture
def desk(clerk: Any) -> Client:
    client = Client()
    client.force_login(clerk)
    return client


def test_a_letter_is_entered_under_its_author_and_the_clerk_stands_in_the_file_only(desk: Client, clerk: Any) -> None:
    docket = consultation(open=True)
    page = enter(desk, docket, measure_1="Полкилограмма — правильно.")
    letter = Submission.objects.get()
    assert (letter.channel, letter.language, letter.entered_by) == (Channel.POST, "ru", clerk)
    assert letter.submitter is not None
    assert letter.submitter.name == "Марина Автор"
    assert letter.public_author == "Марина Автор"
    assert {point.measure_number: point.text for point in letter.points.all()} == {
        1: "Полкилограмма — правильно.",
        None: "Порог должен быть ниже.",
    }
    assert not letter.received_late
    assert letter.tracking_number in sentences(page)
    desk.post(f"/admin/submissions/{letter.pk}/publish/")
    public = sentences(Client().get(f"/en/consultations/{docket.slug}/comments/"))
    assert "Марина Автор" in public
    assert "Klaus" not in public
    assert "typed in by Klaus Official" in sentences(desk.get(f"/admin/submissions/{letter.pk}/"))


def test_without_an_address_the_slip_holds_the_number_and_the_key_to_be_handed_over(desk: Client) -> None:
    page = enter(desk, consultation(open=True))
    assert page.context["secret"] in sentences(page)
    assert "Give the author the receipt: it holds the number and the key." in sentences(page)
    assert mail.outbox == []


def test_with_an_address_the_receipt_goes_there_in_the_authors_language(
    desk: Client, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        page = enter(desk, consultation(open=True), email="marina@example.org")
    assert "The receipt was sent to the author’s e-mail address." in sentences(page)
    [letter] = mail.outbox
    assert letter.to == ["marina@example.org"]
    assert letter.extra_headers["Content-Language"] == "ru"


def test_a_page_loaded_twice_enters_one_comment_and_shows_the_same_slip(desk: Client) -> None:
    docket = consultation(open=True)
    token = {"form_token": "the-same-form"}
    first, second = enter(desk, docket, **token), enter(desk, docket, **token)
    assert Submission.objects.count() == 1
    assert first.context["secret"] == second.context["secret"]


def test_what_came_after_closing_is_late_and_waits_for_a_word_on_whether_it_counts(desk: Client) -> None:
    docket = consultation(closed=True)
    page = enter(desk, docket, received_at=typed(timezone.now() - timedelta(hours=1)))
    letter = Submission.objects.get()
    assert (letter.received_late, letter.state) == (True, SubmissionState.RECEIVED)
    assert "decide next whether it counts" in sentences(page)


def test_what_came_in_time_and_is_typed_in_after_closing_is_not_late(desk: Client) -> None:
    docket = consultation(closed=True)
    enter(desk, docket, received_at=typed(timezone.now() - timedelta(days=3)))
    assert not Submission.objects.get().received_late


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"received_at": typed(timezone.now() + timedelta(days=5))}, "A comment cannot have come in the future"),
        ({"received_at": "2020-01-01 10:00"}, "A comment cannot have come before the consultation was published."),
        ({"text": "   "}, "Write at least one comment: on a measure, or on the proposal as a whole."),
        ({"received_at": "yesterday"}, "Enter a valid date/time."),
        ({"channel": "pigeon"}, "pigeon is not one of the available choices."),
        ({"channel": Channel.WEB.value}, "web is not one of the available choices."),
        ({"email": "marina"}, "This is not a complete e-mail address. It looks like name@example.org."),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence_and_nothing_typed_is_lost(
    desk: Client, fields: dict[str, str], sentence: str
) -> None:
    page = enter(desk, consultation(open=True), organisation="НПО «Чистая вода»", **fields)
    assert sentence in sentences(page)
    assert "НПО «Чистая вода»" in sentences(page)
    assert not Submission.objects.exists()


def test_what_came_in_the_minute_of_publication_came_after_it(desk: Client) -> None:
    docket = consultation(open=True)
    assert docket.published_at is not None
    Docket.objects.filter(pk=docket.pk).update(published_at=docket.published_at.replace(second=45))
    enter(desk, docket, received_at=typed(docket.published_at))
    assert Submission.objects.count() == 1


def test_letters_and_web_comments_stand_in_one_list(desk: Client) -> None:
    docket = consultation(open=True)
    send(docket)
    enter(desk, docket)
    assert len(desk.get(f"/admin/submissions/?docket={docket.pk}").context["object_list"]) == 2


def test_the_history_says_who_entered_it(desk: Client) -> None:
    enter(desk, consultation(open=True))
    letter = Submission.objects.get()
    assert "Klaus Official" in sentences(desk.get(f"/admin/submissions/{letter.pk}/history/"))


def test_the_receipt_to_hand_over_holds_number_and_key_in_the_language_of_the_author(desk: Client) -> None:
    docket = consultation(open=True)
    page = enter(desk, docket)
    token, letter = page.context["form"]["form_token"].value(), Submission.objects.get()
    path = f"{DESKS}{docket.pk}/enter/receipt/"
    assert f'action="{path}"' in page.content.decode()
    given = desk.post(path, {"form_token": token})
    assert given["Content-Disposition"] == f'attachment; filename="{letter.tracking_number}.pdf"'
    reader = PdfReader(BytesIO(given.content))
    printed = "".join(sheet.extract_text() for sheet in reader.pages)
    catalogue: Any = reader.trailer["/Root"]
    assert (letter.tracking_number in printed, page.context["secret"] in printed) == (True, True)
    assert catalogue["/Lang"] == "ru"


def test_nobody_else_gets_the_receipt_to_hand_over(desk: Client) -> None:
    docket = consultation(open=True)
    token = enter(desk, docket).context["form"]["form_token"].value()
    path = f"{DESKS}{docket.pk}/enter/receipt/"
    assert desk.post(f"/en{path}", {"form_token": "another"}).status_code == 404
    assert desk.get(path).status_code == 405
    decider = Client()
    decider.force_login(official(Role.DECISION_MAKER))
    assert decider.post(path, {"form_token": token})["Content-Type"] != "application/pdf"
