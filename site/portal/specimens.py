"""A sample of the parts of pages that areas have beside the components, in every state: for the style guide.

The specimens are in English whatever the language of the style guide; words of the site's own come from where pages
get them.
"""

from collections.abc import Callable
from typing import Any, Final

from django import forms

from design.samples import Sample
from explainers.boxes import BoxView
from explainers.enums import Box
from explainers.models import GlossaryTerm
from learning.exercises import Exercise, ShownOption
from learning.pages import UnitRow
from learning.questions import Outcome
from learning.questions.strategies import OptionOutcome
from register.absences import ABSENCES
from register.caveats import Caveat, CaveatCode
from register.enums import Presence
from register.forms import KnownChoiceField, PlainTextField
from register.links import Link
from register.models import RegisterLoad
from register.rows import Cell, EntryRow, EntryTable

_HERE: Final = "#parts"
SHEETS: Final = ("css/register.css", "css/explainers.css", "css/learning.css")

# Exercises ------------------------------------------------------------------------------------------------------------

_CHOICES: Final = (
    ("left", "How much of it left the facility", True, "A release says what left, and nothing of who met it."),
    ("met", "How much of it people met", False, "That is exposure, which the register does not know."),
)


def _exercise(key: str, *, chosen: str = "", **others: Any) -> dict[str, Any]:
    """Return a question with two answers to choose from."""
    shown = {
        "key": key,
        "stem": "What does a release say?",
        "field": "answer",
        "options": tuple(ShownOption(option, text, option == chosen) for option, text, _right, _said in _CHOICES),
        "is_multiple": False,
        "is_number": False,
        "typed": "",
        "measured_in": "",
        "unit_name": "",
        "task": "",
        "look_url": "",
        "has_answer": True,
        "action": "/styleguide/",
    }
    return {"exercise": Exercise(**{**shown, **others})}


def _number(key: str, **others: Any) -> dict[str, Any]:
    """Return a question to be answered with a number found in the register."""
    asked = {
        "stem": "Which is the largest release?",
        "options": (),
        "is_number": True,
        "measured_in": "kg",
        "unit_name": "kilograms",
        "task": "Find the largest release of mercury to water in 2024.",
        "look_url": _HERE,
    }
    return _exercise(key, **{**asked, **others})


def _outcome(chosen: str) -> Outcome:
    """Return what came of choosing an answer."""
    options = tuple(OptionOutcome(key, text, key == chosen, right, said) for key, text, right, said in _CHOICES)
    is_right = chosen == _CHOICES[0][0]
    return Outcome(is_right=is_right, sentence="That is right." if is_right else "Not right.", options=options)


_EXERCISES: Final = [
    Sample("asked", lambda: _exercise("sample-asked")),
    Sample("answered without an answer", lambda: _exercise("sample-problem", problem="Choose one of the answers.")),
    Sample("right", lambda: _exercise("sample-right", chosen="left", outcome=_outcome("left"))),
    Sample("wrong", lambda: _exercise("sample-wrong", chosen="met", outcome=_outcome("met"))),
    Sample("more than one answer", lambda: _exercise("sample-many", is_multiple=True)),
    Sample("a number", lambda: _number("sample-number")),
    Sample(
        "a number that can be read in two ways",
        lambda: _number(
            "sample-two-ways", typed="1.234", problem="“1.234” can be read in two ways. Write 1234 or 1.2 kg."
        ),
    ),
    Sample("without an answer in this register", lambda: _number("sample-waiting", has_answer=False)),
]

# Units ----------------------------------------------------------------------------------------------------------------


def _units(*states: tuple[str, str]) -> Callable[[], dict[str, Any]]:
    titles = ("What a register is", "Read one entry", "Compare fairly", "From release to question")
    rows = [
        UnitRow(title, _HERE, "One sentence on what is in it.", 5, label, tone or "neutral", label == "Done")
        for title, (label, tone) in zip(titles, states, strict=False)
    ]
    return lambda: {"units": rows}


# The register ---------------------------------------------------------------------------------------------------------


