"""`make pins`: compiles requirements/*.txt from pyproject.toml, every package pinned and hashed.

Pins that stand there are kept while the ranges of pyproject.toml allow them; `make pins UPGRADE=1` takes the newest.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OPTIONS = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--no-annotate", "--quiet"]


def compile_pins(name: str, *extras: str, constraint: str | None = None) -> None:
    """Writes requirements/<name>.txt; the index is the user's own business and never written."""
    command = [sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", *OPTIONS, "--no-emit-index-url"]
    command += ["--no-emit-find-links", "--output-file", f"requirements/{name}.txt"]
    for extra in extras:
        command += ["--extra", extra]
    if constraint:
        command += ["--constraint", f"requirements/{constraint}.txt"]
    if os.environ.get("UPGRADE"):
        command.append("--upgrade")
    subprocess.run(command, cwd=ROOT, check=True)


if __name__ == "__main__":
    compile_pins("runtime", "build")
    compile_pins("dev", "build", "dev", constraint="runtime")
