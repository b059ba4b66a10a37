"""Makes `.venv` and installs the pinned, hashed requirements: `python3 bin/start.py prepare runtime` (or `dev`).

A stamp in `.venv` remembers what was installed, so that the next start has nothing to do.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from house import PYTHON, ROOT, VENV, RefusedError, main, run_logged, say, step


def prepare(wanted: str) -> None:
    """Brings `.venv` to the requirements `runtime`, or `dev` which holds them; does nothing where they are there."""
    if not _python_works():
        _make_venv()
    elif _is_installed(wanted):
        return
    requirements = ROOT / "requirements" / f"{wanted}.txt"
    total = len(re.findall(r"^[A-Za-z0-9]", requirements.read_text("utf-8"), re.MULTILINE))
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--no-deps"]
    with step(f"Installing {total} packages, each checked by its hash") as progress:
        progress.doing = "asking for the first"
        seen: set[str] = set()

        def note(line: str) -> None:
            if found := re.match(r"(?:Collecting|Requirement already satisfied:) ([^ =;]+)", line):
                seen.add(found[1])
                progress.doing = f"{len(seen)} of {total}: {found[1]}"
            elif line.startswith("Installing collected packages"):
                progress.doing = "unpacking them"

        # What is imported is compiled then: compiling everything takes as long as all the rest.
        pinned = ["--require-hashes", "--no-compile", "--progress-bar=off", "-r", str(requirements)]
        run_logged([*pip, *pinned], VENV / "install.log", note)
        # The checkout itself, with the pinned build tools just installed: nothing unpinned is fetched for it.
        run_logged([*pip, "--no-build-isolation", "--editable", str(ROOT)], VENV / "install-own.log")
    _stamp(wanted).write_text(_fingerprint(wanted), "utf-8")


def apt_install(*packages: str) -> None:
    """Installs some of the system's packages, where the user is root and the system has apt; else does nothing."""
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        return
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update", "-qq"], ["install", "-qqy", "--no-install-recommends", *packages]):
        subprocess.run([apt, *words], check=False, env=quiet, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def _make_venv() -> None:
    if not _has_venv() and os.environ.get("CI"):
        say("Python's venv module is missing: installing it from the system's packages.")
        apt_install("python3-venv")
    if not _has_venv():
        raise RefusedError(
            "Python is here, but its venv module is missing. Install it (on Debian or Ubuntu, as root: "
            "apt-get install python3-venv) and start again."
        )
    with step(f"Making the environment .venv with Python {sys.version.split()[0]}"):
        log = ROOT / "var" / "venv.log"
        # --clear: what is left of an environment that was broken off half-way, or whose Python is gone, is of no use.
        run_logged([sys.executable, "-m", "venv", "--clear", str(VENV)], log)


def _has_venv() -> bool:
    return _succeeds(sys.executable, "import ensurepip, venv")


def _python_works() -> bool:
    return PYTHON.exists() and _succeeds(str(PYTHON), "import sys, pip; sys.exit(sys.version_info < (3, 11))")


def _succeeds(python: str, code: str) -> bool:
    return subprocess.run([python, "-c", code], check=False, capture_output=True).returncode == 0


def _is_installed(wanted: str) -> bool:
    """Whether the requirements are installed; those of `dev` hold those of `runtime`, so they count for both."""
    names = {wanted, "dev"}
    return any(_stamp(name).exists() and _stamp(name).read_text("utf-8") == _fingerprint(name) for name in names)


def _stamp(name: str) -> Path:
    return VENV / f".installed-{name}"


def _fingerprint(name: str) -> str:
    """What an installation depends on: the pins, where the checkout lies, and which folders are put on the path."""
    digest = hashlib.sha256(str(ROOT).encode())
    for file in sorted({"runtime", name}):
        digest.update((ROOT / "requirements" / f"{file}.txt").read_bytes())
    pyproject = (ROOT / "pyproject.toml").read_text("utf-8")
    roots = re.search(r"^dev-mode-dirs = \[.*?\]", pyproject, re.MULTILINE | re.DOTALL)
    digest.update(roots[0].encode() if roots else b"")
    return digest.hexdigest()


def act() -> int:
    """Prepares what is named on the command line."""
    if sys.argv[1:] not in (["runtime"], ["dev"]):
        raise RefusedError("Say which requirements: prepare runtime, or prepare dev.")
    prepare(sys.argv[1])
    return 0


if __name__ == "__main__":
    main(act)
