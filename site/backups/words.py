"""What is said about an archive, on the screen of whoever operates the site."""

from collections import Counter

from backups.archive import DATABASE, FILES, KEY
from backups.manifest import Manifest


def summary(manifest: Manifest) -> list[str]:
    """Return a few lines on what an archive holds."""
    folders = Counter(name.split("/")[1] for name in manifest.members if name.startswith(f"{FILES}/"))
    files = ", ".join(f"{count:,} in {name}" for name, count in sorted(folders.items())) or "none"
    lines = [
        f"the site as it was on {manifest.taken_at}, version {manifest.software}",
        f"database: {manifest.vendor} {manifest.server}, {len(manifest.tables):,} tables, {manifest.rows:,} rows, "
        f"{manifest.members[DATABASE].size:,} bytes",
        f"files: {files}; {manifest.size - manifest.members[DATABASE].size:,} bytes",
        _record(manifest),
    ]
    if KEY in manifest.members:
        lines.append("the private key of the record: keep this archive where nobody else can read it")
    if manifest.missing:
        lines.append(f"not on the disk, though the database names them: {', '.join(manifest.missing[:5])}")
    return lines


def _record(manifest: Manifest) -> str:
    entries = manifest.record.get("entries", 0)
    sealed = manifest.record.get("size", 0)
    return f"record: {entries:,} entries, {sealed:,} of them sealed by its last checkpoint"
