"""The wheel holds everything the site needs, and runs without the checkout."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.house.tree import ROOT, committed
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
