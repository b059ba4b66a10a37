"""The texts of the demonstration are whole: every page and every consultation in every language, and nothing loose."""

import re
from collections import Counter
from datetime import UTC, datetime
from string import Template

import pytest

from accounts.roles import Role
from consultations.enums import DecisionKind
from demonstration.dockets.scripts import SCRIPTS, Script, read_scripts
from demonstration.enums import BUILDING_ORDER, NEEDS, Stage
from demonstration.people import SIGN_INS
from demonstration.publishing.markup import read_addition
from demonstration.publishing.planting import ADDITIONS, TEXTS
from demonstration.publishing.tree import PLACES
from demonstration.stages.context import register_span
from demonstration.tries import things_to_try
from design.guidance import read_page
from design.languages import CODES
from design.typography import typeset
from explainers.contents import GUIDES as EXPLAINERS_GUIDES
from learning.loading import GUIDES as LEARNING_GUIDES

pytestmark = pytest.mark.any_database

NAMES = ["home", *(place.name for place in PLACES)]
SCRIPTED = read_scripts()
LINK = re.compile(r"\]\(([^)]+)\)")
FACT = re.compile(r"\$\{(\w+)\}")


def source(name: str, code: str) -> str:
    """The text of a page as it is written."""
    return (TEXTS / f"{name}.{code}.md").read_text(encoding="utf-8")


class TestPages:
    def test_every_page_is_there_in_every_language_and_no_other(self) -> None:
        assert {path.name for path in TEXTS.iterdir()} == {f"{name}.{code}.md" for name in NAMES for code in CODES}

    @pytest.mark.parametrize("name", NAMES)
    def test_the_languages_of_a_page_say_the_same_things(self, name: str) -> None:
        """The same blocks in the same order, links to the same places, the same facts filled in."""
        shapes, links, facts = [], [], []
        for code in CODES:
            text = source(name, code)
            blocks = read_page(Template(text).safe_substitute(), lambda target: "<a>").blocks
            shapes.append([block["type"] for block in blocks])
            links.append(Counter(LINK.findall(text)))
            facts.append(set(FACT.findall(text)) - {"authority", "review_body"})  # declined in Russian
        assert (shapes[1:], links[1:], facts[1:]) == ([shapes[0]] * 2, [links[0]] * 2, [facts[0]] * 2)

    @pytest.mark.parametrize("name", NAMES)
    @pytest.mark.parametrize("code", CODES)
    def test_what_is_shown_as_plain_text_has_no_markup_in_it(self, name: str, code: str) -> None:
        page = read_page(typeset(Template(source(name, code)).safe_substitute(), code), lambda target: "<a>")
        plain = [str(block["value"]) for block in page.blocks if block["type"] != "paragraph"]
        assert [text for text in plain if "](" in text or "**" in text] == []

    @pytest.mark.parametrize("name", NAMES)
    def test_every_quotation_names_its_source(self, name: str) -> None:
        for code in CODES:
            page = read_page(typeset(Template(source(name, code)).safe_substitute(), code), lambda target: "<a>")
            assert all(block["value"]["source"] for block in page.blocks if block["type"] == "quote")

    @pytest.mark.parametrize("name", NAMES)
    @pytest.mark.parametrize("code", CODES)
    def test_title_and_description_fit_where_they_are_shown(self, name: str, code: str) -> None:
        page = read_page(Template(source(name, code)).safe_substitute(), lambda target: "<a>")
        assert (0 < len(page.title) <= 80, 40 <= len(page.description) <= 260) == (True, True)

    def test_what_is_added_to_guidance_says_the_same_in_every_language(self) -> None:
        slugs = {path.name.partition(".")[0] for path in ADDITIONS.iterdir()}
        assert {path.name for path in ADDITIONS.iterdir()} == {f"{slug}.{code}.md" for slug in slugs for code in CODES}
        assert slugs < {*LEARNING_GUIDES, *EXPLAINERS_GUIDES}
        for slug in slugs:
            texts = [(ADDITIONS / f"{slug}.{code}.md").read_text(encoding="utf-8") for code in CODES]
            shapes = [[block["type"] for block in read_addition(text, lambda target: "<a>", slug)] for text in texts]
            said = [(Counter(LINK.findall(text)), set(FACT.findall(text))) for text in texts]
            assert (shapes, said) == ([shapes[0]] * 3, [said[0]] * 3)

    def test_a_page_stands_below_one_that_is_planted_before_it(self) -> None:
        planted = {"home"}
        for place in PLACES:
            assert place.below in planted
            planted.add(place.name)


