"""`make bench`: runs every measurement in a process of its own, prints a table and writes var/bench.json.

It tells and never fails: a measurement that cannot be made is a row that says why.
"""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

import django
from harness import Row, table, write_json

ROOT = Path(__file__).resolve().parents[1]
WORK = ROOT / "var" / "bench"
# In this order: the second searches what the first has loaded.
MEASUREMENTS = ("importing", "searching", "asking", "working", "recording", "pages", "charting")
DEMONSTRATED = {"pages", "charting"}  # measured on the demonstration
FOLDERS = dict.fromkeys(DEMONSTRATED, "demonstration") | {
    "asking": "requests",
    "working": "letters",
    "recording": "record",
}


def measure(name: str) -> list[Row]:
    """The rows of one measurement; a row with its last words where it failed."""
    log = WORK / f"{name}.log"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
        "DATA_DIR": str(WORK / FOLDERS.get(name, "register")),
        "PYTHONPATH": str(ROOT / "bin"),
        "LOG_LEVEL": "ERROR",
    }
    command = [sys.executable, __file__, name]
    with log.open("wb") as output:
        done = subprocess.run(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=output, check=False)
    if done.returncode != 0:
        words = log.read_text("utf-8", "replace").strip().splitlines() or ["no reason given"]
        return [Row(name, "", note=f"failed: {words[-1]} (all of it in {log})")]
    return [Row(**facts) for facts in json.loads(done.stdout.splitlines()[-1])]


def measure_here(name: str) -> None:
    """Makes one measurement in this process, and prints its rows for the process that asked."""
    django.setup()
    rows: list[Row] = import_module(name).measure()
    print(json.dumps([asdict(row) for row in rows]))  # noqa: T201 -- read by `measure`


def main() -> None:
    """Measures, tells, and keeps what it told."""
    for folder in ("register", "requests", "letters", "record"):  # they are measured from empty on
        shutil.rmtree(WORK / folder, ignore_errors=True)
    WORK.mkdir(parents=True, exist_ok=True)
    rows: list[Row] = []
    for name in MEASUREMENTS:
        print(f"measuring: {name} …", flush=True)  # noqa: T201 -- the output of a command
        rows += measure(name)
    write_json(rows, ROOT / "var" / "bench.json")
    print(f"\n{table(rows)}\n\nWritten to var/bench.json.")  # noqa: T201 -- the output of a command


if __name__ == "__main__":
    measure_here(sys.argv[1]) if len(sys.argv) > 1 else main()
