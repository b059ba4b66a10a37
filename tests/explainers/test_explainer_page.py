"""What a citizen reads about a pollutant: answers and silences, figures and their limits, sources, words, ways on."""

import csv
import io
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from explainers.enums import WRITTEN_SLOTS, Box, SlotState
from explainers.models import ExplainerPage
from register.absences import ABSENCES
from register.enums import Medium, Presence, ThresholdKind
from register.models import Pollutant
from tests.consultations.factories import DocketFactory
from tests.design.html import one, parsed, texts
from tests.explainers.factories import a_reference, a_term, address, an_explainer
from tests.register.factories import PollutantFactory, ReleaseFactory, ThresholdFactory, ThresholdSetFactory
from tests.register.pages import page

pytestmark = pytest.mark.django_db
CheckQueries = Callable[[Client, Callable[[], str], Callable[[], object]], None]
CODES = ("en", "fr", "ru")


@pytest.fixture
def mercury() -> Pollutant:
    return PollutantFactory.create(mercury=True)


class TestAnswers:
    def test_every_question_stands_in_its_order(self, client: Client, mercury: Pollutant) -> None:
        an_explainer(mercury, written=True)
        tree = parsed(client.get(address(mercury)).content.decode())
        asked = [str(kind.label) for kind in WRITTEN_SLOTS]
        assert [heading for heading in texts(tree, "main h2") if heading in asked] == asked

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"children_state": SlotState.UNKNOWN}, "What about children? Nobody knows this yet."),
            (
                {"children_state": SlotState.NOT_APPLICABLE, "children": "<p>It is a gas of engines.</p>"},
                "This question does not apply to this pollutant. It is a gas of engines.",
            ),
            ({}, "What about children? Nobody has written this yet."),
        ],
    )
    def test_a_silence_is_said_and_never_skipped(
        self, client: Client, mercury: Pollutant, fields: dict[str, Any], sentence: str
    ) -> None:
        an_explainer(mercury, what_is_it="<p>A metal.</p>", **fields)
        assert sentence in page(client, address(mercury))

    def test_an_answer_without_a_source_says_so(self, client: Client, mercury: Pollutant) -> None:
        a_reference()
        an_explainer(mercury, uses="<p>In lamps.</p>", health="<p>It harms nerves.[^who_2021]</p>")
        said = page(client, address(mercury))
        assert said.count("This answer names no source.") == 1
        assert "How do we know? World Health Organization. Mercury and health. WHO. 2021." in said

    def test_a_term_is_linked_once_and_explained_at_the_end_of_the_page(
        self, client: Client, mercury: Pollutant
    ) -> None:
        a_term()
        an_explainer(mercury, uses="<p>Above the threshold.</p>", health="<p>The threshold again.</p>")
        tree = parsed(client.get(address(mercury)).content.decode())
        assert texts(tree, "main a.term") == ["threshold"]
        assert texts(tree, "#term-threshold dt") == ["threshold"]
        assert one(tree, "#term-threshold dd").get_text().startswith("The quantity above which one must report.")

    def test_from_the_foot_of_the_page_a_reader_gets_back_to_where_the_word_stood(
        self, client: Client, mercury: Pollutant
    ) -> None:
        a_term()
        an_explainer(mercury, uses="<p>Above the threshold.</p>", health="<p>The threshold again.</p>")
        tree = parsed(client.get(address(mercury)).content.decode())
        use, definition = one(tree, "main a.term"), one(tree, ".terms > div")
        assert (use["href"], definition["id"], definition["tabindex"]) == ("#term-threshold", "term-threshold", "-1")
        back = one(definition, "a")
        assert (back["href"], back.get_text()) == (f"#{use['id']}", "Back to the text: threshold")

    def test_what_an_editor_wrote_cannot_act(self, client: Client, mercury: Pollutant) -> None:
        an_explainer(mercury, uses='<p onclick="x()">In lamps.<script>alert(1)</script></p>')
        html = client.get(address(mercury)).content.decode()
        assert "alert(1)" not in html
        assert "onclick" not in html


