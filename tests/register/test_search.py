"""Search of entries by every criterion of Art. 5(1) and 5(2)."""

import re
from decimal import Decimal
from html import unescape

import pytest
from django.test import Client

from register.enums import DiffuseCategory, Medium, Method, PollutantGroup, TransferKind, Treatment, WasteType
from register.models import Release
from register.selectors import Criteria, EntryKind, Order, SumBy, as_sum, entries_matching, ordered, sum_keys, sums_of
from register.text_matching import fold
from tests.register.factories import (
    ActivityFactory,
    CompanyFactory,
    DiffuseReleaseFactory,
    FacilityFactory,
    OperationFactory,
    PollutantFactory,
    PollutantTransferFactory,
    ReleaseFactory,
    WasteTransferFactory,
)

pytestmark = pytest.mark.django_db
URL = "/en/register/search/"


def words_of(client: Client, **asked: object) -> str:
    """The words of the page that answers a search."""
    response = client.get(URL, asked)
    assert response.status_code == 200
    main = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)
    assert main is not None
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main.group()))).strip()


def found(criteria: Criteria) -> set[int]:
    """The primary keys of the entries that meet some criteria."""
    return set(entries_matching(criteria).values_list("pk", flat=True))


@pytest.fixture
def sought() -> Release:
    """A release that every test looks for, among another that differs in every criterion."""
    sector = ActivityFactory(code="2", level=1, sector=2, name_en="Metals")
    activity = ActivityFactory(code="2(e)", level=2, sector=2, parent=sector, name_en="Non-ferrous metals")
    part = ActivityFactory(code="2(e)(i)", level=3, sector=2, parent=activity, name_en="Smelting")
    ReleaseFactory(
        facility=FacilityFactory(name="Port works", city="Kotka", public_id="0077", operator__name="Port Company"),
        pollutant=PollutantFactory(carbon_dioxide=True),
        medium=Medium.AIR,
        reporting_year=2010,
    )
    sought: Release = ReleaseFactory(
        facility=FacilityFactory(
            name="Äänekoski smelter",
            public_id="0042",
            street="Tehtaankatu 3",
            postal_code="44100",
            region="Keski-Suomi",
            activity=part,
            operator=CompanyFactory(name="Metsä Smelting Oy"),
            parent_company=CompanyFactory(name="Holding Ltd"),
        ),
        pollutant=PollutantFactory(mercury=True),
        medium=Medium.WATER,
        reporting_year=2020,
    )
    return sought


class TestReleases:
    @pytest.mark.parametrize(
        "asked",
        [
            {"facility": "aanekoski"},
            {"facility": "SMELTER Äänekoski"},
            {"facility": "0042"},
            {"place": "äänekoski"},
            {"place": "keski-suomi"},
            {"place": "tehtaankatu"},
            {"place": "44100"},
            {"activity": "2"},
            {"activity": "2(e)"},
            {"activity": "2(e)(i)"},
            {"operator": "metsa smelting"},
            {"operator": "holding"},
            {"pollutant": "HGANDCOMPOUNDS"},
            {"group": PollutantGroup.HEAVY_METALS},
            {"medium": Medium.WATER},
            {"year_from": 2015},
            {"year_from": 2020, "year_to": 2020},
            {"facility": "smelter", "activity": "2", "operator": "holding", "pollutant": "HGANDCOMPOUNDS"},
        ],
    )
    def test_a_release_is_found_by_each_criterion_and_by_several(
        self, sought: Release, asked: dict[str, object]
    ) -> None:
        assert found(Criteria(**asked)) == {sought.pk}

    def test_an_activity_beside_it_finds_nothing(self, sought: Release) -> None:
        ActivityFactory(code="2(f)", level=2, sector=2)
        assert found(Criteria(activity="2(f)")) == set()

    def test_nothing_asked_finds_everything_current(self, sought: Release) -> None:
        ReleaseFactory(dropped=True)
        assert len(found(Criteria())) == 2

    def test_the_state_of_the_value_can_be_asked_for(self) -> None:
        withheld = ReleaseFactory(confidential=True)
        ReleaseFactory()
        assert found(Criteria(presence="confidential")) == {withheld.pk}

    def test_a_pollutant_does_not_bring_its_sub_entries(self) -> None:
        part = ReleaseFactory(pollutant=PollutantFactory(without_biomass=True))
        whole = ReleaseFactory(pollutant=part.pollutant.part_of)
        assert found(Criteria(pollutant="CO2")) == {whole.pk}


