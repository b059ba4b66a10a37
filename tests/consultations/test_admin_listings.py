"""The two lists: what they show, find and export, and that they ask the database as often for three rows as for one."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from accounts.roles import Role
from consultations import domain
from consultations.enums import (
    Channel,
    ConsiderationState,
    DisplayState,
    ModerationReason,
    PublicationPreference,
    PublicationState,
    Suspicion,
)
from consultations.models import Docket, Submission
from tests.conftest import AssertSameQueries
from tests.consultations.factories import OfficialFactory, answer, publish, send
from tests.consultations.officials import DESKS, SUBMISSIONS, consultation, sign_in

pytestmark = pytest.mark.django_db

# The trait of a docket, and what it is found by.
BY_STATE = {
    "draft": {},
    DisplayState.UPCOMING.value: {"upcoming": True},
    DisplayState.OPEN.value: {"open": True},
    DisplayState.UNDER_CONSIDERATION.value: {"closed": True},
    DisplayState.CONCLUDED.value: {"decided": True},
    DisplayState.DISCONTINUED.value: {"discontinued": True},
}


def listed(client: Any, path: str) -> list[str]:
    """The rows of a list, each by its name."""
    page = client.get(path)
    assert page.status_code == 200
    return [str(row) for row in page.context["object_list"]]


def names(*rows: Docket | Submission) -> list[str]:
    return [str(row) for row in rows]


def rows_of_csv(response: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(b"".join(response.streaming_content).decode())))


def test_an_official_finds_a_comment_however_its_number_is_typed_and_by_the_senders_address() -> None:
    docket = consultation(open=True)
    submission, _other = send(docket, email="ada@engine.example"), send(docket)
    number = submission.tracking_number
    officer = sign_in(Role.CASE_OFFICER)
    for typed in (number.replace("-", ""), number.lower(), number.replace("-", " "), "ada@ENGINE"):
        assert listed(officer, f"{SUBMISSIONS}?q={typed}") == [number]


def test_the_list_of_consultations_shows_where_each_stands() -> None:
    docket = consultation(open=True, title="Mercury")
    send(docket)
    html = sign_in(Role.CASE_OFFICER).get(DESKS).content.decode()
    for words in (docket.reference, "Mercury (en)", "Open for comments", f"{DESKS}{docket.pk}/"):
        assert words in html, words
    assert sign_in(Role.CASE_OFFICER).get(DESKS).context["object_list"][0].unread_count == 1


def test_a_consultation_that_is_read_has_nothing_unread_and_one_that_does_not_count_neither() -> None:
    docket = consultation(open=True)
    officer = OfficialFactory(role=Role.CASE_OFFICER)
    domain.mark_read(send(docket), actor=officer)
    send(docket)
    late = domain.receive_submission(
        docket,
        language="en",
        publication_preference=PublicationPreference.WITHOUT_NAME,
        text="Early bird.",
        channel=Channel.POST,
        entered_by=officer,
        received_at=docket.published_at,
    ).submission
    domain.decide_admissibility(late, actor=officer, admissible=False, reason="Too early.")
    row = sign_in(Role.CASE_OFFICER).get(DESKS).context["object_list"][0]
    assert (row.submission_count, row.unread_count) == (3, 1)


def test_consultations_are_found_by_the_state_that_the_public_is_told() -> None:
    dockets = {state: consultation(**traits) for state, traits in BY_STATE.items()}
    client = sign_in(Role.CASE_OFFICER)
    for state, docket in dockets.items():
        assert listed(client, f"{DESKS}?state={state}") == names(docket), state


def test_consultations_are_found_by_what_is_due() -> None:
    closing = consultation(slug="closing", closing=True)
    overdue = consultation(slug="overdue", closed=True)
    Docket.objects.filter(pk=overdue.pk).update(decision_expected_by=timezone.now().date() - timedelta(days=2))
    consultation(slug="draft")
    client = sign_in(Role.CASE_OFFICER)
    assert listed(client, f"{DESKS}?deadline=closing_soon") == names(closing)
    assert listed(client, f"{DESKS}?deadline=overdue") == names(overdue)
    assert "Decision overdue" in client.get(DESKS).content.decode()
    assert "Closing soon" in client.get(DESKS).content.decode()


def test_consultations_are_found_by_words_in_every_language_whatever_the_capitals() -> None:
    docket = consultation(slug="ours", title="Ртуть в воде")
    consultation(slug="other", title="Something else")
    client = sign_in(Role.CASE_OFFICER)
    for words in (docket.reference, docket.reference.lower(), "ртуть", "РТУТЬ", "воде"):
        assert listed(client, f"{DESKS}?q={words}") == names(docket), words


def test_a_nonsense_filter_or_search_is_answered_and_not_an_error() -> None:
    consultation(open=True)
    client = sign_in(Role.CASE_OFFICER)
    for query in (
        "?state=nonsense",
        "?deadline=1",
        "?q=%00",
        "?q=%22",
        "?ordering=secret",
        "?p=99",
        f"?q={'x' * 3000}",
    ):
        assert client.get(DESKS + query).status_code == 200, query
        assert client.get(SUBMISSIONS + query).status_code == 200, query
    assert client.get(f"{SUBMISSIONS}?docket=nonsense&waits_for=x").status_code == 200


def test_consultations_can_be_put_in_order() -> None:
    first, second = consultation(slug="a", title="Alpha", open=True), consultation(slug="b", title="Beta", open=True)
    send(second)
    client = sign_in(Role.CASE_OFFICER)
    assert listed(client, f"{DESKS}?ordering=title_en") == names(first, second)
    assert listed(client, f"{DESKS}?ordering=-title_en") == names(second, first)
    assert listed(client, f"{DESKS}?ordering=-unread_count") == names(second, first)


def test_the_list_of_consultations_asks_as_often_for_three_rows_as_for_one(
    assert_same_queries: AssertSameQueries,
) -> None:
    def add() -> None:
        send(consultation(open=True))

    assert_same_queries(sign_in(Role.CASE_OFFICER), lambda: DESKS, add)


def test_the_list_of_submissions_asks_as_often_for_three_rows_as_for_one(
    assert_same_queries: AssertSameQueries,
) -> None:
    docket = consultation(open=True)

    def add() -> None:
        submission = send(docket)
        answer(publish(submission, at=timezone.now()), at=timezone.now())

    assert_same_queries(sign_in(Role.CASE_OFFICER), lambda: SUBMISSIONS, add)


def test_a_desk_asks_as_often_for_three_comments_as_for_one(assert_same_queries: AssertSameQueries) -> None:
    docket = consultation(open=True)

    def add() -> None:
        answer(send(docket), at=timezone.now())

    assert_same_queries(sign_in(Role.CASE_OFFICER), lambda: f"{DESKS}{docket.pk}/", add)


def test_submissions_are_found_by_each_of_their_axes() -> None:
    docket, other = consultation(slug="one", open=True), consultation(slug="two", open=True)
    now = timezone.now()
    waiting = send(docket, text="First.")
    held = send(docket, text="Second.", suspicion=Suspicion.TOO_FAST, language="ru")
    public = publish(send(docket, text="Third.", language="fr"), at=now)
    answered = send(other, text="Fourth.", publication_preference=PublicationPreference.NOT_PUBLISHED)
    answer(answered, at=now)
    withheld = domain.withhold_submission(
        send(other, text="Fifth."), actor=OfficialFactory(role=Role.CASE_OFFICER), reason=ModerationReason.SPAM
    )
    client = sign_in(Role.CASE_OFFICER)
    found = {
        f"?docket={docket.pk}": {waiting, held, public},
        f"?publication_state={PublicationState.PENDING}": {waiting, held, answered},
        f"?publication_state={PublicationState.PUBLISHED}": {public},
        f"?publication_state={PublicationState.WITHHELD}": {withheld},
        f"?consideration={ConsiderationState.UNREAD}": {waiting, held, public, withheld},
        f"?consideration={ConsiderationState.DISPOSED}": {answered},
        f"?channel={Channel.WEB}": {waiting, held, public, answered, withheld},
        f"?channel={Channel.POST}": set(),
        "?written_in=ru": {held},
        "?waits_for=held": {held},
        "?waits_for=pending": {waiting, held},
        "?waits_for=unread": {waiting, held, public, withheld},
        "?waits_for=late": set(),
        "?waits_for=answers": set(),
    }
    for query, submissions in found.items():
        assert set(listed(client, SUBMISSIONS + query)) == set(names(*submissions)), query


def test_submissions_are_found_by_number_text_and_sender() -> None:
    docket = consultation(open=True)
    sought = send(docket, text="Ртуть накапливается в рыбе.", name="", organisation="Чистая вода", measure_texts={})
    send(docket, text="Something else.", measure_texts={})
    client = sign_in(Role.CASE_OFFICER)
    for words in (sought.tracking_number, sought.tracking_number.lower(), "ртуть", "рыбе", "чистая"):
        assert listed(client, f"{SUBMISSIONS}?q={words}") == names(sought), words


def test_a_filter_by_language_does_not_turn_the_admin_into_that_language() -> None:
    consultation(open=True)
    client = sign_in(Role.CASE_OFFICER)
    client.get(f"{SUBMISSIONS}?written_in=ru")
    assert 'lang="en"' in client.get(SUBMISSIONS).content.decode()[:200]


def test_the_exported_list_of_submissions_agrees_with_the_page_and_the_site() -> None:
    docket = consultation(open=True)
    now = timezone.now()
    named = publish(send(docket, text="Yes.", name="Aino Example"), at=now)
    unnamed = send(docket, text="No.", name="Secret", publication_preference=PublicationPreference.WITHOUT_NAME)
    client = sign_in(Role.CASE_OFFICER)
    rows = rows_of_csv(client.get(f"{SUBMISSIONS}?export=csv"))
    shown = listed(client, SUBMISSIONS)
    assert [row["Tracking number"] for row in rows] == shown
    by_number = {row["Tracking number"]: row for row in rows}
    assert by_number[named.tracking_number]["Publication"] == "published"
    assert by_number[named.tracking_number]["Author as the public is told"] == "Aino Example"
    assert by_number[unnamed.tracking_number]["Publication"] == "not published yet"
    assert by_number[unnamed.tracking_number]["Author as the public is told"] == "Without a name"
    assert by_number[unnamed.tracking_number]["Text"] == "M1: Half a kilogram is right.\n\nNo."
    assert "Secret" not in str(rows)
    filtered = rows_of_csv(client.get(f"{SUBMISSIONS}?export=csv&publication_state={PublicationState.PUBLISHED}"))
    assert [row["Tracking number"] for row in filtered] == [named.tracking_number]


def test_the_spreadsheet_holds_the_same_as_the_csv() -> None:
    send(consultation(open=True), text="Yes.")
    client = sign_in(Role.CASE_OFFICER)
    rows = rows_of_csv(client.get(f"{SUBMISSIONS}?export=csv"))
    spreadsheet: Any = client.get(f"{SUBMISSIONS}?export=xlsx")
    book = load_workbook(BytesIO(b"".join(spreadsheet.streaming_content)))
    header, *cells = book.active.iter_rows(values_only=True)
    column = header.index("Text")
    assert [row[column] for row in cells] == [row["Text"] for row in rows]
    assert list(header) == list(rows[0])


def test_what_the_public_wrote_is_never_run_by_a_spreadsheet() -> None:
    send(consultation(open=True), text='=HYPERLINK("http://evil.example")', measure_texts={})
    client = sign_in(Role.CASE_OFFICER)
    [row] = rows_of_csv(client.get(f"{SUBMISSIONS}?export=csv"))
    assert row["Text"] == '\'=HYPERLINK("http://evil.example")'


def test_the_exported_list_of_consultations_agrees_with_the_page() -> None:
    docket = consultation(open=True, title="Mercury")
    send(docket)
    [row] = rows_of_csv(sign_in(Role.AUDITOR).get(f"{DESKS}?export=csv"))
    expected = {
        "Reference": docket.reference,
        "Title in French": "Mercury (fr)",
        "Stands at": "Open for comments",
        "Submissions": "1",
        "Unread": "1",
    }
    assert {name: row[name] for name in expected} == expected
