"""What followers of a request hear: what everybody may read of it; and its days, for its requester alone."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from icalendar import Calendar

from following.subjects import find_subject, happenings_of, kind_named
from inforequests import domain
from inforequests.enums import Limb
from inforequests.followed import answers_on_facility, answers_on_pollutant, days_of, new_answers
from inforequests.models import InformationRequest, RequestItem
from tests.inforequests.factories import DAY, LAST_DAY, NOON, ask, body, disclosed, overturn, refused, review
from tests.register.factories import FacilityFactory, PollutantFactory
from tracking.grants import grant

pytestmark = pytest.mark.django_db

LONG_AGO = NOON - 100 * DAY
LONG_HENCE = NOON + 100 * DAY


def told(number: str) -> list[str]:
    return [each.title for each in reversed(happenings_of("request", number, LONG_AGO, LONG_HENCE))]


def stored(request: InformationRequest) -> InformationRequest:
    return InformationRequest.objects.with_items().get(pk=request.pk)


def open_with_key(client: Client, sent: domain.Sent) -> None:
    number = sent.request.tracking_number
    client.post("/en/requests/track/", {"number": number, "key": sent.secret})


class TestNews:
    def test_what_everybody_may_read_is_told_and_no_draft_and_no_message(self) -> None:
        sent = refused()
        number = sent.request.tracking_number
        assert told(number)[0].startswith("The request was submitted.")
        assert told(number)[-1] == "The answer was sent."
        assert "draft" not in " ".join(told(number))
        assert told("R-0000-0000-0") == []

    def test_its_news_are_everybodys_once_its_answer_is_published(self) -> None:
        mine, shared = ask().request, disclosed().request
        assert [find_subject("request", each.tracking_number).is_public for each in (mine, shared)] == [False, True]  # type: ignore[union-attr]  # both are there
        assert find_subject("request", "R-0000-0000-0") is None

    def test_only_its_requester_may_follow_what_is_not_published(self, rf: RequestFactory) -> None:
        sent, shared = ask(), disclosed()
        kind = kind_named("request")
        assert kind is not None
        number = sent.request.tracking_number
        request = rf.get("/")
        assert not kind.may_be_followed(request, number)
        assert kind.may_be_followed(request, shared.request.tracking_number)
        response = HttpResponse()
        grant(request, response, number, sent.secret)
        request.COOKIES["tracking"] = response.cookies["tracking"].value
        assert kind.may_be_followed(request, number)

    def test_a_letter_to_a_stranger_names_no_request(self) -> None:
        subject = find_subject("request", ask().request.tracking_number)
        assert subject is not None
        assert subject.title_for_strangers == "A request for information"

    def test_who_follows_the_site_a_pollutant_or_a_facility_hears_of_published_answers(self) -> None:
        pollutant, facility = PollutantFactory.create(mercury=True), FacilityFactory.create()
        sent = disclosed()
        RequestItem.objects.filter(request=sent.request).update(pollutant=pollutant, facility=facility)
        [answer] = new_answers("", LONG_AGO, LONG_HENCE)
        assert answer.title == "Mercury of the smelter"
        assert answers_on_pollutant(pollutant.slug, LONG_AGO, LONG_HENCE) == [answer]
        assert answers_on_facility(facility.public_id, LONG_AGO, LONG_HENCE) == [answer]
        assert answers_on_pollutant("lead", LONG_AGO, LONG_HENCE) == []
        assert new_answers("", LONG_HENCE, LONG_HENCE + DAY) == []


class TestDays:
    def test_the_last_day_is_a_day_where_the_authority_sits(self) -> None:
        [last_day] = days_of(stored(ask().request))
        assert (last_day.starts, last_day.sequence, last_day.is_cancelled) == (LAST_DAY, 0, False)

    def test_a_day_that_no_longer_matters_is_cancelled(self) -> None:
        [last_day] = days_of(stored(refused().request))
        assert (last_day.sequence, last_day.is_cancelled) == (1, True)

    def test_a_review_body_with_a_limit_has_a_last_day_that_a_newer_way_moves(self) -> None:
        body(window_days=30)
        sent = refused()
        window = days_of(stored(sent.request))[-1]
        assert window.starts == (NOON + 30 * DAY).date()
        assert window.title.startswith("Last day to turn to: Access Commission")
        sent.request.remedies.create(limb=Limb.IGNORED, opened_at=NOON + 5 * DAY)
        moved = days_of(stored(sent.request))[-1]
        assert (moved.key, moved.sequence, moved.starts) == (window.key, 1, (NOON + 35 * DAY).date())

    def test_what_a_review_orders_has_a_day_of_its_own(self) -> None:
        sent = refused()
        overturn(review(sent))
        days = days_of(stored(sent.request))
        assert len({each.key for each in days}) == 2
        assert days[1].title.startswith("Last day to do what the review decided")

    def test_it_is_downloaded_with_the_key_and_by_nobody_else(self, client: Client) -> None:
        sent = ask()
        address = f"/en/requests/tracking/{sent.request.tracking_number}/calendar.ics"
        assert client.get(address).status_code == 302
        open_with_key(client, sent)
        response = client.get(address)
        assert response["Content-Type"] == "text/calendar; charset=utf-8"
        assert "no-store" in response["Cache-Control"]
        [event] = Calendar.from_ical(response.content).walk("VEVENT")
        assert event.decoded("DTSTART") == LAST_DAY

    def test_the_page_of_a_request_leads_to_both_for_its_requester_only(self, client: Client) -> None:
        sent = ask()
        address = f"/en/requests/tracking/{sent.request.tracking_number}/"
        assert has_ways(client.get(address)) == (False, False)
        open_with_key(client, sent)
        assert has_ways(client.get(address)) == (True, True)
        assert client.get(f"/en/following/follow/request/?key={sent.request.tracking_number}").status_code == 200
        assert Client().get(f"/en/following/follow/request/?key={sent.request.tracking_number}").status_code == 404


def has_ways(response: Any) -> tuple[bool, bool]:
    page = response.content.decode()
    return "calendar.ics" in page, "/following/follow/request/" in page


def test_the_first_hours_count(settings: Any) -> None:
    """The day of submission is one of the authority's zone, so the calendar's is too."""
    settings.TIME_ZONE = "Europe/Vienna"
    [last_day] = days_of(stored(ask(at=NOON + timedelta(hours=11, minutes=30)).request))
    assert last_day.starts == LAST_DAY + DAY
