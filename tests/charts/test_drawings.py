import subprocess
import sys
from xml.etree import ElementTree

import pytest
from django.core.cache import cache

from charts.drawing import draw
from charts.enums import Layout, Medium, State
from charts.palette import MEDIA
from charts.rendering import kept_svg, svg_of, words_of
from charts.spec import Series
from tests.charts.factories import a_point, a_series, a_spec

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    cache.clear()


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314 -- our own drawing


def texts(svg: str) -> list[str]:
    return ["".join(element.itertext()) for element in parsed(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("layout", list(Layout))
def test_a_drawing_has_role_title_description_and_language(layout: Layout) -> None:
    spec = a_spec(language="fr", title="Rejets : mercure")
    root = parsed(svg_of(spec, layout))
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "chart-title chart-description"
    assert root.findtext(f"{SVG}title") == "Rejets : mercure"
    assert root.findtext(f"{SVG}desc") == " ".join(words_of(spec).description)
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "fr"


def test_the_same_description_gives_the_same_bytes_in_a_new_process() -> None:
    code = (
        "import sys; sys.path[:0] = ['.']\n"
        "import django; django.setup()\n"
        "from charts.enums import Layout\n"
        "from charts.rendering import svg_of\n"
        "from tests.charts.factories import a_spec\n"
        "sys.stdout.write(svg_of(a_spec(), Layout.NARROW))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == svg_of(a_spec(), Layout.NARROW)


def test_letters_of_every_language_are_text_and_not_outlines() -> None:
    svg = svg_of(a_spec(language="ru", title="Выбросы: ртуть"), Layout.NARROW)
    assert any(any("а" <= letter <= "я" for letter in text) for text in texts(svg))


def test_a_strict_content_policy_finds_no_style_in_it() -> None:
    root = parsed(svg_of(a_spec(a_series(Medium.AIR, "1", State.NOT_REPORTED)), Layout.WIDE))
    assert [element.tag for element in root.iter() if element.get("style") or element.tag == f"{SVG}style"] == []


def test_labels_hold_the_numbers_of_the_table() -> None:
    spec = a_spec(a_series(Medium.AIR, "1234567", "2345678"))
    assert "2,346" in texts(svg_of(spec, Layout.NARROW))
    assert "To air, tonnes a year" in texts(svg_of(spec, Layout.NARROW))


def test_a_drawing_explains_the_marks_it_uses_and_no_others() -> None:
    spec = a_spec(a_series(Medium.WATER, "12", State.BELOW_THRESHOLD, State.NOT_MONITORED))
    drawn = texts(svg_of(spec, Layout.NARROW))
    assert [text for text in drawn if text in {"below the threshold", "not monitored"}] == [
        "below the threshold",
        "not monitored",
    ]
    assert "confidential" not in drawn


def test_a_withheld_part_of_a_total_is_marked_on_its_bar() -> None:
    spec = a_spec(Series(Medium.AIR, (a_point(2019, "5"), a_point(2020, "9", withheld=1))))
    assert "confidential" in texts(svg_of(spec, Layout.NARROW))


def test_each_medium_is_drawn_in_its_colour_with_a_hatch() -> None:
    svg = svg_of(a_spec(*(a_series(medium, "5", "6") for medium in Medium)), Layout.NARROW)
    patterns = parsed(svg).iter(f"{SVG}pattern")
    filled = {element.get("fill", "").upper() for pattern in patterns for element in pattern.iter()}
    assert {style.colour.upper() for style in MEDIA.values()} <= filled


def test_a_drawing_is_made_once() -> None:
    spec = a_spec()
    assert kept_svg(spec.address, Layout.WIDE) is None
    made = svg_of(spec, Layout.WIDE)
    assert kept_svg(spec.address, Layout.WIDE) == made
    assert kept_svg(spec.address, Layout.NARROW) is None


@pytest.mark.parametrize(
    "quantities",
    [
        ["5"],
        [State.CONFIDENTIAL],
        [State.ZERO, State.ZERO],
        ["0.000000001", "1000000000000"],
        [str(year) for year in range(1, 41)],
    ],
)
def test_any_series_can_be_drawn(quantities: list[str | State]) -> None:
    assert "<svg" in draw(a_spec(a_series(Medium.LAND, *quantities, first_year=1990)), Layout.NARROW)
