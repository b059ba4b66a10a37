"""What an archive says about the site beside its contents: version, migrations, record, and which secret it had."""

import secrets
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.crypto import salted_hmac

from backups.databases import Reader

_SALT = "backups.secret"


def software_version() -> str:
    """Return the version of the project."""
    try:
        return version("prtr-commons")
    except PackageNotFoundError:
        return "unknown"


def applied_migrations(reader: Reader) -> list[tuple[str, str]]:
    """Return the migrations that a database has, in the order in which it got them."""
    return [(str(app), str(name)) for app, name in reader.rows("SELECT app, name FROM django_migrations ORDER BY id")]


def unknown_migrations(applied: list[tuple[str, str]]) -> list[str]:
    """Return the migrations that this software does not have."""
    known = set(MigrationLoader(None).disk_migrations)
    return [f"{app}.{name}" for app, name in applied if (app, name) not in known]


def waiting_migrations() -> bool:
    """Return whether the software has migrations that the database has not."""
    loader = MigrationLoader(connection)
    return bool(set(loader.disk_migrations) - set(loader.applied_migrations))


def secret_mark() -> str:
    """Return a mark by which the same SECRET_KEY is recognised; it tells nothing else about it."""
    salt = secrets.token_hex(8)
    return f"{salt}:{_mark(salt, settings.SECRET_KEY)}"


def is_same_secret(mark: str) -> bool:
    """Return whether this site has the SECRET_KEY of that mark, or has it among the earlier ones."""
    salt, _, digest = mark.partition(":")
    return digest in {_mark(salt, key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)}


def _mark(salt: str, key: str) -> str:
    return salted_hmac(f"{_SALT}.{salt}", "", secret=key, algorithm="sha256").hexdigest()[:32]


def record_facts(reader: Reader) -> dict[str, Any]:
    """Return how long the record is, and its last sealed checkpoint if there is one."""
    ((entries,),) = reader.rows("SELECT COUNT(*) FROM ledger_entry")
    facts: dict[str, Any] = {"entries": entries}
    if "ledger_checkpoint" in reader.tables():
        for size, note in reader.rows("SELECT size, note FROM ledger_checkpoint ORDER BY size DESC LIMIT 1"):
            facts |= {"size": size, "checkpoint": note}
    return facts
