"""How archives are called, which of the old ones are let go, and what a killed process has left."""

import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

_NAME: Final = re.compile(r"prtr-\d{4}-\d{2}-\d{2}T\d{6}Z\.tar\.gz")

_LEFT: Final = re.compile(r"\.(backup|restore)-\w+|\..+\.[0-9a-f]{12}\.part")
_DAY: Final = timedelta(days=1)


def archive_name(at: datetime) -> str:
    """Return the name of an archive taken at an instant: later ones sort behind earlier ones."""
    return f"prtr-{at.astimezone(UTC):%Y-%m-%dT%H%M%SZ}.tar.gz"


def remove_old(folder: Path, *, keep: int) -> list[Path]:
    """Remove all archives in a folder but the newest ones, and return those that are gone.

    Only what bears a name of ours is touched, and never the last one.
    """
    ours = sorted(path for path in folder.iterdir() if _NAME.fullmatch(path.name) and path.is_file())
    old = ours[: -max(keep, 1)]
    for path in old:
        path.unlink()
    return old


def remove_left(folder: Path, *, at: datetime) -> None:
    """Remove half-written archives and copies of the database that a process left which was killed a day ago."""
    for path in folder.iterdir():
        if _LEFT.fullmatch(path.name) and at - datetime.fromtimestamp(path.lstat().st_mtime, UTC) > _DAY:
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
