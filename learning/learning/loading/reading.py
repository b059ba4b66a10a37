"""Reads the files of a programme, written as `contents/README.md` says, and tells what does not fit together."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final

from design.languages import CODES
from design.markup import MarkupError, read_head
from design.texts import Texts
from design.typography import typeset
from learning.enums import (
    CHOICE_KINDS,
    NEEDS_EXERCISES,
    QUESTIONS_OF_QUANTITY,
    AttemptMode,
    Audience,
    CertificateClass,
    ItemKind,
    MeasuredIn,
    MoveOn,
    Purpose,
    RegisterQuestion,
)
from learning.folds import cycle_among
from learning.refusals import ContentError
from register.enums import Medium

CONTENTS: Final = Path(__file__).resolve().parent.parent / "contents"
GUIDANCE: Final = CONTENTS / "guidance"
# Their addresses, in the order of the list.
GUIDES: Final = ("read-a-register-entry-in-ten-minutes", "how-to-comment", "how-to-answer-in-time")
EXERCISE: Final = "!exercise "


@dataclass(frozen=True)
class UnitText:
    """A unit as its files have it; `bodies` are the texts by language, in the small markup."""

    slug: str
    titles: Texts
    descriptions: Texts
    bodies: Texts
    minutes: int
    purpose: Purpose
    move_on: MoveOn
    requires: tuple[str, ...]


@dataclass(frozen=True)
class ModuleText:
    """A module with its units."""

    slug: str
    titles: Texts
    summaries: Texts
    units: tuple[UnitText, ...]


@dataclass(frozen=True)
class OptionText:
    """One answer to choose from."""

    texts: Texts
    is_correct: bool
    feedback: Texts


@dataclass(frozen=True)
class ItemText:
    """One question."""

    key: str
    unit: str
    use: AttemptMode
    kind: ItemKind
    stems: Texts
    explanations: Texts
    options: tuple[OptionText, ...]
    answer: Decimal | None
    measured_in: MeasuredIn
    tolerance_percent: Decimal
    feedback_right: Texts
    feedback_wrong: Texts
    question: RegisterQuestion | None
    pollutant: str
    medium: Medium | None


@dataclass(frozen=True)
class ProgrammeText:
    """A programme as its folder has it."""

    slug: str
    audience: Audience
    titles: Texts
    summaries: Texts
    outcomes: Texts
    assessment_minutes: int
    certificate_class: CertificateClass
    pass_percent: int
    questions_drawn: int
    waiting_hours: int
    valid_months: int | None
    modules: tuple[ModuleText, ...]
    items: tuple[ItemText, ...]

    @property
    def units(self) -> list[UnitText]:
        """All units in their order."""
        return [unit for module in self.modules for unit in module.units]


def read_programmes(folder: Path = CONTENTS) -> list[ProgrammeText]:
    """Return the programmes that are complete in a folder, in the order of audiences.

    Raises ContentError where a file cannot be read or does not fit the others; the sentences name file and place.
    """
    found = [_read_programme(path.parent) for path in sorted(folder.glob("*/programme.toml"))]
    return sorted(found, key=lambda one: list(Audience).index(one.audience))


def _read_programme(folder: Path) -> ProgrammeText:
    try:
        table = tomllib.loads((folder / "programme.toml").read_text(encoding="utf-8"))
        items = tomllib.loads((folder / "items.toml").read_text(encoding="utf-8"))["items"]
        programme = ProgrammeText(
            slug=table["slug"],
            audience=Audience(table["audience"]),
            titles=_texts(table, "title"),
            summaries=_texts(table, "summary"),
            outcomes=_texts(table, "outcomes"),
            assessment_minutes=table["assessment_minutes"],
            certificate_class=CertificateClass(table["certificate_class"]),
            pass_percent=table["pass_percent"],
            questions_drawn=table["questions_drawn"],
            waiting_hours=table.get("waiting_hours", 1),
            valid_months=table.get("valid_months"),
            modules=tuple(_read_module(folder, module) for module in table["modules"]),
            items=tuple(_read_item(item) for item in items),
        )
    except (OSError, tomllib.TOMLDecodeError, MarkupError, KeyError, ValueError, InvalidOperation) as problem:
        raise ContentError(f"{folder.name}: {type(problem).__name__}: {problem}") from problem
    if problems := list(_misfits(programme)):
        raise ContentError(*(f"{folder.name}: {problem}" for problem in problems))
    return programme


def _read_module(folder: Path, table: Mapping[str, Any]) -> ModuleText:
    return ModuleText(
        slug=table["slug"],
        titles=_texts(table, "title"),
        summaries=_texts(table, "summary"),
        units=tuple(_read_unit(folder, unit) for unit in table["units"]),
    )


def _read_unit(folder: Path, table: Mapping[str, Any]) -> UnitText:
    heads: dict[str, dict[str, str]] = {}
    bodies: dict[str, str] = {}
    for code in CODES:
        source = (folder / f"{table['slug']}.{code}.md").read_text(encoding="utf-8")
        heads[code], bodies[code] = read_head(typeset(source, code), ("title", "description"))
    return UnitText(
        slug=table["slug"],
        titles=_texts(table, "title"),
        descriptions=Texts(**{code: heads[code]["description"] for code in CODES}),
        bodies=Texts(**bodies),
        minutes=table["minutes"],
        purpose=Purpose(table["purpose"]),
        move_on=MoveOn(table["move_on"]),
        requires=tuple(table.get("requires", ())),
    )


def _read_item(table: Mapping[str, Any]) -> ItemText:
    return ItemText(
        key=table["key"],
        unit=table.get("unit", ""),
        use=AttemptMode(table["use"]),
        kind=ItemKind(table["kind"]),
        stems=_texts(table, "stem"),
        explanations=_texts(table, "explanation", required=False),
        options=tuple(
            OptionText(_texts(option, "text"), bool(option["correct"]), _texts(option, "feedback"))
            for option in table.get("options", ())
        ),
        answer=Decimal(str(table["answer"])) if "answer" in table else None,
        measured_in=MeasuredIn(table.get("unit_of_answer", _usual_unit(table))),
        tolerance_percent=Decimal(str(table.get("tolerance_percent", 0))),
        feedback_right=_texts(table, "feedback_right", required=False),
        feedback_wrong=_texts(table, "feedback_wrong", required=False),
        question=RegisterQuestion(table["question"]) if "question" in table else None,
        pollutant=table.get("pollutant", ""),
        medium=Medium(table["medium"]) if "medium" in table else None,
    )


def _usual_unit(table: Mapping[str, Any]) -> MeasuredIn:
    """Return the unit of a question to the register that names none: kilograms, where it asks for a quantity."""
    return MeasuredIn.KILOGRAM if table.get("question") in QUESTIONS_OF_QUANTITY else MeasuredIn.NOTHING


def _texts(table: Mapping[str, Any], name: str, *, required: bool = True) -> Texts:
    """Return a text in three languages; a list is one line for each of its members."""
    found = {}
    for code in CODES:
        value = table[f"{name}_{code}"] if required else table.get(f"{name}_{code}", "")
        found[code] = typeset("\n".join(value) if isinstance(value, list) else value, code)
    return Texts(**found)


def exercises_of(body: str) -> list[str]:
    """Return the keys of the exercises that stand in a text."""
    return [line.removeprefix(EXERCISE).strip() for line in body.splitlines() if line.startswith(EXERCISE)]


def _misfits(programme: ProgrammeText) -> Iterator[str]:
    """Yield a sentence for everything that does not fit together."""
    units = {unit.slug for unit in programme.units}
    items = {item.key: item for item in programme.items}
    practice = {key for key, item in items.items() if item.use is AttemptMode.PRACTICE}
    if len(items) != len(programme.items):
        yield "Two questions have the same key."
    if circle := cycle_among({unit.slug: unit.requires for unit in programme.units}):
        yield f"These units require each other in a circle: {' → '.join(circle)}."
    for unit in programme.units:
        if unknown := set(unit.requires) - units:
            yield f"{unit.slug} requires unknown units: {', '.join(sorted(unknown))}."
        used = [exercises_of(getattr(unit.bodies, code)) for code in CODES]
        if any(keys != used[0] for keys in used):
            yield f"{unit.slug} has other exercises in one language than in another."
        if unknown := set(used[0]) - practice:
            yield f"{unit.slug} has unknown exercises: {', '.join(sorted(unknown))}."
        if unit.move_on in NEEDS_EXERCISES and not used[0]:
            yield f"{unit.slug} is done when its exercises are answered, and has none."
    for item in programme.items:
        if item.unit not in units:
            yield f"{item.key} belongs to an unknown unit: {item.unit!r}."
        right = sum(option.is_correct for option in item.options)
        if item.kind in CHOICE_KINDS and (not right or (item.kind is ItemKind.SINGLE and right > 1)):
            yield f"{item.key} has {right} right answers."
        if item.kind is ItemKind.NUMBER and item.answer is None:
            yield f"{item.key} has no answer."
        if item.kind is ItemKind.FIND_IN_REGISTER and not (item.question and item.pollutant and item.medium):
            yield f"{item.key} does not say what is asked of the register."
