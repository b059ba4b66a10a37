"""The key that signs checkpoints: from RECORD_KEY, or from a file that is made at the first sealing."""

import os
import tempfile
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from ledger.models import RecordKey
from ledger.notes import InvalidNote, PrivateKey, PublicKey, make_key, parse_private_key, parse_public_key

FILE_NAME: Final = "record.key"
_MODE: Final = 0o600


class KeyMissingError(ImproperlyConfigured):
    """The record has been signed before, and the key is not where it should be; the message is a sentence."""


def key_file() -> Path:
    """Return where the private key is kept if RECORD_KEY does not give it."""
    return Path(settings.DATA_DIR) / FILE_NAME


def record_name() -> str:
    """Return the name of this record, which its keys bear too: that of its first key, or one made from BASE_URL."""
    first = RecordKey.objects.order_by("valid_from", "pk").first()
    if first is not None:
        return parse_public_key(first.text).name
    return f"{urlsplit(settings.BASE_URL).hostname or 'localhost'}/record"


def public_keys() -> list[PublicKey]:
    """Return every key that has signed the record, oldest first; one query."""
    texts = RecordKey.objects.order_by("valid_from", "pk").values_list("text", flat=True)
    return [parse_public_key(text) for text in texts]


def signing_key() -> PrivateKey:
    """Return the private key that signs now; before the first sealing it is made and kept in a file.

    Raises ImproperlyConfigured with a sentence where it is malformed, bears another name than the record, or is gone.
    """
    if settings.RECORD_KEY:
        key = _parsed(settings.RECORD_KEY, "RECORD_KEY")
    else:
        path = key_file()
        if not path.exists():
            if RecordKey.objects.exists():
                raise KeyMissingError(
                    f"The record has been signed before, but its key is gone: {path} does not exist and RECORD_KEY is "
                    "not set. Put the file back, or go on with a new key: manage.py make_record_key."
                )
            write_key(make_key(record_name()), path)
        key = _parsed(path.read_text("utf-8"), str(path))
    if key.name != record_name():
        raise ImproperlyConfigured(
            f"The key of the record is named {key.name}, but this record is called {record_name()}, and whoever keeps "
            "its checkpoints knows it by that name. Make the key with: manage.py make_record_key."
        )
    return key


def write_key(key: PrivateKey, path: Path) -> None:
    """Write a private key into a new file that only its owner may read; one that is there already stays as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")  # which nobody else may read
    new = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(f"{key.to_text()}\n")
            file.flush()
            os.fsync(file.fileno())
        new.chmod(_MODE)
        with suppress(FileExistsError):  # another process was first: its key is the key
            os.link(new, path)
    finally:
        new.unlink()


def use_key(key: PublicKey, at: datetime) -> RecordKey:
    """Return the row of the key that signs now; the one before it signs no more, but still checks what it signed."""
    text = str(key)
    known = RecordKey.objects.filter(text=text).first()
    if known is not None and known.valid_until is None:
        return known
    RecordKey.objects.filter(valid_until=None).update(valid_until=at)
    if known is not None:
        known.valid_until = None
        known.save(update_fields=["valid_until"])
        return known
    return RecordKey.objects.create(text=text, valid_from=at)


def _parsed(text: str, where: str) -> PrivateKey:
    try:
        return parse_private_key(text)
    except InvalidNote as error:
        raise ImproperlyConfigured(f"{where} does not hold a key of the record: {error}") from error
