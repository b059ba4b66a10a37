"""The pins: exact, hashed, agreeing with pyproject.toml, and silent about where packages come from."""

import re
import tomllib
from functools import cache

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.tree import ROOT, committed, text

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PIN = re.compile(r"^(?P<name>[a-z0-9-]+)(?:\[[a-z0-9,-]+\])?==(?P<version>[^ ;]+)(?: ; (?P<marker>[^\\]+?))? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")

pytestmark = pytest.mark.any_database


@cache
def pins(name: str) -> dict[str, str]:
    """The versions in requirements/<name>.txt; fails on any line that is neither a pin nor its hash."""
    found: dict[str, str] = {}
    hashed: set[str] = set()
    last = ""
    for number, line in enumerate((ROOT / "requirements" / f"{name}.txt").read_text("utf-8").splitlines(), 1):
        if pin := PIN.match(line):
            last = pin["name"]
            found[last] = pin["version"]
        else:
            assert HASH.match(line), f"requirements/{name}.txt:{number} is neither a pin nor its hash: {line}"
            hashed.add(last)
    assert hashed == found.keys()
    return found


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("runtime", PROJECT["dependencies"] + PROJECT["optional-dependencies"]["build"]),
        ("dev", sum(PROJECT["optional-dependencies"].values(), PROJECT["dependencies"])),
    ],
)
def test_the_pins_satisfy_pyproject(name: str, wanted: list[str]) -> None:
    wrong = []
    for requirement in map(Requirement, wanted):
        version = pins(name).get(canonicalize_name(requirement.name))
        if version is None or not requirement.specifier.contains(version):
            wrong.append(f"{requirement} is pinned as {version}: run `make pins`")
    assert wrong == []


def test_developers_run_what_is_deployed() -> None:
    assert {name: pins("dev").get(name) for name in pins("runtime")} == pins("runtime")


def test_no_file_names_where_packages_come_from_nor_a_path_of_one_machine() -> None:
    hosts = r"--(?:extra-)?index-url|--find-links|p[y]pi[.]o[r]g|pythonh[o]sted|n[p]mjs|[./]d[e]bian[.]o[r]g"
    urls = r"\"resolved\": *\"http|registry *= *\"http"
    paths = r"(?:^|[^A-Za-z])/(?:w[o]rk|f[a]rm)/(?:main|steering|in|shared|[.]library)"
    pattern = re.compile(f"{hosts}|{urls}|{paths}")
    binary = {".png", ".woff2", ".mo", ".ico", ".jpg", ".pdf"}
    found = [
        f"{path}:{number}"
        for path in committed()
        if path.suffix not in binary and path.name != "test_requirements.py"
        for number, line in enumerate(text(path).splitlines(), 1)
        if pattern.search(line)
    ]
    assert found == []
