"""The private key that signs the record's checkpoints, where it is a file beside the data."""

from pathlib import Path

from django.conf import settings

from backups.refusals import RefusedError
from ledger.keys import key_file


def has_key() -> bool:
    """Return whether the site can sign."""
    return bool(settings.RECORD_KEY) or key_file().is_file()


def key_to_take() -> Path:
    """Return the file that holds the key; raise RefusedError where there is none."""
    if settings.RECORD_KEY:
        raise RefusedError(
            "The key is given by RECORD_KEY or RECORD_KEY_FILE: whoever gives it keeps it safe. Leave --with-key out."
        )
    if not key_file().is_file():
        raise RefusedError(f"There is no key at {key_file()}: nothing has been sealed yet. Leave --with-key out.")
    return key_file()
