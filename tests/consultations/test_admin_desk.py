"""The desk of a consultation, its acts as a whole, and what waits for whom on the first page."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.roles import Role
from consultations import domain
from consultations.enums import EditorialState, HandlingState, PeriodKind, Suspicion
from consultations.models import ConsultationPage, Docket
from design.desk.waiting import WaitingPanel
from design.formats import authority_zone, format_instant
from tests.consultations.factories import OfficialFactory, answer, new_decision, send
from tests.consultations.officials import (
    DESKS,
    SUBMISSIONS,
    consultation,
    in_three_languages,
    plain,
    sentences,
    sign_in,
)

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def at(docket: Docket, part: str = "") -> str:
    return f"{DESKS}{docket.pk}/{part}"


def typed(moment: datetime) -> str:
    return moment.astimezone(authority_zone()).strftime("%Y-%m-%d %H:%M")


def messages(response: Any) -> list[str]:
    return [" ".join(str(message).split()) for message in response.context["messages"]]


@pytest.fixture
def officer() -> Client:
    return sign_in(Role.CASE_OFFICER)


@pytest.fixture
def chief() -> Client:
    return sign_in(Role.DECISION_MAKER)


def test_the_desk_shows_where_a_consultation_stands_as_the_public_is_told(officer: Client) -> None:
    docket = consultation(open=True)
    page = sentences(officer.get(at(docket)))
    closing = docket.closes_at()
    assert closing is not None
    for words in ("Open for comments", "Comments close", format_instant(closing), "14 days left", "0.5 kg a year"):
        assert plain(words) in page, words


def test_the_desk_says_how_many_points_are_answered_and_whether_the_gate_is_open(officer: Client) -> None:
    docket = consultation(open=True)
    answer(send(docket), at=timezone.now())
    send(docket)
    page = sentences(officer.get(at(docket)))
    for words in ("2 of 4 points have an answer.", "1 comment is unread.", "2 points have no answer."):
        assert words in page, words
    assert '<progress id="points-answered" max="4" value="2">' in page
    answer(docket.submissions.order_by("pk").last(), at=timezone.now())
    assert "Every comment that counts is read, and every point is answered." in sentences(officer.get(at(docket)))


def test_every_number_on_the_desk_leads_to_exactly_that_many_comments(officer: Client) -> None:
    docket = consultation(open=True)
    answer(send(docket), at=timezone.now())
    send(docket, suspicion=Suspicion.MANY)
    officer.post(f"{SUBMISSIONS}{send(docket).pk}/publish/")
    send(consultation(slug="other", open=True))
    for item in officer.get(at(docket)).context["progress"].counts:
        assert len(officer.get(item["url"]).context["object_list"]) == item["count"], item["label"]


def test_the_timeline_says_what_happened_by_which_role_and_whether_it_is_public(officer: Client) -> None:
    docket = consultation(open=True)
    lines = officer.get(at(docket)).context["timeline"]
    assert [(line.text, line.actor, line.is_public) for line in lines] == [
        ("The consultation was published.", "Decision-maker", True),
        ("A comment period was set.", "Case officer", False),
        ("The file was opened.", "Case officer", False),
    ]


def test_the_desk_leads_to_the_page_in_each_language_and_to_where_its_background_is_written(officer: Client) -> None:
    docket = consultation(open=True)
    pages = officer.get(at(docket)).context["pages"]
    assert [item["page"].locale.language_code for item in pages] == ["en", "fr", "ru"]
    editor = sign_in(Role.EDITOR)
    for item in pages:
        assert f'href="{item["edit_url"]}"' in officer.get(at(docket)).content.decode()
        assert editor.get(item["edit_url"]).status_code == 200
        assert officer.get(item["edit_url"]).status_code == 200
        assert Client().get(item["page"].url).status_code == 200


def test_publishing_asks_first_says_what_happens_and_then_happens(chief: Client) -> None:
    docket = consultation()
    page = sentences(chief.get(at(docket, "publish/")))
    opening, closing = docket.windows[0].opens_at, docket.windows[0].closes_at
    assert plain(f"Comments are taken from {format_instant(opening)} until {format_instant(closing)}.") in page
    assert Docket.objects.get(pk=docket.pk).is_draft
    done = chief.post(at(docket, "publish/"), follow=True)
    assert messages(done)[0].startswith(f"{docket} is public.")
    assert Docket.objects.get(pk=docket.pk).editorial_state == EditorialState.PUBLISHED
    assert ConsultationPage.objects.filter(docket=docket).count() == 3
    again = chief.post(at(docket, "publish/"))
    assert "The consultation is published already." in sentences(again)


def test_a_period_whose_opening_has_passed_opens_on_publication_and_the_page_says_so(chief: Client) -> None:
    docket = consultation()
    officer = OfficialFactory(role=Role.CASE_OFFICER)
    now = timezone.now()
    domain.add_period(docket, actor=officer, opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=30))
    assert "Comments are taken from now on, until" in sentences(chief.get(at(docket, "publish/")))


def test_what_is_not_complete_has_no_button_and_whoever_may_mend_it_a_link(chief: Client) -> None:
    docket = consultation()
    Docket.objects.filter(pk=docket.pk).update(title_fr="")
    page = chief.get(at(docket, "publish/"))
    assert "The title is missing in: Français." in sentences(page)
    assert "Yes, publish it now" not in sentences(page)
    assert "Mend this:" not in sentences(page)
    administrator = sign_in(Role.ADMINISTRATOR)
    assert "Mend this:" in sentences(administrator.get(at(docket, "publish/")))
    refused = chief.post(at(docket, "publish/"))
    assert "The title is missing in: Français." in sentences(refused)
    assert Docket.objects.get(pk=docket.pk).is_draft


def test_a_period_is_extended_with_a_reason_in_three_languages(chief: Client) -> None:
    docket = consultation(open=True)
    later = docket.windows[0].closes_at + timedelta(days=14)
    sent = {"closes_at": typed(later), "notice": "Gazette 9", **in_three_languages({"text": "Holidays."})}
    without = chief.post(at(docket, "extend/"), sent | {"text_ru": ""})
    assert "Give the reason in all three languages" in sentences(without)
    assert without.context["form"]["text_fr"].value() == "Holidays. (fr)"
    earlier = chief.post(at(docket, "extend/"), sent | {"closes_at": typed(timezone.now() + timedelta(days=1))})
    assert "choose a later end" in sentences(earlier)
    assert chief.post(at(docket, "extend/"), sent).status_code == 302
    extension = docket.periods.get(kind=PeriodKind.EXTENSION)
    assert (typed(extension.closes_at), extension.reason_ru, extension.notice) == (
        typed(later),
        "Holidays. (ru)",
        "Gazette 9",
    )


def test_a_closed_consultation_is_re_opened_and_not_in_the_past(chief: Client) -> None:
    docket = consultation(closed=True)
    now = timezone.now()
    sent = {
        "opens_at": typed(now + timedelta(days=2)),
        "closes_at": typed(now + timedelta(days=30)),
        **in_three_languages({"text": "New facts."}),
    }
    past = chief.post(at(docket, "reopen/"), sent | {"opens_at": typed(now - timedelta(hours=1))})
    assert "A new period opens in the future" in sentences(past)
    chief.post(at(docket, "reopen/"), sent)
    assert docket.periods.filter(kind=PeriodKind.REOPENING).count() == 1


def test_a_consultation_is_discontinued_with_a_reason_and_its_page_stays(chief: Client) -> None:
    docket = consultation(open=True)
    silent = chief.post(at(docket, "discontinue/"), {"text_en": "The law changed.", "text_fr": "", "text_ru": ""})
    assert "Give the reason in all three languages; missing: Français, Русский." in sentences(silent)
    chief.post(at(docket, "discontinue/"), in_three_languages({"text": "The law changed."}))
    assert Docket.objects.get(pk=docket.pk).handling_state == HandlingState.DISCONTINUED
    assert "The law changed. (en)" in sentences(Client().get(docket.get_absolute_url()))
    assert "taken no more" in sentences(chief.get(at(docket)))


def test_what_cannot_be_done_now_is_said_with_the_reason(officer: Client) -> None:
    docket = consultation(open=True)
    later = {str(step.label): step.refusal for step in officer.get(at(docket)).context["steps_later"]}
    assert later == {
        "Publish the answers": (
            "Answers are published when comments are closed, so that everybody is answered with the same knowledge."
        ),
        "Draft the decision": "A decision is drafted when comments are closed and before it is published.",
    }


def waiting(client: Client) -> dict[str, str]:
    """What waits on the first page, in words, with where it leads."""
    panels = client.get("/admin/").context["panels"]
    [panel] = [panel for panel in panels if isinstance(panel, WaitingPanel) and panel.name == "consultations"]
    return {item.text: item.url for item in panel.get_context_data()["items"]}


def test_each_official_is_told_what_waits_for_their_role_and_led_there() -> None:
    unread = send(consultation(slug="open", open=True), text="New.")
    held = send(consultation(slug="closing", closing=True), suspicion=Suspicion.TOO_FAST)
    closed = consultation(slug="closed", closed=True)
    answer(send(closed), at=timezone.now())
    Docket.objects.filter(pk=closed.pk).update(decision_expected_by=timezone.localdate() - timedelta(days=1))
    officer = waiting(sign_in(Role.CASE_OFFICER))
    assert list(officer) == [
        "1 decision is overdue.",
        "2 comments are unread.",
        "1 comment is held and waits for a look.",
        "3 comments wait for a word on publication.",
        "In 1 closed consultation, answers are ready to be published.",
        "1 decision is due within a month and not drafted.",
        "1 consultation closes within a week.",
    ]
    found = sign_in(Role.CASE_OFFICER).get(officer["2 comments are unread."]).context["object_list"]
    assert set(found) == {unread, held}
    assert list(waiting(sign_in(Role.FACILITATOR))) == [
        "1 decision is overdue.",
        "1 comment is held and waits for a look.",
        "3 comments wait for a word on publication.",
        "1 consultation closes within a week.",
    ]


def test_a_decision_maker_is_told_of_drafts_and_of_decisions_to_publish() -> None:
    consultation(slug="draft")
    docket = consultation(slug="closed", closed=True)
    domain.draft_decision(docket, new_decision(), actor=OfficialFactory(role=Role.CASE_OFFICER))
    assert list(waiting(sign_in(Role.DECISION_MAKER))) == [
        "1 consultation is a draft.",
        "1 decision is drafted and waits to be published.",
    ]


def test_where_nothing_waits_the_panel_says_so_and_a_reviewer_has_none() -> None:
    assert waiting(sign_in(Role.CASE_OFFICER)) == {}
    assert "Nothing waits for you." in sentences(sign_in(Role.CASE_OFFICER).get("/admin/"))
    panels = sign_in(Role.REVIEWER).get("/admin/").context["panels"]
    assert not [panel for panel in panels if isinstance(panel, WaitingPanel) and panel.name == "consultations"]


def test_the_menu_holds_the_consultations_for_those_who_read_them() -> None:
    assert DESKS in sign_in(Role.EDITOR).get("/admin/").content.decode()
    assert DESKS not in sign_in(Role.REVIEWER).get("/admin/").content.decode()
