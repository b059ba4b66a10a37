"""The private key that signs the record's checkpoints, as a file beside the data."""

from pathlib import Path

from django.conf import settings

from backups.refusals import RefusedError


def key_path() -> Path:
    """Return where the site keeps its key unless it is told otherwise."""
    return Path(settings.DATA_DIR) / "record.key"


def key_file() -> Path:
    """Return the file that holds the key; raise RefusedError where there is none."""
    path = key_path()
    if not path.is_file():
        raise RefusedError(
            f"There is no key at {path}: either nothing has been sealed yet, or the key is kept elsewhere (RECORD_KEY "
            "or RECORD_KEY_FILE), where its owner backs it up. Leave --with-key out."
        )
    return path


def has_key() -> bool:
    """Return whether the site can sign."""
    return bool(getattr(settings, "RECORD_KEY", "")) or key_path().is_file()
