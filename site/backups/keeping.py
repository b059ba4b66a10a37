"""How archives are called, and which of the old ones are let go."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

_NAME: Final = re.compile(r"prtr-\d{4}-\d{2}-\d{2}T\d{6}Z\.tar\.gz")


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