class TestTransfers:
    def test_waste_is_found_by_kind_treatment_operation_and_destination(self) -> None:
        ReleaseFactory()
        sought = WasteTransferFactory(abroad=True, operation=OperationFactory(code="R4"))
        WasteTransferFactory(waste_type=WasteType.OTHER, treatment=Treatment.DISPOSAL)
        for asked in (
            {"waste": WasteType.HAZARDOUS},
            {"operation": "R"},
            {"operation": "R4"},
            {"receiver": "weser metall"},
            {"receiver": "NORDENHAM"},
            {"receiver_country": "DE"},
        ):
            assert found(Criteria(kind=EntryKind.WASTE, **asked)) == {sought.pk}, asked
        assert found(Criteria(kind=EntryKind.WASTE, operation="D1")) == set()

    def test_pollutants_sent_away_are_found_by_what_they_are_destined_for(self) -> None:
        disposal = PollutantTransferFactory(destination=TransferKind.WASTE_DISPOSAL)
        recovery = PollutantTransferFactory(destination=TransferKind.WASTE_RECOVERY, abroad=True)
        water = PollutantTransferFactory(destination=TransferKind.WASTE_WATER)
        kind = EntryKind.TRANSFERS
        assert found(Criteria(kind=kind, operation="D")) == {disposal.pk}
        assert found(Criteria(kind=kind, operation="R")) == {recovery.pk}
        assert found(Criteria(kind=kind, receiver_country="DE")) == {recovery.pk}
        assert found(Criteria(kind=kind, pollutant=water.pollutant.code)) == {water.pk}


class TestDiffuseSources:
    def test_they_are_found_by_source_area_pollutant_and_medium(self) -> None:
        sought = DiffuseReleaseFactory(category=DiffuseCategory.AGRICULTURE, area="Keski-Suomi", medium=Medium.WATER)
        DiffuseReleaseFactory()
        for asked in (
            {"source": DiffuseCategory.AGRICULTURE},
            {"place": "keski"},
            {"pollutant": sought.pollutant.code},
            {"medium": Medium.WATER},
        ):
            assert found(Criteria(kind=EntryKind.DIFFUSE, **asked)) == {sought.pk}, asked


class TestOrder:
    def test_entries_stand_in_the_order_asked_for_and_without_a_quantity_last(self) -> None:
        small = ReleaseFactory(quantity_kg=Decimal(1), reporting_year=2021)
        large = ReleaseFactory(quantity_kg=Decimal(9), reporting_year=2020)
        withheld = ReleaseFactory(confidential=True, reporting_year=2022)
        everything = entries_matching(Criteria())
        kind = EntryKind.RELEASES
        assert list(ordered(everything, kind, Order.LARGEST)) == [large, small, withheld]
        assert list(ordered(everything, kind, Order.SMALLEST)) == [small, large, withheld]
        assert list(ordered(everything, kind, Order.NEWEST)) == [withheld, small, large]
        assert list(ordered(everything, kind, Order.OLDEST)) == [large, small, withheld]


class TestSums:
    def sums(self, by: SumBy, kind: EntryKind = EntryKind.RELEASES) -> list[tuple[object, ...]]:
        criteria = Criteria(kind=kind)
        keys = sum_keys(kind, by)
        held = [as_sum(row, keys) for row in sums_of(criteria, by)]
        return [(*one.key.values(), one.quantity_kg, one.entries, one.withheld, one.without_quantity) for one in held]

    def test_only_like_is_added_to_like(self) -> None:
        part = PollutantFactory(without_biomass=True)
        whole = part.part_of
        for pollutant in (part, whole):
            ReleaseFactory.create_batch(2, pollutant=pollutant, medium=Medium.AIR, quantity_kg=Decimal(10))
        ReleaseFactory(pollutant=whole, medium=Medium.WATER, quantity_kg=Decimal(5))
        assert self.sums(SumBy.YEAR) == [
            (2023, whole.pk, "air", Decimal(20), 2, 0, 0),
            (2023, whole.pk, "water", Decimal(5), 1, 0, 0),
            (2023, part.pk, "air", Decimal(20), 2, 0, 0),
        ]

    def test_a_sum_counts_what_it_leaves_out(self) -> None:
        mercury = PollutantFactory(mercury=True)
        ReleaseFactory(pollutant=mercury, quantity_kg=Decimal(10))
        ReleaseFactory(pollutant=mercury, confidential=True)
        ReleaseFactory(pollutant=mercury, below_threshold=True)
        assert self.sums(SumBy.POLLUTANT) == [(mercury.pk, "water", Decimal(10), 3, 1, 1)]

    def test_a_sum_of_withheld_values_is_no_zero(self) -> None:
        release = ReleaseFactory(confidential=True)
        assert self.sums(SumBy.MEDIUM) == [("water", release.pollutant_id, None, 1, 1, 0)]

    def test_a_sum_of_zeros_is_zero(self) -> None:
        release = ReleaseFactory(zero=True)
        assert self.sums(SumBy.MEDIUM) == [("water", release.pollutant_id, Decimal(0), 1, 0, 0)]

    def test_hazardous_and_other_waste_disposal_and_recovery_stay_apart(self) -> None:
        WasteTransferFactory.create_batch(2, quantity_kg=Decimal(1000))
        WasteTransferFactory(waste_type=WasteType.OTHER, quantity_kg=Decimal(1000))
        WasteTransferFactory(treatment=Treatment.DISPOSAL, quantity_kg=Decimal(1000))
        assert self.sums(SumBy.POLLUTANT, EntryKind.WASTE) == [
            ("hazardous", "disposal", Decimal(1000), 1, 0, 0),
            ("hazardous", "recovery", Decimal(2000), 2, 0, 0),
            ("other", "recovery", Decimal(1000), 1, 0, 0),
        ]

    def test_the_country_and_an_area_of_it_stay_apart(self) -> None:
        whole = DiffuseReleaseFactory(quantity_kg=Decimal(10))
        DiffuseReleaseFactory(pollutant=whole.pollutant, area="Keski-Suomi", quantity_kg=Decimal(4))
        assert [row[-4] for row in self.sums(SumBy.SOURCE, EntryKind.DIFFUSE)] == [Decimal(10), Decimal(4)]

    def test_an_owner_stands_in_for_an_operator_nobody_told(self) -> None:
        ReleaseFactory(facility__operator=None, facility__parent_company=CompanyFactory(name="Holding Ltd"))
        assert self.sums(SumBy.OPERATOR)[0][0] == "Holding Ltd"


