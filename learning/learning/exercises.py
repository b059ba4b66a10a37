"""How a question is shown: on the page of its unit, on its own page, and in an assessment."""

from dataclasses import dataclass

from django.urls import reverse

from learning.enums import ItemKind
from learning.questions import FrozenItem, Outcome, Reply
from learning.questions.frozen import in_language
from learning.questions.register import task_in_words
from learning.questions.strategies import FIELD
from register.enums import Medium


@dataclass(frozen=True)
class ShownOption:
    """One answer to choose from."""

    key: str
    text: str
    is_chosen: bool


@dataclass(frozen=True)
class Exercise:
    """A question as a template shows it."""

    key: str
    stem: str
    field: str
    options: tuple[ShownOption, ...]
    is_multiple: bool
    is_number: bool
    typed: str
    measured_in: str
    unit_name: str
    task: str
    look_url: str
    has_answer: bool
    action: str
    problem: str = ""
    outcome: Outcome | None = None

    @property
    def anchor(self) -> str:
        """The name of its place on a page."""
        return f"exercise-{self.key}"


def show_exercise(
    item: FrozenItem,
    programme_slug: str,
    *,
    reply: Reply | None = None,
    problem: str = "",
    typed: str = "",
    outcome: Outcome | None = None,
    action: str | None = None,
) -> Exercise:
    """Return a question as it is shown, with what was answered kept; `action` is where the answer goes."""
    task = look_url = ""
    if item.question is not None:
        name = in_language(item.pollutant_name)
        task = task_in_words(item.question, name, str(Medium(item.medium).label), item.year)
        look_url = reverse("register:pollutant", args=[item.pollutant_slug])
    return Exercise(
        key=item.key,
        stem=in_language(item.stem),
        field=FIELD,
        options=tuple(
            ShownOption(option.key, in_language(option.text), bool(reply and option.key in reply.chosen))
            for option in item.options
        ),
        is_multiple=item.kind is ItemKind.MULTIPLE,
        is_number=item.kind in (ItemKind.NUMBER, ItemKind.FIND_IN_REGISTER),
        typed=typed or (reply.text if reply else ""),
        measured_in=item.measured_in.value,
        unit_name=str(item.measured_in.label) if item.measured_in.value else "",
        task=task,
        look_url=look_url,
        has_answer=item.has_answer,
        action=reverse("learning:exercise", args=[programme_slug, item.key]) if action is None else action,
        problem=problem,
        outcome=outcome,
    )
