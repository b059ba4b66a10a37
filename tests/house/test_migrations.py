"""Migrations are named, and what destroys data says why it may."""

import ast
import re
from pathlib import Path

import pytest

from tests.house.tree import AREAS, files, text, tree

DESTRUCTIVE = {"RemoveField", "DeleteModel", "RenameField", "RenameModel", "RunSQL", "RemoveConstraint"}

pytestmark = pytest.mark.any_database


def migrations() -> list[Path]:
    return [
        path for path in files(".py", under=AREAS) if path.parent.name == "migrations" and path.name != "__init__.py"
    ]


def test_a_migration_has_a_name_that_says_what_it_does() -> None:
    assert [path.as_posix() for path in migrations() if not re.fullmatch(r"\d{4}_[a-z]\w+\.py", path.name)] == []
    assert [path.as_posix() for path in migrations() if re.search(r"_auto_|_and_more|_\d{8}_", path.name)] == []


def uncommented(path: Path) -> list[int]:
    """The lines of destructive operations that no comment stands above or beside."""
    lines = text(path).splitlines()
    return [
        node.lineno
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in DESTRUCTIVE
        and not lines[node.lineno - 2].strip().startswith("#")
        and "#" not in lines[node.lineno - 1]
    ]


def test_what_a_migration_destroys_it_destroys_for_a_stated_reason() -> None:
    assert [f"{path}:{line}" for path in migrations() for line in uncommented(path)] == []


def test_steps_that_run_code_can_be_undone() -> None:
    one_way = [
        f"{path}:{node.lineno}"
        for path in migrations()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "RunPython"
        and len(node.args) + len(node.keywords) < 2
    ]
    assert one_way == []
