"""Receives uploads: piece by piece onto the disk, hashed on the way; no file is ever held in memory as a whole."""

import hashlib
import tempfile
from pathlib import Path
from typing import Any, cast

from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from files.vault import Received, incoming


class HashedUpload(TemporaryUploadedFile):
    """A file on its way in, in the folder beside the vault, with the SHA-256 of its bytes."""

    sha256: str = ""

    def __init__(self, name: str, content_type: str, charset: str | None, extra: dict[str, str] | None = None) -> None:
        file = tempfile.NamedTemporaryFile(dir=incoming(), prefix="upload-")  # noqa: SIM115 -- the request closes it
        UploadedFile.__init__(self, file, name, content_type, 0, charset, extra)

    @property
    def received(self) -> Received:
        """Where it lies until it is kept or thrown away, and what is known of it."""
        return Received(Path(cast(Any, self.file).name), self.sha256, self.size or 0)


class HashingUploadHandler(FileUploadHandler):
    """Writes each file to the disk as it comes and hashes it on the way."""

    file: HashedUpload

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self.digest = hashlib.sha256()
        self.file = HashedUpload(
            self.file_name or "", self.content_type or "", self.charset, cast(Any, self.content_type_extra)
        )

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take a piece."""
        self.digest.update(raw_data)
        self.file.write(raw_data)

    def file_complete(self, file_size: int) -> HashedUpload:
        """Return the whole."""
        self.file.seek(0)
        self.file.size = file_size
        self.file.sha256 = self.digest.hexdigest()
        return self.file

    def upload_interrupted(self) -> None:
        """Throw away what has come so far."""
        if hasattr(self, "file"):
            self.file.close()
