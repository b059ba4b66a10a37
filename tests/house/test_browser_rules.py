"""House rules for the tests in a browser: every machine that has one takes all the walks."""

import ast
from pathlib import Path

import pytest

from tests.house.tree import ROOT, tree

FOLDER = ROOT / "tests" / "browser"
# What may skip, each with its reason.
MAY_SKIP = {
    "browser": "without a Chromium there is nothing to walk with; BROWSER_REQUIRED makes it fail instead",
    "test_every_page_is_valid_html": "the validator needs Java and npm, which nothing else here does",
}
_SKIPPING = {"pytest.skip", "pytest.importorskip", "pytest.mark.skip", "pytest.mark.skipif"}

pytestmark = pytest.mark.any_database


def functions(path: Path) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(tree(path.relative_to(ROOT))) if isinstance(node, ast.FunctionDef)]


def skipping(path: Path) -> list[str]:
    """The tests and fixtures of a file that may end in a skip."""
    return [
        function.name
        for function in functions(path)
        if any(isinstance(node, ast.Attribute) and ast.unparse(node) in _SKIPPING for node in ast.walk(function))
    ]


def test_no_walk_is_left_out_for_want_of_anything_but_a_browser() -> None:
    found = [name for path in sorted(FOLDER.glob("*.py")) for name in skipping(path)]
    assert sorted(found) == sorted(MAY_SKIP)


def test_no_walk_asks_for_a_fixture_that_skips() -> None:
    skips = set(skipping(ROOT / "tests" / "conftest.py"))
    assert skips, "the real data may be absent"
    asking = [
        f"{path.name}: {function.name} asks for {argument.arg}"
        for path in sorted(FOLDER.glob("*.py"))
        for function in functions(path)
        for argument in function.args.args
        if argument.arg in skips
    ]
    assert asking == []
