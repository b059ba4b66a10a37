import csv
import re
from dataclasses import replace
from io import StringIO

import pytest

from charts.description import alternative_text, finding, long_description, peak_of
from charts.enums import ABSENCES, Medium, State
from charts.palette import MARKS, MEDIA
from charts.spec import Series
from charts.tables import csv_text, safe_cell, table
from tests.charts.factories import a_point, a_series, a_spec


def plain(text: str) -> str:
    return re.sub(r"[\xa0\u202f]", " ", text)


def test_the_caption_states_the_finding_with_both_values_in_time_order() -> None:
    assert plain(finding(a_spec())) == (
        "Releases: Mercury and compounds. Releases to water fell: 12 kg in 2019, 6 kg in 2021."
    )


class TestPeaks:
    """A citizen reads "fell" and should not be kept from the year in between in which most was released."""

    spec = a_spec(a_series(Medium.WATER, "12", "40", "6"))

    def test_the_caption_names_a_peak_that_lies_between_lower_ends(self) -> None:
        assert plain(finding(self.spec)) == (
            "Releases: Mercury and compounds. Releases to water fell: 12 kg in 2019, 6 kg in 2021. "
            "Releases to water were highest in between: 40 kg in 2020."
        )

    def test_the_alternative_text_names_it_too(self) -> None:
        assert plain(alternative_text(self.spec)) == (
            "Bar chart: Releases: Mercury and compounds, 2019–2021. "
            "Releases to water were highest in between: 40 kg in 2020. What it shows is described below it."
        )

    def test_the_long_description_says_it_once(self) -> None:
        assert [plain(sentence) for sentence in long_description(self.spec)][1:] == [
            "Releases to water fell: 12 kg in 2019, 6 kg in 2021. "
            "Releases to water were highest in between: 40 kg in 2020.",
            "The lowest value is 6 kg in 2021.",
        ]

    @pytest.mark.parametrize(
        ("quantities", "year"),
        [
            (("12", "18", "6"), None),  # half as much again: not more
            (("12", "18.1", "6"), 2020),
            (("6", "18.1", "12"), 2020),
            (("12", "20", "30", "10"), 2021),
            (("12", "6"), None),
            (("6", "8", "30"), None),
            ((State.ZERO, "1", State.ZERO), 2020),
            (("12", "40", State.CONFIDENTIAL), None),  # the last value is the highest
        ],
    )
    def test_a_peak_exceeds_both_ends_by_the_factor(
        self, quantities: tuple[str | State, ...], year: int | None
    ) -> None:
        peak = peak_of(a_series(Medium.WATER, *quantities))
        assert (peak.year if peak else None) == year

    def test_no_peak_is_named_across_a_change_of_the_rule(self) -> None:
        assert peak_of(replace(a_series(Medium.WATER, "12", "40", "6"), breaks=(2020,))) is None

    @pytest.mark.parametrize("language", ["fr", "ru"])
    def test_it_is_named_in_each_language(self, language: str) -> None:
        told = a_spec(a_series(Medium.WATER, "12", "40", "6"), language=language)
        for words in (finding(told), alternative_text(told)):
            assert "40" in words
            assert "highest" not in words


def test_the_alternative_text_says_what_it_is_and_where_the_rest_stands() -> None:
    assert alternative_text(a_spec()) == (
        "Bar chart: Releases: Mercury and compounds, 2019–2021. What it shows is described below it."
    )


def test_the_long_description_gives_form_way_extremes_and_gaps() -> None:
    spec = a_spec(a_series(Medium.WATER, "12", State.BELOW_THRESHOLD, "3", "6", State.CONFIDENTIAL))
    assert [plain(sentence) for sentence in long_description(spec)] == [
        "A bar chart with one bar for each year, 2019–2023.",
        "Releases to water fell: 12 kg in 2019, 6 kg in 2022.",
        "The highest value is 12 kg in 2019, the lowest 3 kg in 2021.",
        "2020 has no value: below the threshold.",
        "2023 has no value: confidential.",
    ]


