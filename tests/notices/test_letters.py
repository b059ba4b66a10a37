"""What all letters of all areas have in common: nothing sensitive outside, the fact first, text and markup."""

import re
from pathlib import Path

import pytest

from tests.house.tree import committed, text

# What may be read over somebody's shoulder: a number, never a name, a title, a reason or an outcome.
HARMLESS = {"number", "reference", "code", "count", "day", "site_name"}
ROOT = "templates/notices/"

pytestmark = pytest.mark.any_database


def letters() -> list[Path]:
    """The letters of all areas, each by its plain text."""
    subjects = [path for path in committed() if ROOT in path.as_posix() and path.name.endswith(".subject.txt")]
    return [path.with_name(path.name.replace(".subject.txt", ".txt")) for path in subjects]


def test_there_are_letters() -> None:
    assert len(letters()) > 10


@pytest.mark.parametrize("letter", letters(), ids=lambda path: path.stem)
def test_a_subject_line_names_a_number_and_nothing_else(letter: Path) -> None:
    subject = text(letter.with_suffix(".subject.txt"))
    named = set(re.findall(r"{{\s*(\w+)", subject))
    assert named - HARMLESS == set()


@pytest.mark.parametrize("letter", letters(), ids=lambda path: path.stem)
def test_a_letter_begins_with_the_fact_so_that_a_watch_shows_it(letter: Path) -> None:
    """No greeting, no letterhead, no address comes before the first sentence, in neither form."""
    plain, marked_up = text(letter), text(letter.with_suffix(".html"))
    sentence = r"(?:{% if [^%]*%})?{% (?:blocktranslate|translate)"
    assert re.search(r"{% block letter %}\s*" + sentence, plain)
    assert re.search(r"{% block letter %}\s*(?:{% if [^%]*%}\s*)?<p>(?:<strong>)?" + sentence, marked_up)
