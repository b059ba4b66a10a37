"""The last member of an archive: what the others are, and what the site was when they were taken."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from backups.refusals import DamagedError, RefusedError

FORMAT: Final = "prtr-backup/1"
_KIND, _VERSION = FORMAT.split("/")


@dataclass(frozen=True)
class Member:
    """One file of the archive."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Table:
    """How many rows a table has, and a hash of them all that does not depend on their order."""

    rows: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """Everything that has to be true of an archive and of what is restored from it."""

    taken_at: str
    software: str
    vendor: str
    server: str
    migrations: list[tuple[str, str]]
    members: dict[str, Member]
    tables: dict[str, Table]
    record: dict[str, Any] = field(default_factory=dict)  # empty where the site had sealed nothing yet
    missing: list[str] = field(default_factory=list)  # named by the database, and not on the disk
    secret_mark: str = ""  # tells whether SECRET_KEY is the same, and nothing else about it
    sha256: str = ""  # of the text that was read; no text holds its own

    @property
    def size(self) -> int:
        """How much room the members take, unpacked."""
        return sum(member.size for member in self.members.values())

    @property
    def rows(self) -> int:
        """How many rows the database has."""
        return sum(table.rows for table in self.tables.values())

    def as_json(self) -> bytes:
        """Return the text that stands in the archive."""
        facts = {"format": FORMAT, **asdict(self)}
        del facts["sha256"]
        return json.dumps(facts, ensure_ascii=False, indent=1).encode() + b"\n"


def read_manifest(text: bytes) -> Manifest:
    """Return what the text says; raise RefusedError where it is of another version, DamagedError where it is none."""
    try:
        said = json.loads(text)
        kind, _, version = str(said.pop("format")).partition("/")
        if kind == _KIND and version.isdecimal() and int(version) > int(_VERSION):
            raise RefusedError(
                f"The archive has the format {kind}/{version}, and this software knows {FORMAT}: "
                "install the version that took it, or a later one."
            )
        if f"{kind}/{version}" != FORMAT:
            raise DamagedError("The archive’s list of contents is in no format that this software knows.")
        said["members"] = {str(name): _member(facts) for name, facts in said["members"].items()}
        said["tables"] = {str(name): Table(int(of["rows"]), str(of["sha256"])) for name, of in said["tables"].items()}
        said["migrations"] = [(str(app), str(name)) for app, name in said["migrations"]]
        return Manifest(**said, sha256=hashlib.sha256(text).hexdigest())
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise DamagedError("The archive’s list of contents cannot be read: the archive is damaged.") from error


def _member(facts: dict[str, Any]) -> Member:
    size = facts["size"]
    if not isinstance(size, int) or size < 0:
        raise ValueError("a size is a whole number")
    return Member(size, str(facts["sha256"]))
