"""The project's own texts: whole in three languages, plain, and with a source for each claim."""

import re

import pytest

from design.languages import CODES
from explainers.contents import parse_explainer, read_explainer, read_glossary, read_references, written_slugs
from explainers.enums import WRITTEN_SLOTS, ReadabilityVerdict, SlotKind, SlotState
from explainers.readability import report_on
from explainers.slots import cited_keys
from explainers.wording import forbidden_in

pytestmark = pytest.mark.any_database
TEXTS = [(slug, code) for slug in written_slugs() for code in CODES]
HEAD = "title: Mercury\ndescription: A metal.\n\n"


def test_eight_pollutants_are_written() -> None:
    assert len(written_slugs()) == 8


@pytest.mark.parametrize(("slug", "code"), TEXTS)
class TestEveryText:
    def test_it_answers_every_question(self, slug: str, code: str) -> None:
        text = read_explainer(slug, code)
        assert text is not None
        assert list(text.texts) == list(WRITTEN_SLOTS)

    def test_it_is_as_plain_as_a_reader_of_twelve_needs(self, slug: str, code: str) -> None:
        text = read_explainer(slug, code)
        assert text is not None
        report = report_on("".join(text.texts.values()), code)
        assert report.verdict is ReadabilityVerdict.WITHIN_LIMIT, report

    def test_it_cites_what_is_entered_and_nothing_else(self, slug: str, code: str) -> None:
        text = read_explainer(slug, code)
        assert text is not None
        known = {row["key"] for row in read_references()}
        assert set(cited_keys("".join(text.texts.values()))) - known == set()

    def test_it_declares_and_cites_the_same_in_every_language(self, slug: str, code: str) -> None:
        text, english = read_explainer(slug, code), read_explainer(slug, "en")
        assert text is not None
        assert english is not None
        assert text.states == english.states
        cited = {kind: sorted(cited_keys(words)) for kind, words in text.texts.items()}
        assert cited == {kind: sorted(cited_keys(words)) for kind, words in english.texts.items()}

    def test_it_concludes_nothing_from_a_mass(self, slug: str, code: str) -> None:
        text = read_explainer(slug, code)
        assert text is not None
        assert list(forbidden_in(" ".join([text.summary, *text.texts.values()]))) == []


def test_every_term_has_its_forms_and_definitions_in_three_languages() -> None:
    for term in read_glossary():
        for code in CODES:
            assert term[f"term_{code}"], term["key"]
            assert term[f"definition_{code}"].endswith((".", "»")), term["key"]
            assert report_on(term[f"definition_{code}"], code).words_a_sentence < 25, term["key"]


def test_a_form_belongs_to_one_term() -> None:
    for code in CODES:
        met: dict[str, str] = {}
        for term in read_glossary():
            for form in {term[f"term_{code}"].casefold(), *term[f"forms_{code}"].casefold().splitlines()}:
                assert met.setdefault(form, term["key"]) == term["key"], (code, form)


class TestReading:
    def test_a_question_that_nobody_can_answer_says_so(self) -> None:
        text = parse_explainer(HEAD + "## uses\n!unknown It is being studied.\n\n## children\n!not_applicable\n", "en")
        assert text.states == {SlotKind.USES: SlotState.UNKNOWN, SlotKind.CHILDREN: SlotState.NOT_APPLICABLE}
        assert text.texts == {SlotKind.USES: "<p>It is being studied.</p>", SlotKind.CHILDREN: ""}

    @pytest.mark.parametrize(
        ("body", "wrong"),
        [
            ("## nonsense\nText.", "is no question"),
            ("## thresholds\nText.", "is no question"),
            ("## uses\nOne.\n\n## uses\nTwo.", "answered twice"),
            ("## uses\n> A quotation.", "Only paragraphs and lists"),
            ("## uses\n[words](javascript:alert)", "A link leads to"),
            ("Text before any question.", "is no question"),
        ],
    )
    def test_a_text_that_is_wrong_is_refused_with_a_sentence(self, body: str, wrong: str) -> None:
        with pytest.raises(ValueError, match=re.escape(wrong)):
            parse_explainer(HEAD + body, "en")
