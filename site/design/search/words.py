"""What somebody who types these words looks for: without words that tell nothing, in any form, in any alphabet.

Every search uses this one preparation, so that "ртути" finds "ртуть", "rejets" finds "rejet" and "Борвеск" finds
Borvesk wherever it is typed. The language of the words is unknown: a visitor of the French pages may type Russian. So
the rules only shorten, and a shortened word stands for all that begins with it; no dictionary of a language is needed.
"""

import csv
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, TypeVar

from django.utils.translation import get_language

T = TypeVar("T")

# Nobody looks for more words than this; each word costs the database one more comparison a row.
MOST_WORDS: Final = 8
SHORTEST_STEM: Final = 3  # letters: "вод" for "воды", "eau" for "eaux"
SHORTEST_STEM_OF_DERIVED: Final = 4  # after an ending that is no plural, as in "reporting"
STOP_WORDS: Final = Path(__file__).with_name("stop_words.txt")  # of which every page has some, a line a language
TRANSLITERATIONS: Final = Path(__file__).with_name("cyrillic_to_latin.csv")

_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)+")  # one word for PostgreSQL
_WORD: Final = re.compile(rf"{_NUMBER.pattern}|[^\W_]+")
_OTHER_SEPARATOR: Final = str.maketrans(".,", ",.")
_CYRILLIC: Final = re.compile("[\u0400-\u052f]")
_MARKS: Final = re.compile("[\u0300-\u036f]+")
_EDGES: Final = "\"'“”„«»‘’.,;:!?()[]"

# French for "how", and elsewhere what people come here to do.
_HOW_IN_FRENCH: Final = "comment"

# Endings of Russian words: cases of nouns and adjectives. The longest is taken off.
_ENDINGS_IN_RUSSIAN: Final = (
    "иями ями ами ией иям ием иях ыми ими ого его ому ему ах ях ов ев ей ой ий ый ая яя "
    "ое ее ые ие ую юю ым им ом ем ам ям ых их ия ию ии ье ью ьи ья а е и й о у ы ь ю я"
)
_RUSSIAN_ENDINGS: Final = tuple(sorted(_ENDINGS_IN_RUSSIAN.split(), key=len, reverse=True))
_PLURAL_ENDINGS: Final = ("ies", "es", "s", "x", "e", "y")
_DERIVED_ENDINGS: Final = ("ing", "ées", "ée", "és", "ed", "é")


@dataclass(frozen=True)
class SearchWord:
    """A word as it was typed, in small letters, and the beginnings any of which may stand for it."""

    typed: str
    beginnings: tuple[str, ...]


def search_words(text: str) -> list[SearchWord]:
    """Return the telling words of a text, made of letters and figures alone, as an index of words has them."""
    return _prepared(_WORD.findall(text))


def search_names(text: str) -> list[SearchWord]:
    """Return the telling words of a text as they stand between blanks: a name, or a number such as 7439-97-6 whole."""
    return _prepared(piece.strip(_EDGES) or piece for piece in text.split())


def _prepared(pieces: Iterable[str]) -> list[SearchWord]:
    """Return at most `MOST_WORDS` different words, without those that tell nothing unless there are no others."""
    typed = list(dict.fromkeys(piece.casefold().replace("ё", "е") for piece in pieces))
    telling = [word for word in typed if not _tells_nothing(word)]
    return [SearchWord(word, beginnings(word)) for word in (telling or typed)[:MOST_WORDS]]


def _tells_nothing(word: str) -> bool:
    """Return whether every page has a word. Short names of substances ("as", "no") are among them."""
    return word in _stop_words() and (word != _HOW_IN_FRENCH or get_language() == "fr")


def beginnings(word: str) -> tuple[str, ...]:
    """Return the beginning that a word shares with its other forms, and in Latin letters that of a Cyrillic word.

    "12.5" stands for "12,5" too, and the other way round: the separator is a habit of the language.
    """
    if _NUMBER.fullmatch(word):
        return (word, word.translate(_OTHER_SEPARATOR))
    short = stem(word)
    return tuple(dict.fromkeys((short, *transliterations(short))))


def stem(word: str) -> str:
    """Return a word in small letters without the ending that changes with number and case; numbers stay whole."""
    if not word.isalpha():
        return word
    if _CYRILLIC.search(word):
        return _without(word, _RUSSIAN_ENDINGS, SHORTEST_STEM)
    if word.endswith(("al", "aux")) and not word.endswith("eaux"):  # minéral, minéraux
        return _without(word, ("l", "ux"), SHORTEST_STEM_OF_DERIVED)
    derived = _without(word, _DERIVED_ENDINGS, SHORTEST_STEM_OF_DERIVED)
    short = derived if derived != word else _without(word, _PLURAL_ENDINGS, SHORTEST_STEM)
    doubled = len(short) > SHORTEST_STEM_OF_DERIVED and short[-1] == short[-2]  # industrielles, industriel
    return short[:-1] if doubled else short


def _without(word: str, endings: Iterable[str], shortest: int) -> str:
    """Return a word without the first of some endings that it has and that leaves enough of it."""
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= shortest:
            return word[: -len(ending)]
    return word


def transliterations(word: str) -> tuple[str, ...]:
    """Return a Cyrillic word in Latin letters: by ISO 9, the same without marks, and as the BGN writes it on maps."""
    if not _CYRILLIC.search(word):
        return ()
    iso9, bgn = ("".join(table.get(letter, letter) for letter in word) for table in _tables())
    bare = _MARKS.sub("", unicodedata.normalize("NFD", iso9))
    return tuple(dict.fromkeys((iso9, bare, bgn)))


def titles_first(found: Iterable[T], words: Sequence[SearchWord], title: Callable[[T], str]) -> list[T]:
    """Return what was found with those first whose title has most of the words; of equals, as they were found.

    A word as it was typed counts twice what its beginning does.
    """
    return sorted(found, key=lambda thing: -_telling(title(thing), words))


def _telling(title: str, words: Sequence[SearchWord]) -> int:
    """Return how much of some words a title has; one that begins with them has a little more."""
    parts = [part.casefold() for part in _WORD.findall(title)]
    exact = sum(word.typed in parts for word in words)
    begun = sum(any(part.startswith(word.beginnings) for part in parts) for word in words)
    return 2 * (exact + begun) + (bool(words) and " ".join(parts).startswith(words[0].beginnings))


@cache
def _stop_words() -> frozenset[str]:
    """Return the words that tell nothing, in all languages, read once."""
    return frozenset(STOP_WORDS.read_text(encoding="utf-8").split())


@cache
def _tables() -> tuple[dict[str, str], dict[str, str]]:
    """Return the two tables of letters, read once."""
    with TRANSLITERATIONS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return ({row["letter"]: row["iso9"] for row in rows}, {row["letter"]: row["bgn"] for row in rows})
