"""One strategy for each kind of question, with one interface: read what was sent, score it, explain it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from django.http import QueryDict
from django.utils.translation import gettext as _

from design.formats import format_number
from design.languages import current_code
from learning.enums import ItemKind, MeasuredIn, RegisterQuestion
from learning.numbers import NumberProblem, read_quantity
from learning.questions.frozen import FrozenItem, in_language

FIELD: Final = "answer"
HUNDRED: Final = 100


class ReplyProblem(ValueError):  # noqa: N818 -- it is an answer to a person, not a fault of the program
    """What was sent is no answer yet; the message says what to do."""


@dataclass(frozen=True)
class Reply:
    """What somebody answered: keys of options, or a number as it was typed, in a language."""

    chosen: tuple[str, ...] = ()
    text: str = ""
    language: str = "en"

    def to_json(self) -> dict[str, object]:
        """Return it as it is stored."""
        return {"chosen": list(self.chosen), "text": self.text, "language": self.language}

    @classmethod
    def from_json(cls, plain: Mapping[str, object] | None) -> "Reply | None":
        """Return what was stored; None where nothing was."""
        if not plain:
            return None
        chosen = plain.get("chosen")
        return cls(
            chosen=tuple(str(key) for key in chosen) if isinstance(chosen, Sequence) else (),
            text=str(plain.get("text", "")),
            language=str(plain.get("language", "en")),
        )


@dataclass(frozen=True)
class OptionOutcome:
    """One answer to choose from, as it is shown after answering."""

    key: str
    text: str
    is_chosen: bool
    is_correct: bool
    feedback: str

    @property
    def is_well_judged(self) -> bool:
        """Whether it was rightly chosen or rightly left."""
        return self.is_chosen == self.is_correct


@dataclass(frozen=True)
class Outcome:
    """What came of an answer, in words."""

    is_right: bool
    sentence: str
    options: tuple[OptionOutcome, ...] = ()
    feedback: str = ""
    explanation: str = ""
    read_as: str = ""


class Strategy(Protocol):
    """What a kind of question has to know."""

    def read(self, item: FrozenItem, data: QueryDict) -> Reply:
        """Return what was answered; raises ReplyProblem where it is no answer."""

    def is_right(self, item: FrozenItem, reply: Reply) -> bool:
        """Return whether it is right."""

    def explain(self, item: FrozenItem, reply: Reply) -> Outcome:
        """Return what is said to it."""


class ChoiceStrategy:
    """Choosing: all right answers and no wrong one."""

    def __init__(self, *, one_only: bool) -> None:
        self.one_only = one_only

    def read(self, item: FrozenItem, data: QueryDict) -> Reply:
        """Return the options that were chosen; what is not on the list is ignored."""
        known = {option.key for option in item.options}
        chosen = tuple(key for key in dict.fromkeys(data.getlist(FIELD)) if key in known)
        if not chosen:
            raise ReplyProblem(_("Choose an answer.") if self.one_only else _("Choose at least one answer."))
        if self.one_only and len(chosen) > 1:
            raise ReplyProblem(_("Choose one answer only."))
        return Reply(chosen=chosen, language=current_code())

    def is_right(self, item: FrozenItem, reply: Reply) -> bool:
        """Return whether exactly the right ones were chosen."""
        return set(reply.chosen) == {option.key for option in item.options if option.is_correct}

    def explain(self, item: FrozenItem, reply: Reply) -> Outcome:
        """Return what is said to each option, in the order in which they are read."""
        options = tuple(
            OptionOutcome(
                key=option.key,
                text=in_language(option.text),
                is_chosen=option.key in reply.chosen,
                is_correct=option.is_correct,
                feedback=in_language(option.feedback),
            )
            for option in item.options
        )
        return Outcome(
            is_right=self.is_right(item, reply),
            sentence=self._sentence(item, reply),
            options=options,
            explanation=in_language(item.explanation),
        )

    def _sentence(self, item: FrozenItem, reply: Reply) -> str:
        if self.is_right(item, reply):
            return _("That is right.")
        if self.one_only:
            return _("That is not right yet.")
        right = {option.key for option in item.options if option.is_correct}
        missing, wrong = len(right - set(reply.chosen)), len(set(reply.chosen) - right)
        if missing and wrong:
            return _("Not all of it is right yet: something is missing, and something does not belong.")
        return _("Something is missing.") if missing else _("Something does not belong.")


class NumberStrategy:
    """A number: within the tolerance, whatever unit it was written in."""

    def read(self, item: FrozenItem, data: QueryDict) -> Reply:
        """Return the number as it was typed, once it can be read."""
        text = data.get(FIELD, "").replace("\x00", "").strip()
        try:
            read_quantity(text, current_code(), item.measured_in)
        except NumberProblem as problem:
            raise ReplyProblem(str(problem)) from problem
        return Reply(text=text, language=current_code())

    def is_right(self, item: FrozenItem, reply: Reply) -> bool:
        """Return whether the number is near enough."""
        if item.answer is None:
            return False
        try:
            value = read_quantity(reply.text, reply.language, item.measured_in).value
        except NumberProblem:
            return False
        return abs(value - item.answer) * HUNDRED <= abs(item.answer) * item.tolerance_percent

    def explain(self, item: FrozenItem, reply: Reply) -> Outcome:
        """Return how the number was read, and what is said to it."""
        is_right = self.is_right(item, reply)
        value = read_quantity(reply.text, reply.language, item.measured_in).value
        return Outcome(
            is_right=is_right,
            sentence=_("That is right.") if is_right else _("That is not right yet."),
            feedback=in_language(item.feedback_right if is_right else item.feedback_wrong),
            explanation=in_language(item.explanation),
            read_as=with_unit(item, format_number(value)),
        )


def with_unit(item: FrozenItem, number: str) -> str:
    """Return a number with the unit in which it was asked for."""
    return number if item.measured_in is MeasuredIn.NOTHING else f"{number}\N{NO-BREAK SPACE}{item.measured_in.value}"


def right_answer(item: FrozenItem) -> str:
    """Return the right number as one would write it; a year has no separators."""
    if item.answer is None:
        return ""
    if item.question is RegisterQuestion.YEAR_OF_HIGHEST:
        return str(int(item.answer))
    return with_unit(item, format_number(item.answer))


_STRATEGIES: Final[dict[ItemKind, Strategy]] = {
    ItemKind.SINGLE: ChoiceStrategy(one_only=True),
    ItemKind.MULTIPLE: ChoiceStrategy(one_only=False),
    ItemKind.NUMBER: NumberStrategy(),
    ItemKind.FIND_IN_REGISTER: NumberStrategy(),
}


def strategy_for(kind: ItemKind) -> Strategy:
    """Return the strategy of a kind."""
    return _STRATEGIES[kind]
