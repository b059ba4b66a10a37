"""The wheel holds everything the site needs, and runs without the checkout."""

import os
import re
import site
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.house.test_readme import FOR_REAL, typed
from tests.house.tree import ROOT, committed, text
from tests.test_layout import WHEEL_PACKAGES

# Runs with the wheel and the installed packages alone: the checkout is taken off the path.
TRY_OUT = """
import os, sys
root = sys.argv[1]
installed = sys.argv[2]
sys.path = [installed] + [path for path in sys.path if not path.startswith(root) or "site-packages" in path]
os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.demo"
import django
django.setup()
import portal, register
assert portal.__file__.startswith(installed), portal.__file__
assert register.__file__.startswith(installed), register.__file__
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.template.loader import get_template
from django.utils.translation import gettext, override
call_command("check", "--fail-level", "WARNING")
print(finders.find("css/layout.css"))
print(get_template("base.html").origin.name)
"""

pytestmark = [pytest.mark.slow, pytest.mark.any_database]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    call_command("messages", "compile", verbosity=0)
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return path


def test_every_file_of_every_package_is_in_the_wheel(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    expected = set()
    for path in committed():
        name = path.as_posix()
        if package := next((package for package in WHEEL_PACKAGES if name.startswith(f"{package}/")), None):
            expected.add(name.removeprefix(str(Path(package).parent) + "/"))
        elif name.startswith("static/"):
            expected.add(f"portal/{name}")
    expected |= {name.removesuffix(".po") + ".mo" for name in expected if name.endswith(".po")}
    assert expected - inside == set()


def test_it_runs_without_the_checkout(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(installed)
    command = [sys.executable, "-c", TRY_OUT, str(ROOT), str(installed)]
    done = subprocess.run(
        command, cwd=tmp_path, env={"DATA_DIR": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-2:] == [
        str(installed / "portal" / "static" / "css" / "layout.css"),
        str(installed / "portal" / "templates" / "base.html"),
    ]


def test_a_stranger_without_containers_installs_what_the_image_installs() -> None:
    typed_here = [words for words in typed(FOR_REAL) if words[0] == ".venv/bin/pip"]
    in_the_image = re.findall(r"pip (install [^&\n]+)", text(Path("Dockerfile")))
    assert [" ".join(words[1:]) for words in typed_here] == [line.removesuffix("\\").strip() for line in in_the_image]


def test_a_stranger_who_types_what_the_readme_says_has_a_site_that_starts_anywhere(tmp_path: Path) -> None:
    """The requirements are lent by this environment; the project itself is installed as the README has it."""
    folder = tmp_path / "venv"
    venv.create(folder, with_pip=False)
    python = str(folder / "bin" / "python")
    (own,) = folder.glob("lib/python3.*/site-packages")
    (own / "lent.pth").write_text("\n".join(site.getsitepackages()), "utf-8")
    environment = {
        "PATH": os.environ["PATH"],
        "DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
    }

    def start() -> subprocess.CompletedProcess[str]:
        command = [python, "-c", "import portal.wsgi"]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    assert "ModuleNotFoundError: No module named 'portal" in start().stderr
    words = typed(FOR_REAL)[2]
    assert words[-2:] == ["--editable", "."]
    pip = [sys.executable, "-m", "pip", "--python", python, *words[1:], "--no-index", "--quiet"]
    subprocess.run(pip, cwd=ROOT, check=True, capture_output=True)
    assert start().stderr == ""
