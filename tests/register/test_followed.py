"""What followers of a pollutant, a facility or a search hear of each load."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client

from following.subjects import find_subject, happenings_of
from register.domain.entries import new_release, record_entries
from register.domain.loads import finish_load, start_load
from register.enums import ChangeKind, LoadKind, Medium, Method
from register.followed import loads_of_the_register
from register.forms import SearchForm
from register.models import EntryChange, RegisterLoad, Release
from register.searches import search_key, search_of_key
from tests.register.factories import FacilityFactory, PollutantFactory, ReleaseFactory
from tests.register.files import load, write

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def load_releases(*years: int, at: datetime = AT) -> RegisterLoad:
    """Releases of mercury to water from one facility, as a load brings them."""
    pollutant = PollutantFactory(mercury=True)
    facility = FacilityFactory.create() if not Release.objects.exists() else Release.objects.all()[0].facility
    load = start_load(kind=LoadKind.RELEASES, source="The register office", at=at)
    entries = [
        new_release(
            facility=facility,
            pollutant=pollutant,
            medium=Medium.WATER,
            year=year,
            quantity_kg=Decimal(1),
            method=Method.MEASURED,
        )
        for year in years
    ]
    record_entries(entries, load=load)
    return finish_load(load)


def told(kind: str, key: str, since: datetime = AT - DAY, until: datetime = AT + 9 * DAY) -> list[str]:
    return [each.text for each in happenings_of(kind, key, since, until)]


def facility_number() -> str:
    return Release.objects.all()[0].facility.public_id


def test_a_load_is_one_event_with_its_counts() -> None:
    load = load_releases(2022, 2023)
    release = Release.objects.all()[0]
    EntryChange.objects.create(
        load=load,
        change=ChangeKind.REVISED,
        kind=LoadKind.RELEASES,
        facility=release.facility,
        pollutant=release.pollutant,
        reporting_year=2022,
        entry_key=release.entry_key,
    )
    for kind, key in (("pollutant", "mercury-and-compounds"), ("facility", facility_number())):
        [text] = told(kind, key)
        assert text == "2 new entries. 1 quantity revised."
        [event] = happenings_of(kind, key, AT - DAY, AT)
        assert (event.key, event.instant, event.title) == (f"load/{load.pk}", AT, "New data from The register office")


def test_what_a_load_only_confirms_is_no_news() -> None:
    load_releases(2022)
    again = start_load(kind=LoadKind.RELEASES, source="The same", at=AT + DAY)
    Release.objects.update(load=again)
    finish_load(again)
    assert len(told("pollutant", "mercury-and-compounds")) == 1


def test_each_load_tells_of_what_it_brought_itself() -> None:
    load_releases(2022)
    load_releases(2023, 2024, at=AT + DAY)
    assert told("pollutant", "mercury-and-compounds") == ["2 new entries.", "1 new entry."]
    assert told("pollutant", "mercury-and-compounds", until=AT) == ["1 new entry."]


def test_a_loaded_file_says_which_entries_it_brought_first(tmp_path: Path) -> None:
    PollutantFactory(mercury=True)
    FacilityFactory(public_id="0000000001")
    first = load(write(tmp_path, [{"reportingYear": "2018"}])).counts
    rows = [{"reportingYear": "2018"}, {"reportingYear": "2019"}]
    second = load(write(tmp_path, rows, name="second.csv")).counts
    held = Release.objects.order_by("reporting_year").values_list("load", "added_by")
    assert list(held) == [(second.pk, first.pk), (second.pk, second.pk)]


def test_nothing_is_told_of_another_pollutant_or_facility() -> None:
    other = PollutantFactory()
    elsewhere = FacilityFactory()
    load_releases(2022)
    assert told("pollutant", other.slug) == []
    assert told("facility", elsewhere.public_id) == []
    assert find_subject("pollutant", "nothing") is None
    assert find_subject("facility", "\x00") is None


class TestSearches:
    KEY = "kind=releases&medium=water&pollutant=HGANDCOMPOUNDS"

    def test_a_search_is_told_of_new_matches_only(self) -> None:
        load_releases(2022, 2023)
        assert told("search", self.KEY) == ["2 new entries."]
        assert told("search", f"{self.KEY}&year_from=2023") == ["1 new entry."]
        assert told("search", "kind=releases&medium=air") == []

    def test_a_search_has_one_name_in_whatever_order_and_with_whatever_page_it_was_asked(self) -> None:
        PollutantFactory(mercury=True)
        asked = {"pollutant": "HGANDCOMPOUNDS", "page": "3", "sort": "quantity", "medium": "water", "facility": ""}
        form = SearchForm(asked)
        assert form.is_valid()
        assert search_key(form) == self.KEY

    @pytest.mark.parametrize("key", ["", "kind=releases", "medium=fire", "facility=%00", "year_from=x", "=&=&", "%"])
    def test_what_asks_for_everything_or_cannot_be_understood_is_not_followed(self, key: str) -> None:
        assert search_of_key(key) is None
        assert find_subject("search", key) is None

    def test_a_letter_to_a_stranger_holds_nothing_that_somebody_typed(self) -> None:
        subject = find_subject("search", "kind=releases&medium=water&facility=buy+now+http%3A%2F%2Fevil.example")
        assert subject is not None
        assert "evil.example" in subject.title
        assert subject.title_for_strangers == "Search of the register: Releases from facilities, water"

    def test_the_page_of_a_search_leads_to_following_it(self, client: Client) -> None:
        load_releases(2022)
        page = client.get("/en/register/search/?medium=water&by=year").content.decode()
        assert "/en/following/follow/search/?key=kind%3Dreleases%26medium%3Dwater" in page
        assert 'type="application/atom+xml"' in page
        assert "/following/follow/search/" not in client.get("/en/register/search/?kind=releases").content.decode()


def test_who_follows_the_site_hears_of_loads_that_brought_something() -> None:
    load = load_releases(2022)
    RegisterLoad.objects.create(kind=LoadKind.FACILITIES, source="Nothing new", file_name="x.csv", loaded_at=AT)
    [event] = loads_of_the_register("", AT - DAY, AT)
    assert (event.key, event.text) == (f"load/{load.pk}", "1 new entry.")
    assert event.url.endswith(f"/register/loads/#load-{load.pk}")


@pytest.mark.parametrize("address", ["pollutants/mercury-and-compounds/", "facilities/{number}/"])
def test_pages_of_the_register_lead_to_following_and_to_the_feed(client: Client, address: str) -> None:
    load_releases(2022)
    page = client.get(f"/en/register/{address.format(number=facility_number())}").content.decode()
    assert page.count("/en/following/feeds/") == 1
    assert page.count("/en/following/follow/") == 1


def test_following_costs_no_query_where_nothing_was_loaded(django_assert_num_queries: object) -> None:
    ReleaseFactory(pollutant=PollutantFactory(mercury=True))
    with django_assert_num_queries(1):  # type: ignore[operator]  # a fixture without a type
        assert happenings_of_register("mercury-and-compounds") == []


def happenings_of_register(slug: str) -> list[object]:
    from register.followed import PollutantKind  # noqa: PLC0415 -- this test alone

    return list(PollutantKind().happenings(slug, AT, AT + DAY))
