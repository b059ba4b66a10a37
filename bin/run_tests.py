"""`make test`, `make test-fast` and `make lint`: installs what the checks need, runs them all, and sums up.

A failing check does not hide the others: every one is run, and the list at the end says which failed.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from house import PYTHON, ROOT, RefusedError, main, run_logged, say, step
from prepare import apt_install, prepare
from tools import find_chromium, find_redis, why_no_redis, why_no_vnu

VAR = ROOT / "var"
BIN = PYTHON.parent
TEMPLATES = [str(path.relative_to(ROOT)) for path in sorted(ROOT.glob("*/*/templates"))]
AT_ONCE = max(1, min(4, os.cpu_count() or 1))
# The tests of a file go to one worker, so that what they share is built once; tests/conftest.py says in which order.
BY_FILE = ["--dist", "loadfile", "--no-loadscope-reorder"]
BROWSER = "tests/browser"  # named, so that each run reads only the files it needs
RULES = "not browser and not pages and not slow"
# A summary of pytest's: "3 failed, 120 passed, 2 skipped in 34.05s"
_SUMMARY = re.compile(r"=*\s*((?:\d+ [a-z]+(?:, )?)+) in [\d.]+s.*")


@dataclass
class Check:
    """One command that has to succeed, and what came of it."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    passed: bool = False
    seconds: float = 0
    summary: str = ""

    def run(self, *, shown: bool) -> "Check":
        """Runs it: with its output on the screen as it comes, or only where it fails."""
        started = time.monotonic()
        process = subprocess.Popen(
            self.command,
            cwd=ROOT,
            env=os.environ | self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        lines = []
        for line in process.stdout or []:
            lines.append(line.rstrip("\n"))
            if shown:
                say(lines[-1])
            if found := _SUMMARY.fullmatch(lines[-1].strip("= ")):
                self.summary = found[1]
        self.passed = process.wait() == 0
        self.seconds = time.monotonic() - started
        if not shown:
            say(f"{'ok    ' if self.passed else 'FAILED'} {self.name} ({self.seconds:.0f} s)")
            if not self.passed:
                say("\n".join(f"    {line}" for line in lines))
        return self


def lint_checks() -> list[Check]:
    """Style, contracts, templates, catalogues, migrations and production's own checks."""
    tests = {"DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    production = {
        "DJANGO_SETTINGS_MODULE": "portal.settings.production",
        "SECRET_KEY": "only-to-check-the-settings-" + "k" * 50,
        "ALLOWED_HOSTS": "register.example",
        "BASE_URL": "https://register.example",
        "DEFAULT_FROM_EMAIL": "register@register.example",
        "EMAIL_URL": "smtp://mail.example:25",
        "DATA_DIR": str(VAR / "check"),
    }
    manage = [str(PYTHON), "manage.py"]
    return [
        Check("types (mypy)", [str(BIN / "mypy")]),
        Check("style (ruff check)", [str(BIN / "ruff"), "check", "."]),
        Check("shape (ruff format)", [str(BIN / "ruff"), "format", "--check", "."]),
        Check("contracts between packages (import-linter)", [str(BIN / "lint-imports")]),
        Check("templates (djlint)", [str(BIN / "djlint"), "--lint", "--quiet", *TEMPLATES]),
        Check("French and Russian", [*manage, "messages", "check"], tests),
        Check("no migration is missing", [*manage, "makemigrations", "--check", "--dry-run"], tests),
        Check("production's settings", [*manage, "check", "--deploy", "--fail-level", "WARNING"], production),
    ]


def test_checks() -> list[Check]:
    """The three runs of pytest: on SQLite, on PostgreSQL, in a browser."""
    pytest = [str(PYTHON), "-m", "pytest", "-q", "--durations=10", "-n", str(AT_ONCE)]
    return [
        Check("tests on SQLite", [*pytest, *BY_FILE, "-m", "not browser", f"--ignore={BROWSER}"]),
        Check(
            "tests on PostgreSQL",
            [*pytest, *BY_FILE, "-m", "not browser and not any_database", f"--ignore={BROWSER}"],
            {"TEST_DATABASE": "postgres"},
        ),
        Check("tests in a browser", [*pytest, BROWSER], {"BROWSER_REQUIRED": "1"}),
    ]


def preparations() -> list[Check]:
    """What the runs of pytest copy: made beside the types, which keep one processor busy, and not while others wait."""
    command = [str(PYTHON), "-m", "tests.preparing"]
    own = {"PYTHONPATH": str(ROOT / "bin")}  # as pytest has it
    return [
        Check("a migrated PostgreSQL", command, own | {"TEST_DATABASE": "postgres"}),
        Check("a migrated SQLite and the demonstration", command, own),
    ]


def keep_bytecode() -> None:
    """Has what is imported compiled once, also where the environment says otherwise, as those of containers do.

    Dozens of processes import the same thousands of files here, and compiling them takes as long as many a test.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def install_browser() -> None:
    """A Chromium: one found here, else the system's package, else Playwright's; RefusedError where there is none."""
    if find_chromium():
        return
    with step("Installing a Chromium for the browser tests"):
        apt_install("chromium", "fonts-dejavu-core")
        if not find_chromium():
            run_logged([str(PYTHON), "-m", "playwright", "install", "chromium"], VAR / "log" / "playwright.log")
    if not find_chromium():
        raise RefusedError(
            "No Chromium could be installed. Install one, or name it: make test CHROMIUM=/path/to/chromium"
        )


def install_redis() -> None:
    """A Redis server, where the system's packages can be installed; elsewhere its tests are skipped with the reason."""
    if find_redis() is None:
        with step("Installing a Redis for the tests of the queue"):
            apt_install("redis-server")


def install_validator() -> None:
    """The HTML validator, where Java and npm are there to run and fetch it."""
    if shutil.which("java") is None or shutil.which("npm") is None or why_no_vnu(VAR) is None:
        return
    folder = VAR / "vnu"
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / "tests" / "browser" / name, folder / name)
    with step("Installing the HTML validator"):
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(folder)]
        run_logged(command, VAR / "log" / "npm.log")


