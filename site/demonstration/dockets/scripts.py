"""Reads the scripts of the consultations: who says what, on which day counted from the one on which all is built."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, Self

from consultations.enums import (
    Channel,
    DecisionKind,
    Disposition,
    MeasureKind,
    ModerationReason,
    PublicationPreference,
    SubmitterType,
)
from design.languages import CODES
from design.texts import Texts
from design.typography import typeset

SCRIPTS: Final = Path(__file__).resolve().parent.parent / "contents" / "consultations"
_LEFT_OUT_IN_QUICK: Final = frozenset({"two-more-hydrocarbons"})
_SUBMISSIONS_IN_QUICK: Final = 2


@dataclass(frozen=True)
class Answer:
    """What the authority says to a point."""

    disposition: Disposition
    reason: str = ""
    change: str = ""

    @classmethod
    def read(cls, table: Mapping[str, str] | None, language: str) -> Self | None:
        """Return the answer of a table, if there is one."""
        if table is None:
            return None
        return cls(
            Disposition(table["disposition"]),
            typeset(table.get("reason", ""), language),
            typeset(table.get("change", ""), language),
        )


@dataclass(frozen=True)
class ScriptedPoint:
    """What a submission says about one measure."""

    measure: int
    text: str
    answer: Answer | None


@dataclass(frozen=True)
class ScriptedSubmission:
    """What somebody sends, on which day after the opening, and what becomes of it."""

    day: int
    language: str
    kind: SubmitterType
    preference: PublicationPreference
    text: str
    name: str = ""
    organisation: str = ""
    email: str = ""
    channel: Channel = Channel.WEB
    points: tuple[ScriptedPoint, ...] = ()
    answer: Answer | None = None
    withheld: ModerationReason | None = None
    is_held: bool = False
    admissible_because: str = ""
    files: tuple[str, ...] = ()  # names of enclosures (`enclosures.py`)
    released: tuple[str, ...] = ()  # those of them that the authority makes public

    @classmethod
    def read(cls, table: Mapping[str, Any]) -> Self:
        """Return the submission of a table; whoever gives no name speaks without one."""
        language = table["language"]
        usual = PublicationPreference.WITH_NAME if "name" in table else PublicationPreference.WITHOUT_NAME
        return cls(
            day=table["day"],
            language=language,
            kind=SubmitterType(table["type"]),
            preference=PublicationPreference(table.get("preference", usual)),
            text=typeset(table["text"].strip(), language),
            name=table.get("name", ""),
            organisation=typeset(table.get("organisation", ""), language),
            email=table.get("email", ""),
            channel=Channel(table.get("channel", Channel.WEB)),
            points=tuple(
                ScriptedPoint(
                    point["measure"], typeset(point["text"], language), Answer.read(point.get("answer"), language)
                )
                for point in table.get("points", ())
            ),
            answer=Answer.read(table.get("answer"), language),
            withheld=ModerationReason(table["withhold"]) if "withhold" in table else None,
            is_held=table.get("held", False),
            admissible_because=table.get("admissible", ""),
            files=tuple(table.get("files", ())),
            released=tuple(table.get("released", ())),
        )

    def answers(self) -> Iterable[Answer | None]:
        """Yield the answers in the order of the points that intake makes: by measure, then the whole."""
        for point in sorted(self.points, key=lambda one: one.measure):
            yield point.answer
        yield self.answer


@dataclass(frozen=True)
class ScriptedDocument:
    """A paper of the dossier: an explanatory note, an extract of the register, or a text as it stands."""

    kind: str
    language: str
    file: str
    title: Texts
    body: str = ""
    pollutant: str = ""
    is_added_later: bool = False


@dataclass(frozen=True)
class ScriptedDecision:
    """The decision with its considerations (heading, text)."""

    kind: DecisionKind
    texts: Mapping[str, Texts]
    considerations: tuple[tuple[Texts, Texts], ...]


@dataclass(frozen=True)
class Script:
    """One consultation, from the opening of its file to where it stands; days are counted from today."""

    slug: str
    days: Mapping[str, int]
    texts: Mapping[str, Texts]
    background: Texts
    measures: tuple[Mapping[str, Any], ...]
    documents: tuple[ScriptedDocument, ...]
    ways: tuple[tuple[Channel, Texts], ...]
    submissions: tuple[ScriptedSubmission, ...]
    decision: ScriptedDecision | None
    extended: Mapping[str, int] = field(default_factory=dict)
    reopened: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path, *, quick: bool = False) -> Self:
        """Return the script of a file; only its first submissions where it must be quick."""
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        days = {name: value for name, value in table.items() if isinstance(value, int) and not isinstance(value, bool)}
        submissions = [ScriptedSubmission.read(one) for one in table.get("submissions", ())]
        return cls(
            slug=table["slug"],
            days=days,
            texts=_all_texts(table),
            background=texts_of(table, "background"),
            measures=tuple(table["measures"]),
            documents=tuple(_document(one) for one in table["documents"]),
            ways=tuple((Channel(one["channel"]), texts_of(one, "details")) for one in table.get("ways", ())),
            submissions=tuple(submissions[:_SUBMISSIONS_IN_QUICK] if quick else submissions),
            decision=_decision(table["decision"]) if "decision" in table else None,
            extended=table.get("extended", {}),
            reopened=table.get("reopened", {}),
        )


def read_scripts(*, quick: bool = False) -> list[Script]:
    """Return all scripts in the order in which their files are opened."""
    scripts = [Script.read(path, quick=quick) for path in sorted(SCRIPTS.glob("*.toml"))]
    if quick:
        scripts = [script for script in scripts if script.slug not in _LEFT_OUT_IN_QUICK]
    return sorted(scripts, key=lambda script: script.days["created"])


def texts_of(table: Mapping[str, Any], name: str) -> Texts:
    """Return the three texts `name_en`, `name_fr`, `name_ru` of a table, typeset; empty where they are missing."""
    return Texts(**{code: typeset(str(table.get(f"{name}_{code}", "")).strip(), code) for code in CODES})


def measure_fields(table: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a measure as the model has them, without pollutant and activity."""
    fields: dict[str, Any] = {
        "kind": MeasureKind(table["kind"]),
        "threshold_kind": table.get("threshold_kind", ""),
        "before_quantity_kg": Decimal(table["before_kg"]) if "before_kg" in table else None,
        "after_quantity_kg": Decimal(table["after_kg"]) if "after_kg" in table else None,
    }
    for name in ("subject", "before_text", "after_text", "rationale"):
        fields |= texts_of(table, name).fields(name)
    return fields


def _all_texts(table: Mapping[str, Any]) -> dict[str, Texts]:
    """Return every text that a table has in three languages, by name."""
    names = [key.removesuffix("_en") for key in table if key.endswith("_en")]
    return {name: texts_of(table, name) for name in names}


def _document(table: Mapping[str, Any]) -> ScriptedDocument:
    return ScriptedDocument(
        kind=table["kind"],
        language=table["language"],
        file=table["file"],
        title=texts_of(table, "title"),
        body=table.get("body_en", ""),
        pollutant=table.get("pollutant", ""),
        is_added_later=table.get("added_later", False),
    )


def _decision(table: Mapping[str, Any]) -> ScriptedDecision:
    return ScriptedDecision(
        kind=DecisionKind(table["kind"]),
        texts=_all_texts(table),
        considerations=tuple((texts_of(one, "heading"), texts_of(one, "text")) for one in table["considerations"]),
    )
