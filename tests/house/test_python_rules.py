"""House rules for Python files that no linter knows."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import TextChoices

from tests.house.tree import AREAS, COMMANDS, committed, files, imported, modules, text, tree

LONGEST_MODULE = 400
COMPARING = {"filter", "exclude", "get", "create", "update", "update_or_create", "get_or_create", "Q", "When"}

pytestmark = pytest.mark.any_database


def importing(name: str) -> list[str]:
    return [
        path.as_posix()
        for path in files(".py", under=(*AREAS, *COMMANDS, "tests/"))
        if any(module == name or module.startswith(f"{name}.") for module in imported(path))
    ]


def test_bleach_is_imported_in_one_place_so_that_another_sanitiser_can_replace_it() -> None:
    assert importing("bleach") == ["site/design/richtext.py"]


def test_matplotlib_is_imported_by_the_charts_alone() -> None:
    elsewhere = [path for path in importing("matplotlib") if not path.startswith("explainers/charts/")]
    assert [path for path in elsewhere if not path.startswith("tests/charts/")] == []


def test_nobody_uses_pyplot_because_it_keeps_figures_for_the_whole_process() -> None:
    assert importing("matplotlib.pyplot") == []


def test_a_module_is_short_enough_to_be_read() -> None:
    long = {path.as_posix(): len(text(path).splitlines()) for path in files(".py", under=(*AREAS, *COMMANDS, "tests/"))}
    assert {path: n for path, n in long.items() if n > LONGEST_MODULE and "/migrations/" not in path} == {}


def test_nothing_is_left_unfinished() -> None:
    marks = re.compile("|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X", "NotImplemented" + "Error"]))
    suffixes = {".py", ".html", ".css", ".js", ".md", ".toml"}
    found = [
        f"{path}:{number}: {line.strip()}"
        for path in committed()
        if path.suffix in suffixes
        for number, line in enumerate(text(path).splitlines(), 1)
        if marks.search(line)
    ]
    assert found == []


def test_an_except_names_what_it_expects() -> None:
    broad = [
        f"{path}:{node.lineno}"
        for path in files(".py")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"}))
        and "# noqa: BLE001 -- " not in text(path).splitlines()[node.lineno - 1]
    ]
    assert broad == []


def test_every_silenced_warning_has_its_reason() -> None:
    silenced = re.compile(r"#\s*(?:noqa(?::\s*[A-Z0-9, ]+)?|type:\s*ignore(?:\[[^]]*\])?)\s*$")
    found = [
        f"{path}:{number}: {line.strip()}"
        for path in files(".py", under=(*AREAS, *COMMANDS, "tests/"))
        for number, line in enumerate(text(path).splitlines(), 1)
        if silenced.search(line)
    ]
    assert found == []


def status_values() -> dict[str, str]:
    """The values of every enumeration of the project, each with the name to write instead."""
    values: dict[str, str] = {}
    ours = {config.name for config in apps.get_app_configs()}
    for choices in all_subclasses(TextChoices):
        if choices.__module__.split(".")[0] in ours and choices.__module__.endswith(".enums"):
            values |= {str(member.value): f"{choices.__name__}.{member.name}" for member in choices}
    kinds = {model._meta.model_name for model in apps.get_models()}  # "facility" may name the model and no status
    return {
        value: name for value, name in values.items() if re.fullmatch(r"[a-z][a-z_-]+", value) and value not in kinds
    }


def all_subclasses(cls: type[TextChoices]) -> list[type[TextChoices]]:
    found: list[type[TextChoices]] = cls.__subclasses__()
    return found + [deeper for child in found for deeper in all_subclasses(child)]


def compared_strings(path: Path) -> list[tuple[int, str]]:
    """Strings that a module compares with something, or asks the database for."""
    found: list[ast.expr] = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Compare):
            found += [] if isinstance(node.ops[0], ast.In | ast.NotIn) else [node.left]  # a key looked up in a mapping
            for side in node.comparators:
                found += side.elts if isinstance(side, ast.Tuple | ast.List | ast.Set) else [side]
        elif isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in COMPARING:
                found += [word.value for word in node.keywords]
    return [
        (node.lineno, node.value) for node in found if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


def test_a_status_is_compared_by_its_name_never_by_its_letters() -> None:
    values = status_values()
    assert values
    literal = [
        f"{path}:{line}: write {values[value]} instead of {value!r}"
        for path in modules()
        if path.name != "enums.py"
        for line, value in compared_strings(path)
        if value in values
    ]
    assert literal == []
