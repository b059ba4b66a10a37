"""The record cannot be erased: its facts are codes, numbers, days and references, and never what somebody wrote."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import modules, tree
from tests.ledger.acts import CODE, FACTS, HASH, REFERENCE, ZONE, day, instant

pytestmark = pytest.mark.any_database
WRITERS = {"record_event", "record_act", "record_about_docket", "record_about_submission"}


def writers() -> list[Path]:
    return [path for path in modules() if called(path) & WRITERS]


def called(path: Path) -> set[str]:
    return {
        node.func.id for node in ast.walk(tree(path)) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }


def facts_in(path: Path) -> Iterator[str]:
    """The names of facts that a module writes down: in what it passes as facts, or gathers under that name."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.keyword) and node.arg == "facts":
            yield from names_in(node.value)
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                if isinstance(target, ast.Name) and target.id == "facts":
                    yield from names_in(node.value)
                if isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name):
                    yield from [str(ast.literal_eval(target.slice))] if target.value.id == "facts" else []


def names_in(value: ast.AST) -> Iterator[str]:
    """The names that stand in a dictionary itself, not in one within it."""
    if isinstance(value, ast.Dict):
        yield from (key.value for key in value.keys if isinstance(key, ast.Constant) and isinstance(key.value, str))


def test_the_modules_that_write_into_the_record_are_found() -> None:
    found = {path.as_posix() for path in writers()}
    for each in ("consultations/consultations/domain/moderation.py", "requests/inforequests/domain/intake.py"):
        assert each in found
    assert set(facts_in(Path("requests/inforequests/domain/intake.py"))) >= {"items", "last_day"}


def test_every_fact_that_is_written_anywhere_has_its_shape() -> None:
    unknown = {f"{path}: {name}" for path in writers() for name in facts_in(path) if name not in FACTS}
    assert unknown == set()


@pytest.mark.parametrize(
    "written", ["The post was on strike.", "Aino Example", "aino@example.org", "Zoë", "my report.pdf", "17 Lake Street"]
)
def test_what_somebody_wrote_fits_no_shape(written: str) -> None:
    assert [name for name, shapes in FACTS.items() if any(fits(written) for fits in shapes)] == []


def test_what_is_no_words_fits_its_shape() -> None:
    assert CODE("month-1.calendar_day")
    assert HASH("ab" * 32)
    assert REFERENCE("C-2026-003")
    assert ZONE("Europe/Paris")
    assert day("2026-11-30")
    assert instant("2026-11-30T17:32:00+00:00")
