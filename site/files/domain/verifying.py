"""Whether everything that was received is still there, byte by byte."""

from django.db.models import F

from files import vault
from files.models import StoredFile


def damaged_files() -> list[StoredFile]:
    """Return the files whose original or rendition is lost or has other bytes now; reads the whole vault."""
    files = StoredFile.objects.bound().filter(erased_at=None)
    named = {sha256 for pair in files.values_list("sha256", "rendition_sha256") for sha256 in pair if sha256}
    broken = {sha256 for sha256 in sorted(named) if not vault.is_whole(sha256)}
    in_order = files.order_by("subject_kind", "subject_reference", "position", F("pk"))
    return [file for file in in_order if broken & {file.sha256, file.rendition_sha256}] if broken else []


def place_of(file: StoredFile) -> str:
    """Return which file it is, without its name, which may say who sent it."""
    return f"{file.subject_kind} {file.subject_reference}, file {file.position} ({file.sha256})"