class TestThePage:
    def test_a_visitor_first_sees_the_form_and_examples(self, client: Client) -> None:
        said = words_of(client)
        assert "Fill in what you know and leave the rest." in said
        assert "For example" in said

    def test_each_entry_shows_year_facility_pollutant_medium_quantity_method_and_source(
        self, client: Client, sought: Release
    ) -> None:
        said = words_of(client, kind="releases", pollutant="HGANDCOMPOUNDS")
        assert "Releases from facilities · Mercury and compounds (as Hg)" in said
        subject = "Äänekoski smelter Äänekoski Mercury and compounds (as Hg)"
        assert f"2020 {subject} water 37.9 kg measured load {sought.load_id}" in said
        assert f"Load {sought.load_id}: Register office, annual edition" in said

    @pytest.mark.parametrize(
        ("trait", "words"),
        [
            ("zero", "○ zero"),
            ("below_threshold", "▽ below the threshold"),
            ("not_reported", "– not reported"),
            ("confidential", "■ confidential"),
            ("not_monitored", "◇ not monitored"),
        ],
    )
    def test_an_absence_stands_as_its_mark_and_words(self, client: Client, trait: str, words: str) -> None:
        ReleaseFactory(**{trait: True})
        said = words_of(client, kind="releases")
        assert f"water {words}" in said
        assert "0 kg" not in said

    def test_a_withheld_value_says_why_in_its_row(self, client: Client) -> None:
        ReleaseFactory(confidential=True)
        assert "Withheld: the quantity. Ground: commercial" in words_of(client, kind="releases")

    def test_sums_say_what_they_leave_out_and_where_they_come_from(self, client: Client) -> None:
        mercury = PollutantFactory(mercury=True)
        held = ReleaseFactory(pollutant=mercury, quantity_kg=Decimal(1_234_500))
        ReleaseFactory(pollutant=mercury, confidential=True, load=held.load)
        said = words_of(client, kind="releases", by="year")
        assert "1 sum" in said
        assert (
            "2023 Mercury and compounds (as Hg) water 1,235 tonnes 1 withheld value is missing from it. 2023 2 measured"
        ) in said
        assert f"Load {held.load_id}: Register office, annual edition" in said

    def test_criteria_that_do_not_apply_are_named(self, client: Client) -> None:
        WasteTransferFactory()
        said = words_of(client, kind="waste", medium="air")
        assert "“Off-site transfers of waste” cannot be searched by: Released to." in said
        assert "1 entry" in said

    def test_the_second_page_keeps_what_was_asked(self, client: Client) -> None:
        mercury = PollutantFactory(mercury=True)
        for year in range(1990, 2020):
            ReleaseFactory(pollutant=mercury, reporting_year=year)
        response = client.get(URL, {"kind": "releases", "medium": "water", "sort": "year"})
        assert "?kind=releases&amp;medium=water&amp;sort=year&amp;page=2" in response.content.decode()
        assert "2019" in words_of(client, kind="releases", medium="water", sort="year", page=2)

    def test_a_heading_turns_the_order_round(self, client: Client) -> None:
        ReleaseFactory()
        html = client.get(URL, {"kind": "releases"}).content.decode()
        assert 'aria-sort="descending"><a href="?kind=releases&amp;sort=year">Year</a>' in html
        assert '<a href="?kind=releases&amp;sort=-quantity">Quantity a year</a>' in html

    @pytest.mark.parametrize(
        ("asked", "said"),
        [
            ({"year_from": "2014", "year_to": "2014"}, "<h2>Releases from facilities · 2014</h2>"),
            ({"year_from": "2014", "year_to": "2016"}, "<h2>Releases from facilities · 2014–2016</h2>"),
            ({"year_from": "2014"}, "<h2>Releases from facilities · From year: 2014</h2>"),
        ],
    )
    def test_the_years_asked_for_are_named_as_people_write_them(
        self, client: Client, asked: dict[str, str], said: str
    ) -> None:
        assert said in client.get(URL, {"kind": "releases", **asked}).content.decode()

    def test_what_was_typed_is_kept(self, client: Client) -> None:
        html = client.get(URL, {"kind": "waste", "facility": "Mill", "year_from": "2015"}).content.decode()
        assert 'name="facility" value="Mill"' in html
        assert 'name="year_from" value="2015"' in html
        assert '<option value="waste" selected>' in html

    def test_nothing_found_is_not_worded_as_nothing_released(self, client: Client) -> None:
        said = words_of(client, kind="releases", facility="nowhere")
        assert "No entry matches" in said
        assert "it does not mean that nothing was released" in said