def total(checks: list[Check]) -> str:
    """All runs of pytest added up, in one line."""
    counted = {"passed": 0, "failed": 0, "skipped": 0}
    for check in checks:
        for number, word in re.findall(r"(\d+) ([a-z]+)", check.summary):
            kind = "failed" if word in {"error", "errors"} else word
            if kind in counted:
                counted[kind] += int(number)
    return "{passed} passed, {failed} failed, {skipped} skipped".format(**counted)


def act() -> int:
    """Runs what was asked for; 0 only where every check passed."""
    kind = sys.argv[1] if len(sys.argv) > 1 else ""
    if kind not in {"", "--fast", "--lint"}:
        raise RefusedError("Say nothing, --fast or --lint.")
    started = time.monotonic()
    keep_bytecode()
    prepare("dev")
    VAR.mkdir(exist_ok=True)
    checks = lint_checks()
    if kind == "--fast":
        checks = checks[1:]  # types take the longest; `make types` and `make test` check them
    elif not kind:
        checks[1:1] = preparations()
    subprocess.run(
        [PYTHON, "manage.py", "messages", "compile"],
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "portal.settings.test"},
    )
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(lambda check: check.run(shown=False), checks))
    runs: list[Check] = []
    if kind == "--fast":
        pytest = [str(PYTHON), "-m", "pytest", "-q", "-n", str(AT_ONCE), *BY_FILE, "-m", RULES]
        runs = [Check("tests on SQLite", pytest)]
    elif not kind:
        install_browser()
        install_redis()
        install_validator()
        runs = test_checks()
    for check in runs:
        say()
        say(f"--- {check.name} " + "-" * (100 - len(check.name)))
        check.run(shown=True)
    sum_up(checks + runs, time.monotonic() - started)
    if runs:
        say(total(runs))
    return 0 if all(check.passed for check in checks + runs) else 1


def sum_up(checks: list[Check], seconds: float) -> None:
    """A line for each check, those that failed last, where the eye ends."""
    say()
    for check in sorted(checks, key=lambda check: not check.passed):
        mark = "ok    " if check.passed else "FAILED"
        say(f"{mark} {check.name}{': ' + check.summary if check.summary else ''} ({check.seconds:.0f} s)")
    for reason in filter(None, (why_no_vnu(VAR), why_no_redis())):
        say(reason)
    failed = sum(not check.passed for check in checks)
    say(f"{'Everything passed' if not failed else f'{failed} of {len(checks)} checks failed'}, in {seconds:.0f} s.")


if __name__ == "__main__":
    main(act)
