"""Databases of the tests: migrated once into a template, copied for every process, copied again after a live server.

Migrations take longer than most tests, so their result is kept in a template named after everything it depends on: the
contents of all migrations, and what `post_migrate` makes of the models. `TransactionTestCase` would empty every table
after a test that commits, and with them Wagtail's root page, locale and site, which only migrations make: here the
template is copied again instead.
"""

import fcntl
import hashlib
import inspect
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection, connections
from psycopg import sql

KEPT_TEMPLATES = 4
POSTGRES_VARIABLE = "PRTR_TEST_POSTGRES"  # where the process that leads the run tells its workers the server's address


def worker_name() -> str:
    """A name for this process among those that test at once: `gw0` under xdist, else `main`."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


def fingerprint() -> str:
    """What the template depends on; a change anywhere in it makes a new template."""
    digest = hashlib.sha256()
    root = Path(settings.BASE_DIR)
    for config in apps.get_app_configs():
        folder = Path(config.path)
        own = folder.is_relative_to(root) and "site-packages" not in folder.parts
        # Our own roles, permissions and models decide what is made after migrating; of others, the migrations do.
        names = sorted(folder.rglob("*.py")) if own else sorted((folder / "migrations").glob("*.py"))
        for path in names:
            if not own or _shapes_the_database(path.relative_to(folder)):
                digest.update(f"{config.label}/{path.name}".encode())
                digest.update(path.read_bytes())
    digest.update(inspect.getsource(inspect.getmodule(fingerprint) or fingerprint).encode())
    return digest.hexdigest()[:16]


def _shapes_the_database(path: Path) -> bool:
    return bool({"migrations", "models", "models.py", "enums.py", "roles.py", "apps.py", "domain.py"} & set(path.parts))


class SqliteCopies:
    """A file for each process, so that a live server's threads have connections of their own, as in production."""

    def __init__(self) -> None:
        folder = Path(settings.DATA_DIR) / "test-databases"
        folder.mkdir(parents=True, exist_ok=True)
        self.template = folder / f"template-{fingerprint()}.sqlite3"
        self.copy = folder / f"copy-{worker_name()}-{os.getpid()}.sqlite3"
        self.lock = folder / "lock"

    def make(self) -> None:
        """Makes the template where it is missing, and this process's copy of it."""
        # Speed: what a test has written may be lost.
        connection.settings_dict["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
        self.make_template()
        self.restore()

    def make_template(self) -> None:
        """Makes the template where it is missing; other processes wait for it."""
        with locked(self.lock):
            if self.template.exists():
                os.utime(self.template)
                return
            new = Path(f"{self.template}.new")
            _delete_sqlite(new)
            before = connection.settings_dict["NAME"]
            _use_database(str(new))
            call_command("migrate", interactive=False, verbosity=0)
            connection.cursor().execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
            _use_database(before)
            new.replace(self.template)
            _forget_old(self.template.parent)

    def restore(self) -> None:
        """Brings the copy back to what the template holds."""
        connections.close_all()
        with (
            closing(sqlite3.connect(self.template)) as source,
            closing(sqlite3.connect(self.copy, timeout=20)) as target,
        ):
            source.backup(target)
        _use_database(str(self.copy))

    def remove(self) -> None:
        """Removes this process's copy."""
        connections.close_all()
        _delete_sqlite(self.copy)


class PostgresCopies:
    """A database for each process, made by the server from a template."""

    def __init__(self) -> None:
        self.address = os.environ[POSTGRES_VARIABLE]
        self.template = f"template_{fingerprint()}"
        self.copy = f"copy_{worker_name()}_{os.getpid()}"
        self.lock = Path(settings.DATA_DIR) / "test-databases" / "lock-postgres"
        self.lock.parent.mkdir(parents=True, exist_ok=True)

    def make(self) -> None:
        """Makes the template where it is missing, and this process's copy of it."""
        parts = psycopg.conninfo.conninfo_to_dict(self.address)
        connection.settings_dict.update(
            HOST=parts.get("host", ""), PORT=parts.get("port", ""), USER=parts.get("user", "")
        )
        with locked(self.lock):
            if not self._server("SELECT 1 FROM pg_database WHERE datname = %s", self.template):
                new = f"{self.template}_new"
                self._drop(new)
                self._server(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(new)))
                _use_database(new)
                call_command("migrate", interactive=False, verbosity=0)
                connections.close_all()
                rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
                self._server(rename.format(sql.Identifier(new), sql.Identifier(self.template)))
        self.restore()

    def restore(self) -> None:
        """Brings the copy back to what the template holds; who is still connected to it is sent away."""
        connections.close_all()
        self._drop(self.copy)
        make = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        self._server(make.format(sql.Identifier(self.copy), sql.Identifier(self.template)))
        _use_database(self.copy)

    def remove(self) -> None:
        """Removes this process's copy."""
        connections.close_all()
        self._drop(self.copy)

    def _drop(self, name: str) -> None:
        self._server(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def _server(self, statement: Any, *values: str) -> list[Any]:
        with psycopg.connect(self.address, autocommit=True) as server:
            cursor = server.execute(statement, values or None)
            return cursor.fetchall() if cursor.description else []


Copies = SqliteCopies | PostgresCopies


def copies() -> Copies:
    """The copies for the kind of database that the settings name."""
    return PostgresCopies() if connection.vendor == "postgresql" else SqliteCopies()


def forget_what_is_cached() -> None:
    """Empties what processes remember of the database: caches, and Django's content types."""
    for cache in caches.all():
        cache.clear()
    ContentType.objects.clear_cache()


def _use_database(name: str) -> None:
    """Every connection made from now on, in any thread, is to that database."""
    connections.close_all()
    connection.settings_dict["NAME"] = name


def _delete_sqlite(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)


def _forget_old(folder: Path) -> None:
    """Removes templates of migrations long gone, and copies of processes that were broken off."""
    newest_first = sorted(folder.glob("template-*.sqlite3"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in newest_first[KEPT_TEMPLATES:]:
        _delete_sqlite(path)
    for path in folder.glob("copy-*.sqlite3"):
        if not _is_alive(int(path.stem.rpartition("-")[2])):
            _delete_sqlite(path)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """One process at a time in what stands below it."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
