"""How plain a text is, by published formulas that need no network and no word list.

LIX counts long words and sentences, and is the one figure that can be set side by side between languages (Björnsson
1968). Flesch's formula holds for one language each: English (Flesch 1948, grade after Kincaid 1975), French (Kandel and
Moles 1958), Russian (Oborneva 2006). For any other language there is LIX alone; no formula is ever borrowed.

A formula sees the length of words and sentences, and nothing else: readers decide whether a text is understood.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Final

from explainers.enums import ReadabilityVerdict
from explainers.slots import CITATION

LONG_WORD: Final = 6  # letters; longer words count as long for LIX
HIGHEST_LIX: Final = 40.0
HIGHEST_GRADE: Final = 7.0  # years at school: a reader of twelve
_TAG: Final = re.compile(r"<[^>]+>")
# What ends a paragraph or a point of a list ends a sentence.
_BLOCK_END: Final = re.compile(r"</(?:p|li|h\d)>")
_SENTENCE_END: Final = re.compile(r"[.!?…:]+(?=\s|$)")
_WORD: Final = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_VOWELS: Final = {"en": "aeiouy", "fr": "aeiouyàâäéèêëîïôöùûüÿœæ", "ru": "аеёиоуыэюя"}
_SILENT_END: Final = {
    "en": re.compile(r"(?<![laeiouy])(?:e|es|ed)$"),
    "fr": re.compile(r"(?<=[^\Waeiouy])(?:e|es|ent)$"),
}

Formula = Callable[[float, float], float]
# Flesch reading ease of words a sentence and syllables a word; 100 is very easy, 30 very hard.
_EASE: Final[Mapping[str, Formula]] = {
    "en": lambda words, syllables: 206.835 - 1.015 * words - 84.6 * syllables,
    "fr": lambda words, syllables: 207 - 1.015 * words - 73.6 * syllables,
    "ru": lambda words, syllables: 206.835 - 1.3 * words - 60.1 * syllables,
}


@dataclass(frozen=True)
class ReadabilityReport:
    """The figures of one text; `ease` and `grade` are None where no formula was published for its language."""

    words: int
    sentences: int
    words_a_sentence: float
    lix: float
    ease: float | None
    grade: float | None

    @property
    def verdict(self) -> ReadabilityVerdict:
        """Return whether the text keeps to the limits that hold for its language."""
        over = self.lix > HIGHEST_LIX or (self.grade is not None and self.grade > HIGHEST_GRADE)
        return ReadabilityVerdict.OVER_LIMIT if over else ReadabilityVerdict.WITHIN_LIMIT


def report_on(html: str, code: str) -> ReadabilityReport:
    """Return the figures of a text in a language; a text without words is the plainest there is."""
    text = CITATION.sub(" ", unescape(_TAG.sub(" ", _BLOCK_END.sub(". ", html))))
    sentences = [words for part in _SENTENCE_END.split(text) if (words := _WORD.findall(part))]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return ReadabilityReport(0, 0, 0.0, 0.0, None, None)
    length = len(words) / len(sentences)
    long_words = sum(1 for word in words if len(word) > LONG_WORD)
    ease = grade = None
    if code in _EASE:
        syllables = sum(syllables_of(word, code) for word in words) / len(words)
        ease = _EASE[code](length, syllables)
        grade = 0.39 * length + 11.8 * syllables - 15.59 if code == "en" else None
    return ReadabilityReport(
        words=len(words),
        sentences=len(sentences),
        words_a_sentence=length,
        lix=length + 100 * long_words / len(words),
        ease=ease,
        grade=grade,
    )


def syllables_of(word: str, code: str) -> int:
    """Return about how many syllables a word has: groups of vowels less a silent ending; in Russian, its vowels."""
    lower = word.lower()
    vowels = _VOWELS[code]
    if code == "ru":
        return max(1, sum(letter in vowels for letter in lower))
    groups = len(re.findall(rf"[{vowels}]+", lower))
    silent = _SILENT_END[code].search(lower)
    return max(1, groups - 1 if silent and groups > 1 else groups)