class TestAPageNobodyHasWritten:
    def test_it_shows_what_the_register_knows_and_lists_what_is_missing(
        self, client: Client, mercury: Pollutant
    ) -> None:
        ThresholdFactory(pollutant=mercury, kind=ThresholdKind.RELEASE_WATER, quantity_kg=Decimal(1))
        ReleaseFactory(pollutant=mercury, quantity_kg=Decimal(7))
        an_explainer(mercury)
        said = page(client, address(mercury))
        assert "Nobody has written the plain explanation of this pollutant yet." in said
        assert "7 kg to water 2023 measured" in said
        assert "7439-97-6" in said
        for kind in WRITTEN_SLOTS:
            assert said.count(str(kind.label)) == 1

    @pytest.mark.parametrize("code", CODES)
    def test_without_any_entry_it_reads_well_and_says_that_missing_is_not_zero(
        self, client: Client, mercury: Pollutant, code: str
    ) -> None:
        an_explainer(mercury, code=code)
        response = client.get(address(mercury, code))
        assert response.status_code == 200
        html = response.content.decode()
        assert "<figure" not in html
        assert "fact-strip" not in html

    def test_the_sentence_for_no_entry_is_not_that_nothing_was_released(
        self, client: Client, mercury: Pollutant
    ) -> None:
        an_explainer(mercury)
        said = page(client, address(mercury))
        assert f"from a facility. {ABSENCES[Presence.NOT_REPORTED].sentence}" in said

    def test_its_links_lead_to_places_that_are_there(self, client: Client, mercury: Pollutant) -> None:
        an_explainer(mercury)
        tree = parsed(client.get(address(mercury)).content.decode())
        inside = {str(link["href"])[1:] for link in tree.select('main a[href^="#"]')}
        assert inside == {name for name in inside if tree.find(id=name)}


class TestFigures:
    def test_each_absence_has_its_own_mark_and_sentence(self, client: Client, mercury: Pollutant) -> None:
        an_explainer(mercury)
        for year, state in enumerate(
            ("zero", "below_threshold", "not_reported", "confidential", "not_monitored"), 2015
        ):
            ReleaseFactory(pollutant=mercury, reporting_year=year, **{state: True})
        said = page(client, address(mercury))
        for absence in ABSENCES.values():
            assert f"{absence.mark} {absence.sentence}" in said

    def test_a_withheld_value_is_nowhere_a_zero(self, client: Client, mercury: Pollutant) -> None:
        an_explainer(mercury)
        ReleaseFactory(pollutant=mercury, confidential=True)
        html = client.get(address(mercury)).content.decode()
        drawing, file = _addresses_of_chart(html)
        rows = list(csv.DictReader(io.StringIO(client.get(file).content.decode("utf-8-sig"))))
        assert [(row["quantity_kg"], row["state"]) for row in rows] == [("", "confidential")]
        assert "confidential" in client.get(drawing).content.decode()
        assert "confidential" in page(client, address(mercury))

    @pytest.mark.parametrize("code", CODES)
    def test_the_drawing_speaks_the_language_of_the_page(self, client: Client, mercury: Pollutant, code: str) -> None:
        an_explainer(mercury, code=code)
        ReleaseFactory(pollutant=mercury)
        drawing, _file = _addresses_of_chart(client.get(address(mercury, code)).content.decode())
        svg = client.get(drawing).content
        root = ElementTree.fromstring(svg)  # noqa: S314 -- our own drawing
        assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == code
        assert root.get("role") == "img"
        assert [child.tag.rpartition("}")[2] for child in root][:2] == ["title", "desc"]
        assert client.get(drawing).content == svg

    def test_page_table_and_file_hold_the_same_numbers(self, client: Client, mercury: Pollutant) -> None:
        an_explainer(mercury)
        ReleaseFactory(pollutant=mercury, reporting_year=2022, quantity_kg=Decimal("5.03"))
        ReleaseFactory(pollutant=mercury, reporting_year=2023, quantity_kg=Decimal(37))
        html = client.get(address(mercury)).content.decode()
        _drawing, file = _addresses_of_chart(html)
        rows = list(csv.DictReader(io.StringIO(client.get(file).content.decode("utf-8-sig"))))
        assert texts(parsed(html), "figure tbody tr") == ["2022 5.03", "2023 37"]
        assert [(row["year"], row["quantity"], row["unit"]) for row in rows] == [
            ("2022", "5.03", "kg"),
            ("2023", "37.0", "kg"),
        ]

    def test_a_group_and_its_part_are_never_added_in_silence(self, client: Client) -> None:
        part = PollutantFactory.create(without_biomass=True)
        whole = part.part_of
        assert whole is not None
        an_explainer(whole)
        ReleaseFactory(pollutant=whole, quantity_kg=Decimal(100), medium=Medium.AIR)
        ReleaseFactory(pollutant=part, quantity_kg=Decimal(60), medium=Medium.AIR)
        said = page(client, address(whole))
        assert "100 kg to air" in said
        assert "160" not in said
        assert "never add it to them" in said

    def test_that_a_release_is_no_exposure_is_said_once(self, client: Client, mercury: Pollutant) -> None:
        an_explainer(mercury, written=True)
        ReleaseFactory(pollutant=mercury)
        assert page(client, address(mercury)).count("A release is not an exposure") == 1

    def test_thresholds_of_both_sets_stand_by_medium(self, client: Client, mercury: Pollutant) -> None:
        european = ThresholdSetFactory(code="eprtr", name_en="European register", applies=False)
        ThresholdFactory(pollutant=mercury, kind=ThresholdKind.RELEASE_WATER, quantity_kg=Decimal(1))
        ThresholdFactory(
            pollutant=mercury, kind=ThresholdKind.RELEASE_AIR, quantity_kg=Decimal(10), threshold_set=european
        )
        an_explainer(mercury)
        said = page(client, address(mercury))
        assert "Releases to air no threshold 10 kg" in said
        assert "Releases to water 1 kg no threshold" in said


