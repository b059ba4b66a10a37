"""The layout of source roots holds: folders are areas, packages lie inside them, and three lists name the same ones."""

import importlib
import tomllib
from pathlib import Path

import pytest
import requests

ROOT = Path(__file__).resolve().parents[1]
AREAS = ["site", "consultations", "learning", "explainers", "requests"]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
WHEEL_PACKAGES = PYPROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]


def packages_on_disk() -> list[str]:
    return sorted(f"{area}/{init.parent.name}" for area in AREAS for init in (ROOT / area).glob("*/__init__.py"))


@pytest.mark.parametrize("area", [*AREAS, "tests", "bin", "bench"])
def test_an_area_is_a_folder_and_never_a_package(area: str) -> None:
    assert not (ROOT / area / "__init__.py").exists(), f"{area}/__init__.py would hide the packages inside {area}/"


def test_no_folder_of_the_tests_is_a_package() -> None:
    assert [str(path) for path in (ROOT / "tests").rglob("__init__.py")] == []


def test_requests_is_still_the_http_library() -> None:
    assert "site-packages" in str(requests.__file__)


def test_every_package_on_disk_is_in_the_wheel_and_the_other_way_round() -> None:
    assert sorted(WHEEL_PACKAGES) == packages_on_disk()


def test_import_linter_knows_every_package() -> None:
    names = sorted(Path(package).name for package in WHEEL_PACKAGES)
    linter = PYPROJECT["tool"]["importlinter"]
    layered = [name.strip() for layer in linter["contracts"][0]["layers"] for name in layer.split("|")]
    assert sorted(linter["root_packages"]) == names
    assert sorted(layered) == names


def test_architecture_names_every_package() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    assert [package for package in WHEEL_PACKAGES if Path(package).name not in text] == []


@pytest.mark.parametrize("package", WHEEL_PACKAGES)
def test_a_package_is_imported_from_its_area(package: str) -> None:
    module = importlib.import_module(Path(package).name)
    assert module.__file__ == str(ROOT / package / "__init__.py")


@pytest.mark.parametrize("area", AREAS)
def test_an_area_has_a_readme_that_says_something(area: str) -> None:
    lines = (ROOT / area / "README.md").read_text("utf-8").splitlines()
    assert lines[0].startswith("# ")
    assert len(lines) >= 5


def test_the_areas_are_not_ignored() -> None:
    ignored = {line.strip().strip("/") for line in (ROOT / ".gitignore").read_text("utf-8").splitlines()}
    assert ignored & {*AREAS, "static", "tests"} == set()
