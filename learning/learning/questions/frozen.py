"""A question as it was asked: its words in three languages, what is right, and the state of the register then.

Practice freezes a question for one answer; an assessment keeps it with the attempt, so that a later change of the
question or of the register changes no score.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any, Self

from design.languages import CODES, FALLBACK, current_code
from learning.enums import QUESTIONS_OF_QUANTITY, ItemKind, MeasuredIn, RegisterQuestion
from learning.models import Item, Option
from learning.numbers import KG_PER
from learning.questions.register import compute_key
from register.enums import Medium

Words = Mapping[str, str]


def in_language(words: Words) -> str:
    """Return the words in the language of the page; English where there are none."""
    return words.get(current_code(), "") or words.get(FALLBACK, "")


@dataclass(frozen=True)
class FrozenOption:
    """One answer to choose from."""

    key: str
    text: Words
    is_correct: bool
    feedback: Words


@dataclass(frozen=True)
class FrozenItem:
    """One question as it was asked; a number's answer is in the unit asked for, None where the register has none."""

    object_key: str
    key: str
    kind: ItemKind
    stem: Words
    explanation: Words
    unit: str = ""
    options: tuple[FrozenOption, ...] = ()
    answer: Decimal | None = None
    measured_in: MeasuredIn = MeasuredIn.NOTHING
    tolerance_percent: Decimal = Decimal(0)
    feedback_right: Words = field(default_factory=dict)
    feedback_wrong: Words = field(default_factory=dict)
    question: RegisterQuestion | None = None
    pollutant: str = ""
    pollutant_slug: str = ""
    pollutant_name: Words = field(default_factory=dict)
    medium: str = ""
    year: int | None = None

    def to_json(self) -> dict[str, Any]:
        """Return it as it is stored."""
        plain = asdict(self)
        plain["answer"] = None if self.answer is None else str(self.answer)
        plain["tolerance_percent"] = str(self.tolerance_percent)
        return plain

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Self:
        """Return what was stored."""
        return cls(
            **{
                **plain,
                "kind": ItemKind(plain["kind"]),
                "options": tuple(FrozenOption(**option) for option in plain["options"]),
                "answer": None if plain["answer"] is None else Decimal(plain["answer"]),
                "measured_in": MeasuredIn(plain["measured_in"]),
                "tolerance_percent": Decimal(plain["tolerance_percent"]),
                "question": RegisterQuestion(plain["question"]) if plain["question"] else None,
            }
        )

    @property
    def has_answer(self) -> bool:
        """Whether it can be answered: always, but where the register has no such entries."""
        return self.kind is not ItemKind.FIND_IN_REGISTER or self.answer is not None


def freeze(item: Item) -> FrozenItem:
    """Return a question as it would be asked now; a question to the register is answered by it now."""
    kind = ItemKind(item.kind)
    frozen: dict[str, Any] = {
        "object_key": item.object_key,
        "key": item.key,
        "kind": kind,
        "stem": _words(item, "stem"),
        "explanation": _words(item, "explanation"),
        "unit": item.unit.slug if item.unit else "",
        "options": tuple(_freeze_option(option) for option in item.options.all()) if item.is_choice else (),
        "measured_in": MeasuredIn(item.measured_in),
        "tolerance_percent": item.tolerance_percent,
        "feedback_right": _words(item, "feedback_right"),
        "feedback_wrong": _words(item, "feedback_wrong"),
    }
    if kind is ItemKind.FIND_IN_REGISTER:
        return FrozenItem(**{**frozen, **_ask_register(item)})
    return FrozenItem(**frozen, answer=item.answer if kind is ItemKind.NUMBER else None)


def _ask_register(item: Item) -> dict[str, Any]:
    pollutant = item.pollutant
    if pollutant is None:
        return {}
    question = RegisterQuestion(item.question)
    found = compute_key(question, pollutant, Medium(item.medium))
    is_quantity = question in QUESTIONS_OF_QUANTITY
    measured_in = (MeasuredIn(item.measured_in) or MeasuredIn.KILOGRAM) if is_quantity else MeasuredIn.NOTHING
    answer = None
    if found is not None:
        answer = found.answer / KG_PER[measured_in] if is_quantity else found.answer
    return {
        "question": question,
        "pollutant": pollutant.code,
        "pollutant_slug": pollutant.slug,
        "pollutant_name": _words(pollutant, "name"),
        "medium": item.medium,
        "year": found.year if found and question is not RegisterQuestion.YEAR_OF_HIGHEST else None,
        "answer": answer,
        "measured_in": measured_in,
    }


def _freeze_option(option: Option) -> FrozenOption:
    return FrozenOption(
        key=str(option.pk),
        text=_words(option, "text"),
        is_correct=option.is_correct,
        feedback=_words(option, "feedback"),
    )


def _words(holder: Any, name: str) -> dict[str, str]:
    return {code: getattr(holder, f"{name}_{code}") for code in CODES}