class TestConsultations:
    def test_a_file_bears_the_name_that_its_slug_tells(self) -> None:
        assert len({script.slug for script in SCRIPTED}) == len(list(SCRIPTS.glob("*.toml")))

    @pytest.mark.parametrize("script", SCRIPTED, ids=lambda script: script.slug)
    def test_every_text_is_there_in_every_language(self, script: Script) -> None:
        texts = [*script.texts.values(), script.background, *(one.title for one in script.documents)]
        texts += [details for _channel, details in script.ways]
        if script.decision:
            texts += script.decision.texts.values()
            texts += [text for pair in script.decision.considerations for text in pair]
        assert [one.missing for one in texts] == [[]] * len(texts)

    @pytest.mark.parametrize("script", SCRIPTED, ids=lambda script: script.slug)
    def test_comments_come_while_comments_are_taken_or_are_marked_as_late(self, script: Script) -> None:
        spans = [(script.days["opens"], script.days["closes"])]
        spans += [(script.days["closes"], script.extended["closes"])] if script.extended else []
        spans += [(script.reopened["opens"], script.reopened["closes"])] if script.reopened else []
        end = script.days.get("discontinued", 10_000)
        for one in script.submissions:
            day = script.days["opens"] + one.day
            in_time = any(first <= day < last for first, last in spans) and day < end
            assert in_time != bool(one.admissible_because)

    def test_they_speak_all_languages_and_as_all_kinds_of_people(self) -> None:
        comments = [one for script in SCRIPTED for one in script.submissions]
        assert len(comments) == 70
        assert {one.language for one in comments} == set(CODES)
        assert {one.kind.value for one in comments} == {"anonymous", "individual", "organisation", "public_body"}
        assert {one.preference.value for one in comments} == {"with_name", "without_name", "not_published"}

    def test_some_letters_of_a_campaign_are_nearly_the_same(self) -> None:
        comments = [one.text for script in SCRIPTED for one in script.submissions]
        assert sum(text.startswith("I ask the Agency to lower the mercury thresholds") for text in comments) == 4

    def test_there_is_a_decision_of_each_kind(self) -> None:
        assert {script.decision.kind for script in SCRIPTED if script.decision} == set(DecisionKind)

    def test_nobody_can_be_written_to(self) -> None:
        addresses = [one.email for script in SCRIPTED for one in script.submissions if one.email]
        assert addresses
        assert all(address.endswith(".velmaria.example") for address in addresses)


class TestPeople:
    def test_each_role_has_one_person(self) -> None:
        assert [one.role for one in SIGN_INS] == list(Role)

    def test_the_things_to_try_are_five(self) -> None:
        assert len(things_to_try()) == 5


class TestStages:
    def test_a_stage_comes_after_what_it_needs(self) -> None:
        for stage in Stage:
            place = BUILDING_ORDER.index(stage)
            assert set(NEEDS[stage]) <= set(BUILDING_ORDER[:place])


class TestYears:
    @pytest.mark.parametrize(
        ("at", "last_year"),
        [
            (datetime(2026, 11, 22, tzinfo=UTC), 2025),
            (datetime(2027, 1, 20, tzinfo=UTC), 2025),
            (datetime(2027, 3, 31, tzinfo=UTC), 2025),
            (datetime(2027, 12, 1, tzinfo=UTC), 2026),
        ],
    )
    def test_a_year_is_published_nine_months_after_its_end(self, at: datetime, last_year: int) -> None:
        span = register_span(at)
        assert (span.first_year, span.last_year) == (last_year - 9, last_year)