def test_scales_that_differ_are_said_to_differ() -> None:
    spec = a_spec(a_series(Medium.AIR, "2000000"), a_series(Medium.WATER, "9"))
    assert "Each has its own scale: compare bars within a part, not between parts." in long_description(spec)[0]


def test_a_share_names_its_whole() -> None:
    spec = a_spec(a_series(Medium.AIR, "1", "98"), a_series(Medium.WATER, "1", "2"))
    assert plain(long_description(spec)[-1]) == "Of the 100 kg reported for 2020, almost all went here: to air."


def test_a_withheld_part_makes_shares_and_changes_unknowable() -> None:
    air = Series(Medium.AIR, (a_point(2019, "5"), a_point(2020, "9", withheld=2)))
    spec = a_spec(air, a_series(Medium.WATER, "1", "2"))
    described = " ".join(long_description(spec))
    assert "Of the" not in described
    assert "5 kg in 2019 and 9 kg in 2020 cannot be compared, because values are withheld" in plain(described)
    assert "In 2020 values are withheld and missing from the total: the true total is larger or equal." in described


def test_caption_and_description_use_the_same_words_for_the_same_fact() -> None:
    spec = a_spec(a_series(Medium.AIR, "100", "104"), a_series(Medium.WATER, "100", "106"))
    for sentence in finding(spec).removeprefix(f"{spec.title}. ").split(". "):
        assert sentence.rstrip(".") in " ".join(long_description(spec))


@pytest.mark.parametrize("language", ["en", "fr", "ru"])
def test_every_absence_has_words_of_its_own_in_each_language(language: str) -> None:
    quantities = [State.ZERO, State.BELOW_THRESHOLD, State.NOT_REPORTED, State.CONFIDENTIAL, State.NOT_MONITORED, "5"]
    rows = table(a_spec(a_series(Medium.LAND, *quantities), language=language)).rows
    assert len({row[1] for row in rows}) == len(quantities)


def test_the_five_absences_have_five_marks_and_the_media_colour_and_hatch_of_their_own() -> None:
    assert set(MARKS) == set(ABSENCES)
    assert len({mark.marker for mark in MARKS.values()}) == len({mark.glyph for mark in MARKS.values()}) == 5
    assert (
        len({style.colour for style in MEDIA.values()}) == len({style.hatch for style in MEDIA.values()}) == len(Medium)
    )


def test_a_withheld_value_is_never_a_zero_in_any_form() -> None:
    spec = a_spec(a_series(Medium.WATER, "12", State.CONFIDENTIAL))
    [_header, _first, withheld] = list(csv.reader(StringIO(csv_text(spec))))
    assert table(spec).rows[1] == ["2020", "■ confidential"]
    assert withheld[3:7] == ["", "", "", "confidential"]
    assert "0" not in plain(long_description(spec)[-1]).replace("2020", "")


def test_table_file_and_description_hold_the_same_numbers() -> None:
    spec = a_spec(a_series(Medium.AIR, "1234567", "2345678", "3456789"))
    shown = [row[1] for row in table(spec).rows]
    rows = list(csv.DictReader(StringIO(csv_text(spec))))
    described = plain(" ".join(long_description(spec)))
    assert [f"{float(row['quantity']):,.0f}" for row in rows] == shown == ["1,235", "2,346", "3,457"]
    assert {row["unit"] for row in rows} == {"t"}
    assert [row["quantity_kg"] for row in rows] == ["1234567", "2345678", "3456789"]
    assert f"{shown[0]} tonnes in 2019" in described
    assert f"{shown[2]} tonnes in 2021" in described


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_begins_like_a_formula_is_no_formula(start: str) -> None:
    assert safe_cell(f"{start}1+1") == f"'{start}1+1"
    assert safe_cell("Mercury") == "Mercury"
