"""The project's own files, as git would commit them."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
AREAS = ("site/", "consultations/", "learning/", "explainers/", "requests/")
COMMANDS = ("bin/", "bench/", "manage.py")


@cache
def committed() -> tuple[Path, ...]:
    """Every file that is or would be in a commit, as a path from the root."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return tuple(sorted(Path(name) for name in done.stdout.decode().split("\0") if name and (ROOT / name).is_file()))


def files(suffix: str, *, under: tuple[str, ...] = (*AREAS, *COMMANDS)) -> list[Path]:
    """The files with that suffix in those folders."""
    return [path for path in committed() if path.suffix == suffix and path.as_posix().startswith(under)]


def modules() -> list[Path]:
    """The Python files of the site, without migrations."""
    return [path for path in files(".py", under=AREAS) if "migrations" not in path.parts]


def templates() -> list[Path]:
    """The templates of the site."""
    return [path for path in files(".html", under=AREAS) if "templates" in path.parts]


def text(path: Path) -> str:
    """What a file holds."""
    return (ROOT / path).read_text("utf-8")


@cache
def tree(path: Path) -> ast.Module:
    """A module, parsed."""
    return ast.parse(text(path))


def imported(path: Path) -> set[str]:
    """The dotted names a module imports, also those `from` which it imports."""
    names: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names
