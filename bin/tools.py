"""Tools of the tests that are no Python packages: a Chromium, a Redis, and the HTML validator with its Java.

Imports nothing of this folder, because the tests import it as well.
"""

import os
import shutil
from pathlib import Path

_CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def find_chromium() -> str | None:
    """The path of a Chromium on this machine: CHROMIUM if set, else one on the path, else one that Playwright keeps."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named if os.access(named, os.X_OK) else None
    found = next((path for path in map(shutil.which, _CHROMIUM_NAMES) if path), None)
    return found or _playwrights_own()


def _playwrights_own() -> str | None:
    folder = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    found = [path for path in folder.glob("chromium-*/chrome-linux*/chrome") if os.access(path, os.X_OK)]
    return str(max(found)) if found else None


def find_redis() -> str | None:
    """The path of a Redis server on this machine."""
    return shutil.which("redis-server")


def why_no_redis() -> str | None:
    """Why tasks cannot be tried in Redis here, as a sentence; nothing where they can."""
    if find_redis() is None:
        return "The queue in Redis is not tried: there is no redis-server on the path (Debian's package redis-server)."
    return None


def vnu_jar(var: Path) -> Path:
    """Where the HTML validator is, once it is installed."""
    return var / "vnu" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def why_no_vnu(var: Path) -> str | None:
    """Why HTML cannot be validated here, as a sentence; nothing where it can."""
    if shutil.which("java") is None:
        return "HTML validity is not checked: there is no Java on this machine."
    if not vnu_jar(var).is_file():
        if shutil.which("npm") is None:
            return "HTML validity is not checked: there is no npm on this machine to install vnu-jar with."
        return "HTML validity is not checked: vnu-jar is not installed; `make test` installs it."
    return None
