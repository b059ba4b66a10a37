"""The list of requests: what is due first; filters that agree with the labels; the same number of questions."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.roles import Role
from inforequests import deadlines, domain
from inforequests.admin.home import due_count, waiting_for
from inforequests.admin.listing import with_standing
from inforequests.enums import AnswerPrivacy, Timeliness
from inforequests.models import Clock, InformationRequest
from tests.conftest import AssertSameQueries
from tests.inforequests.factories import answer, answered, ask, item_of, person, refused, review, send
from tests.inforequests.officials import REQUESTS, sign_in

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
VIENNA = ZoneInfo("Europe/Vienna")


def listed(client: Client, query: str = "") -> list[str]:
    return [request.tracking_number for request in client.get(REQUESTS + query).context["object_list"]]


def number(sent: domain.Sent) -> str:
    return sent.request.tracking_number


def due_on(day: date) -> InformationRequest:
    """A request whose last day it is."""
    sent = ask(at=timezone.now() - 3 * DAY)
    Clock.objects.filter(request=sent.request).update(last_day=day, anchor=day - 31 * DAY)
    return sent.request


def test_by_default_the_list_holds_what_is_open_and_what_is_due_first_stands_at_the_top() -> None:
    now = timezone.now()
    later, first = ask(at=now - DAY), ask(at=now - 40 * DAY)
    answered(at=now)
    assert listed(sign_in(Role.CASE_OFFICER)) == [number(first), number(later)]


@pytest.mark.parametrize("role", [Role.CASE_OFFICER, Role.DECISION_MAKER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_each_filter_finds_its_requests(role: Role) -> None:
    now = timezone.now()
    today = timezone.localtime().date()
    ignored, due, soon, fresh = (due_on(today + days * DAY) for days in (-1, 0, 5, 20))
    done = answered(at=now, privacy=AnswerPrivacy.PUBLIC)
    reviewed = refused(at=now)
    review(reviewed, at=now)
    ended = Clock.objects.filter(request__in=[done.request, reviewed.request])
    ended.update(anchor=today - 40 * DAY, last_day=today - 9 * DAY)
    gone = ask(at=now)
    domain.withdraw_request(gone.request, key=gone.secret)
    domain.receive_message(fresh, key=_key_of(fresh), text="And?", language="en")
    client = sign_in(role)
    found = {
        "": [ignored, due, soon, fresh],
        "?due=ignored": [ignored],
        "?due=due_today": [due],
        "?due=soon": [soon],
        "?due=answered_late": [done.request, reviewed.request],
        "?stands_at=received": [ignored, due, soon, fresh],
        "?stands_at=sent": [done.request, reviewed.request],
        "?stands_at=withdrawn": [gone.request],
        "?waits_for=review": [reviewed.request],
        "?waits_for=message": [fresh],
        "?waits_for=disclosure": [done.request],
        f"?q={soon.tracking_number[:6]}": [soon],
        "?q=MERCURY&stands_at=sent": [done.request, reviewed.request],
        "?way=post": [],
        "?written_in=fr": [],
    }
    for query, requests in found.items():
        assert set(listed(client, query)) == {request.tracking_number for request in requests}, query
    everything = listed(client, "?stands_at=all")
    assert len(everything) == InformationRequest.objects.count() == len(set(everything))


def _key_of(request: InformationRequest) -> str:
    """A new access key for a request whose first one nobody kept."""
    from tracking.numbers import new_secret, secret_digest  # noqa: PLC0415 -- for this one helper

    secret = new_secret()
    request.secret_digest = secret_digest(secret, request.tracking_number)
    request.save(update_fields=["secret_digest"])
    return secret


def test_odd_queries_are_answered_all_the_same() -> None:
    client = sign_in(Role.CASE_OFFICER)
    for query in ("?due=nonsense", "?stands_at=%00", "?q=%22", "?q=%00", "?ordering=-nothing", "?p=99"):
        assert client.get(REQUESTS + query).status_code == 200, query


@pytest.mark.parametrize("offset", [timedelta(microseconds=-1), timedelta(0), timedelta(hours=12), timedelta(days=1)])
def test_at_every_instant_around_midnight_each_request_is_in_exactly_one_list_and_it_is_that_of_its_label(
    settings: Settings, offset: timedelta
) -> None:
    settings.TIME_ZONE = "Europe/Vienna"
    at = datetime(2026, 3, 29, tzinfo=VIENNA) + offset  # the day on which the clocks go forward
    for days in range(-2, 3):
        due_on(date(2026, 3, 29) + days * DAY)
        met = due_on(date(2026, 3, 29) + days * DAY)
        Clock.objects.filter(request=met).update(met_on=date(2026, 3, 29))
        gone = due_on(date(2026, 3, 29) + days * DAY)
        Clock.objects.filter(request=gone).update(lapsed_on=date(2026, 3, 29))
    labels = {request.pk: request.timeliness(at) for request in InformationRequest.objects.all()}
    for state in Timeliness:
        by_label = {pk for pk, label in labels.items() if label is state}
        condition = deadlines.in_timeliness(state, at, prefix="standing__")
        in_list = with_standing(InformationRequest.objects.all()).filter(condition)
        assert set(in_list.values_list("pk", flat=True)) == by_label, state
        assert set(InformationRequest.objects.in_timeliness(state, at).values_list("pk", flat=True)) == by_label, state
        assert set(Clock.objects.in_timeliness(state, at).values_list("request", flat=True)) == by_label, state


def test_the_list_can_be_taken_along_as_a_file_in_which_nothing_is_run() -> None:
    ask("=1+1", at=timezone.now())
    client = sign_in(Role.CASE_OFFICER)
    sheet = b"".join(client.get(f"{REQUESTS}?export=csv")).decode()  # type: ignore[arg-type]  # it is sent in pieces
    assert sheet.splitlines()[0].startswith("Tracking number,Submitted at,Way,Language,Question")
    assert "'=1+1" in sheet
    assert client.get(f"{REQUESTS}?export=xlsx").status_code == 200


def test_the_list_asks_the_same_number_of_questions_whatever_its_length(assert_same_queries: AssertSameQueries) -> None:
    now = timezone.now()
    assert_same_queries(sign_in(Role.CASE_OFFICER), lambda: REQUESTS, lambda: ask("How much?", "Why?", at=now))
    assert_same_queries(
        sign_in(Role.CASE_OFFICER), lambda: f"{REQUESTS}?stands_at=all", lambda: review(refused(at=now), at=now)
    )


def test_a_desk_asks_the_same_number_of_questions_whatever_its_length(assert_same_queries: AssertSameQueries) -> None:
    sent = ask(at=timezone.now())

    def more() -> None:
        count = sent.request.items.count() + 1
        item = sent.request.items.create(
            number=count, text="More?", added_at=timezone.now(), clock=item_of(sent.request).clock
        )
        answer(item, at=timezone.now())
        domain.receive_message(sent.request, key=sent.secret, text="And?", language="en")
        send(sent.request, at=timezone.now(), in_part=True)

    assert_same_queries(sign_in(Role.DECISION_MAKER), lambda: f"{REQUESTS}{sent.request.pk}/", more)


def test_the_menu_says_how_many_requests_are_due() -> None:
    today = timezone.localtime().date()
    due_on(today)
    due_on(today - DAY)
    due_on(today + DAY)
    assert due_count() == 2
    page = sign_in(Role.CASE_OFFICER).get(REQUESTS).content.decode()
    assert "Requests (2 due)" in page


def waiting(role: Role) -> list[str]:
    return [item.text for item in waiting_for(person(role), timezone.now())]


@pytest.mark.parametrize("typed", ["{bare}", "{lower}", "{spaced}", "{part}"])
def test_an_official_finds_a_request_however_its_number_is_typed(typed: str) -> None:
    number = ask(at=timezone.now()).request.tracking_number
    ask(at=timezone.now())
    ways = {
        "bare": number.replace("-", ""),
        "lower": number.lower(),
        "spaced": number.replace("-", " "),
        "part": number[2:10].replace("-", "").lower(),
    }

    assert listed(sign_in(Role.CASE_OFFICER), f"?q={typed.format(**ways)}") == [number]


def test_who_asked_is_found_by_name_and_address_but_only_by_those_who_may_know() -> None:
    asked = {"name": "Ada Lovelace", "email": "ada@engine.example"}
    number = ask(at=timezone.now(), **asked).request.tracking_number
    for words in ("lovelace", "ada@engine", "ENGINE.example"):
        assert listed(sign_in(Role.CASE_OFFICER), f"?q={words}") == [number]
        assert listed(sign_in(Role.DECISION_MAKER), f"?q={words}") == []


def test_the_first_page_says_to_each_role_what_waits_for_it() -> None:
    now = timezone.now()
    today = timezone.localtime().date()
    due_on(today)
    due_on(today - DAY)
    review(refused(at=now), at=now)
    assert waiting(Role.CASE_OFFICER) == [
        "1 request was not answered in time.",
        "1 request is due today.",
        "2 requests wait to be acknowledged.",
    ]
    assert waiting(Role.DECISION_MAKER) == ["1 request was not answered in time.", "1 request is due today."]
    assert waiting(Role.REVIEWER) == ["1 review waits for a decision."]
    assert waiting(Role.EDITOR) == []


def test_the_first_page_of_the_admin_shows_it() -> None:
    due_on(timezone.localtime().date())
    page: Any = sign_in(Role.CASE_OFFICER).get("/admin/", follow=True)
    assert "Requests that wait for you" in page.content.decode()
    assert "1 request is due today." in page.content.decode()
