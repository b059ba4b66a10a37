"""Which files belong to the site: every folder in which a storage of the site keeps some, and rejected rows of loads.

Files are never changed once they are stored, and a file is stored before the row that names it is committed. So the
database is taken first and the files after it: whatever the database names is on the disk by then. What somebody
deletes in between is missing from the archive, is named in its list of contents, and was meant to be gone.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.apps import apps
from django.conf import settings
from django.core.files.storage import FileSystemStorage, InvalidStorageError, storages
from django.db import models

from backups.databases import Reader

VAULT: Final = "sealed"
_PASSING: Final = ".restoring-"  # a file that is being written by a restoration
_VAULT_TABLE: Final = "files_storedfile"


def site_folders() -> dict[str, Path]:
    """Return the folders by the names that they have in an archive."""
    found: dict[str, Path] = {}
    for alias in storages.backends:
        if alias == "staticfiles":  # made by collectstatic
            continue
        try:
            storage = storages[alias]
        except InvalidStorageError:
            continue
        if isinstance(storage, FileSystemStorage):
            found["media" if alias == "default" else alias] = Path(storage.location)
    found["rejects"] = Path(settings.DATA_DIR) / "rejects"
    # What strangers sent, by its hash; beside it lies what is still coming in.
    found[VAULT] = Path(settings.FILES_ROOT) / VAULT
    return found


@dataclass(frozen=True)
class Listed:
    """One file of the site."""

    name: str  # in its folder, with slashes
    path: Path
    size: int


def list_files(folder: Path) -> Iterator[Listed]:
    """Yield every plain file in a folder, in order; links are followed nowhere but to the folder itself."""
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            entries = sorted(os.scandir(here), key=lambda entry: entry.name)
        except FileNotFoundError:  # there is none yet, or it has been deleted since
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                waiting.append(Path(entry.path))
            elif entry.is_file(follow_symlinks=False) and not entry.name.startswith(_PASSING):
                path = Path(entry.path)
                try:
                    yield Listed(path.relative_to(folder).as_posix(), path, entry.stat(follow_symlinks=False).st_size)
                except FileNotFoundError:
                    continue


def passing_name(path: Path) -> Path:
    """Return the name that a file has while it is being restored."""
    return path.with_name(f"{_PASSING}{path.name}"[:200])


def named_files(reader: Reader) -> Iterator[str]:
    """Yield every file that the database names, as it is called in an archive."""
    folders = {path: name for name, path in site_folders().items()}
    tables = set(reader.tables())
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        for field in model._meta.local_fields:
            if not isinstance(field, models.FileField) or table not in tables:
                continue
            storage = field.storage
            folder = folders.get(Path(storage.location)) if isinstance(storage, FileSystemStorage) else None
            if folder is None:
                continue
            statement = f'SELECT DISTINCT "{field.column}" FROM "{table}" WHERE "{field.column}" <> \'\''  # noqa: S608 -- names of the project's own models
            for (name,) in reader.rows(statement):
                yield f"files/{folder}/{name}"
    if _VAULT_TABLE in tables:
        for column in ("sha256", "rendition_sha256"):
            statement = f"SELECT DISTINCT {column} FROM {_VAULT_TABLE} WHERE {column} <> ''"  # noqa: S608 -- fixed words
            for (name,) in reader.rows(statement):
                yield f"files/{VAULT}/{name[:2]}/{name}"