class TestBoxes:
    def test_the_register_fills_the_release_alone(self, client: Client, mercury: Pollutant) -> None:
        an_explainer(mercury, written=True)
        tree = parsed(client.get(address(mercury)).content.decode())
        assert texts(tree, ".box dt") == [str(box.label) for box in Box]
        assert texts(tree, ".box-ours dt") == [str(Box.RELEASE.label)]


class TestWaysOn:
    def test_the_page_leads_to_the_register_to_asking_and_to_consultations(
        self, client: Client, mercury: Pollutant
    ) -> None:
        docket = DocketFactory.create(open=True)
        subject = docket.measures.get(pollutant__isnull=False).pollutant
        an_explainer(subject)
        html = client.get(address(subject)).content.decode()
        assert f'href="/en/register/pollutants/{subject.slug}/"' in html
        assert f"?pollutant={subject.slug}" in html
        assert docket.get_absolute_url() in html

    def test_the_register_leads_to_the_explainer(self, client: Client, mercury: Pollutant) -> None:
        an_explainer(mercury, title="Mercury in plain words")
        tree = parsed(client.get(mercury.get_absolute_url()).content.decode())
        link = one(tree, "main .leads-to a")
        assert (link["href"], link.get_text()) == (address(mercury), "Mercury in plain words")

    def test_a_part_leads_to_the_explainer_of_its_whole(self, client: Client) -> None:
        part = PollutantFactory.create(without_biomass=True)
        assert part.part_of is not None
        an_explainer(part.part_of)
        assert address(part.part_of) in client.get(part.get_absolute_url()).content.decode()

    def test_a_draft_is_linked_from_nowhere(self, client: Client, mercury: Pollutant) -> None:
        an_explainer(mercury, live=False)
        assert address(mercury) not in client.get(mercury.get_absolute_url()).content.decode()
        assert client.get(address(mercury)).status_code == 404

    def test_the_languages_of_a_page_lead_to_each_other(self, client: Client, mercury: Pollutant) -> None:
        english = an_explainer(mercury)
        an_explainer(mercury, code="ru", translation_key=english.translation_key)
        assert f'href="{address(mercury, "ru")}"' in client.get(address(mercury)).content.decode()


def test_the_page_is_kept_for_everybody_and_needs_no_script(client: Client, mercury: Pollutant) -> None:
    an_explainer(mercury, written=True)
    response = client.get(address(mercury))
    assert "Cookie" not in response.get("Vary", "")
    assert not response.cookies
    assert re.findall(r"<script(?![^>]* src=)", response.content.decode()) == []


def test_a_page_asks_the_database_as_often_for_three_releases_as_for_one(
    client: Client, mercury: Pollutant, assert_same_queries: CheckQueries
) -> None:
    an_explainer(mercury, written=True)
    assert_same_queries(client, lambda: address(mercury), lambda: ReleaseFactory(pollutant=mercury))


def test_only_pages_with_an_answer_count_as_written(mercury: Pollutant) -> None:
    an_explainer(mercury)
    told = an_explainer(PollutantFactory.create(carbon_dioxide=True), children_state=SlotState.UNKNOWN)
    assert [page.pk for page in ExplainerPage.objects.written()] == [told.pk]
    assert told.is_written


def _addresses_of_chart(html: str) -> tuple[str, str]:
    """Where the wide drawing of a page is, and its numbers."""
    drawing = re.search(r'srcset="([^"]+\.svg)"', html)
    file = re.search(r'href="([^"]+\.csv)"', html)
    assert drawing is not None
    assert file is not None
    return drawing[1], file[1]


def test_a_source_says_in_which_language_it_is(client: Client, mercury: Pollutant) -> None:
    a_reference("who_2021")
    a_reference("syke_2020", title="Elohopea Suomessa", language="fi")
    an_explainer(mercury, code="ru", uses="<p>В лампах [^who_2021], в весах [^syke_2020].</p>")
    tree = parsed(client.get(address(mercury, "ru")).content.decode())
    assert [item["lang"] for item in tree.select(".references li")] == ["en", "fi"]