class TestMistakes:
    @pytest.mark.parametrize(
        ("asked", "sentence"),
        [
            (
                {"year_from": "2020", "year_to": "2010"},
                "The search goes from 2020 to 2010, which is backwards. Swap the two years.",
            ),
            ({"year_from": "soon"}, "Enter the year as four digits, such as 2019."),
            ({"year_to": "99999"}, "That year lies too far ahead. Enter a year up to 2100."),
            ({"year_from": "-5"}, "The register does not go back that far. Enter a year from 1900 on."),
            ({"medium": "fire"}, "The register does not know “fire” here. Choose one of the list."),
            ({"pollutant": "UNOBTAINIUM"}, "The register does not know “UNOBTAINIUM” here."),
            ({"kind": "everything"}, "The register does not know “everything” here."),
            ({"sort": "random"}, "The register does not know “random” here."),
            ({"facility": "a\x00b"}, "This contains a character that is not text. Type the words again."),
            ({"medium": "a\x00b"}, "The register does not know “a"),
            ({"operator": "x" * 10_000}, "This is longer than 200 characters (it has 10000). Use fewer words."),
            ({"pollutant": "x" * 10_000}, "The register does not know “xxxxxxxxxx"),
            ({"by": "country"}, "“Releases from facilities” cannot be added up by country of the receiver."),
        ],
    )
    def test_a_mistake_is_a_sentence_and_what_was_typed_is_kept(
        self, client: Client, asked: dict[str, str], sentence: str
    ) -> None:
        ReleaseFactory()
        said = words_of(client, **asked)
        assert "There is a problem" in said
        assert sentence in said
        for name, value in asked.items():
            if name in {"year_from", "facility", "operator"}:
                kept = re.search(rf'name="{name}" value="([^"]*)"', client.get(URL, asked).content.decode())
                assert kept is not None
                assert unescape(kept.group(1)) == value.replace("\x00", "\ufffd") or "\x00" in value

    @pytest.mark.parametrize("words", ["'", '"', "%", "_", "\\", "';--", "{{7*7}}", "<script>", "😀", "OR 1=1", "  "])
    def test_strange_words_find_nothing_and_break_nothing(self, client: Client, words: str) -> None:
        ReleaseFactory()
        for name in ("facility", "place", "operator"):
            response = client.get(URL, {"kind": "releases", name: words})
            assert response.status_code == 200
            assert "<script>" not in response.content.decode().split("<main")[1]

    @pytest.mark.parametrize("page", ["0", "-1", "99999999999", "x", ""])
    def test_a_page_that_is_not_there_is_the_nearest_one(self, client: Client, page: str) -> None:
        ReleaseFactory()
        assert "1 entry" in words_of(client, kind="releases", page=page)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [("Äänekoski", "aanekoski"), ("ÉMISSIONS", "emissions"), ("РТУТЬ", "ртуть"), ("Ёлка", "елка"), ("plain", "plain")],
)
def test_case_and_accents_do_not_matter(typed: str, folded: str) -> None:
    assert fold(typed) == folded


def test_the_method_of_a_sum_is_told(client: Client) -> None:
    mercury = PollutantFactory(mercury=True)
    ReleaseFactory.create_batch(2, pollutant=mercury, method=Method.CALCULATED)
    ReleaseFactory(pollutant=mercury, method=Method.ESTIMATED)
    assert "3 calculated 2, estimated 1" in words_of(client, kind="releases", by="pollutant")