def _row(year: int, **others: Any) -> EntryRow:
    """Return an entry as a row."""
    shown = {
        "year": year,
        "facility": Cell("Borvesk Copper Works", _HERE, "Borvesk"),
        "subject": Cell("Mercury and compounds", _HERE),
        "destination": "water",
        "medium_code": "water",
        "quantity": "12.4 kg",
        "absence": None,
        "notes": [],
        "method": "measured",
        "load": RegisterLoad(pk=12),
        "is_dropped": False,
    }
    return EntryRow(**{**shown, **others})


_ROWS: Final = [
    _row(2024, notes=["of it 0.4 kg by accident"]),
    _row(2023, quantity="", absence=ABSENCES[Presence.CONFIDENTIAL], notes=["Withheld: the quantity."], method=""),
    _row(2022, is_dropped=True, notes=["The newest file no longer holds this entry."], load=None),
]
_HEADINGS: Final = [
    {"title": "Year", "sort_url": _HERE, "sorted": "descending"},
    {"title": "Facility", "sort_url": _HERE, "sorted": ""},
    *({"title": title, "sort_url": "", "sorted": ""} for title in ("Pollutant", "Released to")),
    {"title": "Quantity a year", "sort_url": _HERE, "sorted": ""},
    *({"title": title, "sort_url": "", "sorted": ""} for title in ("Method", "Source")),
]
_CAVEATS: Final = [
    Caveat(CaveatCode.RELEASE_IS_NOT_EXPOSURE, "Release is not exposure", "A release says what left a facility."),
    Caveat(CaveatCode.METHOD_MIX, "Methods differ", "Some values were measured and others estimated."),
]


class _SearchForm(forms.Form):
    """Two criteria of a search; each is optional, and says nothing of it."""

    facility = PlainTextField(label="Name or register number")
    place = PlainTextField(label="Place", help_text="Town, region, street or postal code.")
    medium = KnownChoiceField(label="Released to", choices=[("", "any medium"), ("water", "water")])

    def __init__(self, data: Any = None, *, name: str) -> None:
        super().__init__(data, auto_id=f"{name}-%s")


def _field(field: str, value: str = "", *, name: str) -> Callable[[], dict[str, Any]]:
    return lambda: {"field": _SearchForm({field: value} if value else None, name=name)[field]}


# Explainers -----------------------------------------------------------------------------------------------------------


def _boxes() -> dict[str, Any]:
    words = "What it means, in a sentence."
    known = "Who knows it."
    return {"boxes": [BoxView(box, words, known, _HERE, "Read on") for box in Box]}


def _terms() -> dict[str, Any]:
    threshold = GlossaryTerm(key="sample-threshold", term_en="threshold")
    threshold.definition_en = "The quantity above which a facility must report. It is not a limit."
    return {"terms": [threshold]}


PARTS: Final[dict[str, list[Sample]]] = {
    "register/parts/absences.html": [Sample("all five", lambda: {"absences": list(ABSENCES.values())})],
    "register/parts/caveats.html": [
        Sample("beside numbers", lambda: {"caveats": _CAVEATS, "name": ""}),
        Sample("beside a chart", lambda: {"caveats": _CAVEATS, "name": "sample-chart", "heading": "h3"}),
    ],
    "register/parts/entry_table.html": [
        Sample(
            "with an absence and a dropped row",
            lambda: {
                "id": "sample-entries",
                "caption": "Entries found",
                "headings": _HEADINGS,
                "table": EntryTable(rows=_ROWS),
            },
        )
    ],
    "register/parts/field.html": [
        Sample("empty", _field("facility", name="sample-empty")),
        Sample("with a hint", _field("place", "Selvast", name="sample-hint")),
        Sample("a choice", _field("medium", "water", name="sample-choice")),
        Sample("with a mistake", _field("medium", "fire", name="sample-mistake")),
    ],
    "register/parts/in_plain_words.html": [
        Sample("a pollutant’s explainer", lambda: {"explanation": Link("Mercury and its compounds", _HERE)})
    ],
    "explainers/parts/boxes.html": [Sample("the four", _boxes)],
    "explainers/parts/terms.html": [Sample("one word", _terms)],
    "learning/parts/exercise.html": _EXERCISES,
    "learning/parts/units.html": [
        Sample("not begun", _units(("", ""), ("", ""))),
        Sample(
            "done, begun, waiting for another, not begun",
            _units(("Done", "done"), ("Begun", "open"), ("Waits for another unit", "neutral"), ("", "")),
        ),
    ],
}
