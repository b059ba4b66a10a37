"""The home page: in ten seconds what can be done here, and what is open now."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from portal.front import DECIDED_SHOWN, OPEN_SHOWN, front_page_sections, open_consultations, register_in_figures
from register.models import Facility, Release
from tests.conftest import AssertSameQueries
from tests.consultations.factories import NOON, DocketFactory, PollutantFactory
from tests.design.html import one, parsed, texts
from tests.inforequests.factories import answer, answered, ask, item_of, send


@pytest.fixture
def _at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The factories tell states by distance from NOON, so the page is read then."""
    monkeypatch.setattr(timezone, "now", lambda: NOON)


def reported(year: int, facility: str = "Harbour works") -> Release:
    """One release of mercury."""
    place, _made = Facility.objects.get_or_create(public_id=facility.replace(" ", "-"), name=facility, country="FI")
    return Release.objects.create(
        facility=place, pollutant=PollutantFactory.create(), medium="water", reporting_year=year, quantity_kg=Decimal(1)
    )


@pytest.mark.django_db
def test_a_citizen_sees_the_doors_and_the_search(client: Client) -> None:
    tree = parsed(client.get("/en/").text)
    assert texts(tree, "main h2") == ["Have your say", "Ask for information", "Understand a pollutant", "Learn"]
    assert one(tree, "main form")["action"] == "/en/search/"
    assert texts(tree, "main .empty-title") == ["No consultation is open today"]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fr", "ru"])
def test_a_translated_home_page_is_translated_throughout(client: Client, language: str) -> None:
    english = set(parsed(client.get("/en/").text).stripped_strings)
    translated = set(parsed(client.get(f"/{language}/").text).stripped_strings)
    the_same_in_french = {"Contact", "Consultations", "Menu"} if language == "fr" else set()
    assert english & translated - the_same_in_french == {"English", "Français", "Русский"}


@pytest.mark.django_db
def test_the_consultation_that_closes_first_stands_first() -> None:
    DocketFactory(open=True, slug="later", title="Later")
    DocketFactory(closing=True, slug="sooner", title="Sooner")
    for state in ("upcoming", "closed", "decided", "discontinued"):
        DocketFactory(**{state: True}, slug=state)
    DocketFactory(slug="draft")
    listed = open_consultations(NOON)
    assert [(item.title, item.tone) for item in listed] == [("Sooner (en)", "soon"), ("Later (en)", "open")]
    assert listed[0].closes_at == NOON + timedelta(days=3)


@pytest.mark.django_db
@pytest.mark.usefixtures("_at_noon")
def test_an_open_consultation_says_when_it_closes_and_how_many_days_are_left(client: Client) -> None:
    docket = DocketFactory.create(closing=True)
    DocketFactory(decided=True, slug="done", title="Done")
    section = one(parsed(client.get("/en/").text), ".home-open")
    assert one(section, ".result-title a")["href"] == docket.get_absolute_url()
    assert texts(section, ".result-meta > *") == [
        "Open for comments",
        "Comments close Thursday 5 March 2026, 13:00 CET",
        "3 days left",
    ]
    assert texts(section, ".home-decided a") == ["Done (en)"]


@pytest.mark.django_db
def test_no_more_than_a_few_are_listed() -> None:
    for number in range(OPEN_SHOWN + 1):
        DocketFactory(open=True, slug=f"open-{number}")
    assert len(open_consultations(NOON)) == OPEN_SHOWN


@pytest.mark.django_db
@pytest.mark.usefixtures("_at_noon")
def test_the_home_page_asks_as_often_with_three_consultations_as_with_one(
    client: Client, assert_same_queries: AssertSameQueries
) -> None:
    def add_rows() -> None:
        DocketFactory(open=True)
        DocketFactory(decided=True)
        reported(2000 + Release.objects.count())

    assert_same_queries(client, lambda: "/en/", add_rows)
    assert len(texts(parsed(client.get("/en/").text), ".home-decided a")) == DECIDED_SHOWN


@pytest.mark.django_db
def test_the_register_is_counted_without_what_was_dropped(client: Client) -> None:
    reported(2019)
    reported(2021, "Upper mill")
    figures = register_in_figures()
    counts = (figures.facilities, figures.pollutants.reported, figures.pollutants.listed)
    assert (*counts, figures.first_year, figures.last_year) == (2, 1, 1, 2019, 2021)
    tree = parsed(client.get("/en/").text)
    assert texts(tree, ".home-figures dd") == ["2", "1", "2019–2021"]
    assert texts(tree, ".home-figures dt") == ["facilities", "pollutant reported, of 1 listed", "reporting years"]
    assert texts(tree, ".home-pollutants a") == ["Mercury and compounds"]


@pytest.mark.django_db
@pytest.mark.usefixtures("_at_noon")
def test_a_citizen_sees_how_many_requests_were_answered_this_year_and_how_many_in_time(client: Client) -> None:
    assert texts(parsed(client.get("/en/").text), ".home-answered") == ["No request has been answered in 2026 yet."]
    answered(at=NOON - timedelta(days=400))
    answered(at=NOON - timedelta(days=30))
    late = ask(at=NOON - timedelta(days=62))
    answer(item_of(late.request), at=NOON - timedelta(days=1))
    send(late.request, at=NOON - timedelta(days=1))
    ask(at=NOON - timedelta(days=1))
    line = one(parsed(client.get("/en/").text), ".home-answered")
    assert texts(line, "a") == ["2 requests answered"]
    assert one(line, "a")["href"] == "/en/requests/log/"
    assert line.get_text() == "2 requests answered in 2026, 1 in time."


@pytest.mark.django_db
@pytest.mark.usefixtures("_at_noon")
def test_a_kept_home_page_holds_until_the_next_thing_changes(client: Client) -> None:
    DocketFactory(closing=True)
    request = client.get("/en/").wsgi_request
    context = front_page_sections(request)
    assert context["at"] == NOON
    midnight_in_the_zone = (NOON + timedelta(days=1)).astimezone(timezone.get_default_timezone()).replace(hour=0)
    assert getattr(request, "page_cache_until") == midnight_in_the_zone  # noqa: B009 -- the attribute of freshness.py
