"""Reads the scripts of the requests: who asks what, and what is done with it on which day counted from today."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, Self

from design.languages import CODES
from design.texts import Texts
from design.typography import typeset
from inforequests.enums import AnswerPrivacy, MessageKind

SCRIPTS: Final = Path(__file__).resolve().parent.parent / "contents" / "requests"
_ASKING_HOUR: Final = 8
_USUAL_HOUR: Final = 10


class Deed(StrEnum):
    """What is done with a request in a step of its script."""

    ACKNOWLEDGE = "acknowledge"
    WRITE = "write"
    REPLY = "reply"
    ANSWER = "answer"
    WITHHOLD = "withhold"
    READY = "ready"
    SEND = "send"
    REVIEW = "review"
    STAGE = "stage"
    DECIDE = "decide"
    LIFT = "lift"
    DISCLOSE = "disclose"
    WITHDRAW = "withdraw"


@dataclass(frozen=True)
class Step:
    """One step: on which day and hour, what is done, and how."""

    day: int
    hour: int
    deed: Deed
    values: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, table: Mapping[str, Any]) -> Self:
        """Return the step of a table."""
        values = {name: value for name, value in table.items() if name not in {"day", "hour", "do"}}
        return cls(table["day"], table.get("hour", _USUAL_HOUR), Deed(table["do"]), values)

    def number(self) -> int:
        """Return which question it is about."""
        return int(self.values.get("question", 1))


@dataclass(frozen=True)
class About:
    """A release of the newest year that a request is about: the largest, or the next ones, of a pollutant."""

    pollutant: str
    medium: str
    rank: int = 0


@dataclass(frozen=True)
class Script:
    """One request, from the question to where it stands; days are counted from today."""

    slug: str
    asked: int
    hour: int
    months_ago: int
    language: str
    questions: tuple[str, ...]
    steps: tuple[Step, ...]
    name: str = ""
    email: str = ""
    postal_address: str = ""
    kind: MessageKind = MessageKind.WEB
    privacy: AnswerPrivacy = AnswerPrivacy.REQUESTER
    about: About | None = None
    scope: tuple[str, ...] = ()

    @classmethod
    def read(cls, path: Path) -> Self:
        """Return the script of a file."""
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return cls(
            slug=path.stem,
            asked=table.get("asked", 0),
            hour=table.get("hour", _ASKING_HOUR),
            months_ago=table.get("months_ago", 0),
            language=table["language"],
            questions=tuple(question.strip() for question in table["questions"]),
            steps=tuple(Step.read(step) for step in table.get("steps", ())),
            name=table.get("name", ""),
            email=table.get("email", ""),
            postal_address=table.get("postal_address", ""),
            kind=MessageKind(table.get("kind", MessageKind.WEB)),
            privacy=AnswerPrivacy(table.get("privacy", AnswerPrivacy.REQUESTER)),
            about=About(**table["about"]) if "about" in table else None,
            scope=tuple(table.get("scope", ())),
        )


def read_scripts() -> list[Script]:
    """Return all scripts, the one that was asked first at the front."""
    return sorted(
        (Script.read(path) for path in SCRIPTS.glob("*.toml")), key=lambda script: (script.asked, script.slug)
    )


def texts_of(values: Mapping[str, Any], name: str) -> Texts:
    """Return the three texts `name_en`, `name_fr`, `name_ru` of a step, typeset; empty where they are missing."""
    return Texts(**{code: typeset(str(values.get(f"{name}_{code}", "")).strip(), code) for code in CODES})
