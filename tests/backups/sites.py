"""A site that is lost and an empty one to restore it into: other database, other folders, the same process."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test import override_settings
from psycopg import sql

from backups.databases import site_database
from backups.folders import list_files, site_folders
from backups.manifest import Table
from tests.databases import POSTGRES_VARIABLE, copies, forget_what_is_cached

_TESTS_DIR = settings.DATA_DIR


def run(*words: object, **options: Any) -> str:
    """What a command says."""
    out = StringIO()
    call_command(*map(str, words), stdout=out, stderr=out, **options)
    return out.getvalue()


@contextmanager
def folders_in(folder: Path) -> Iterator[None]:
    """The site keeps its files there."""
    folder.mkdir(parents=True, exist_ok=True)
    stores = settings.STORAGES | {
        "renditions": {**settings.STORAGES["renditions"], "OPTIONS": {"location": folder / "renditions"}}
    }
    places = {"MEDIA_ROOT": folder / "media", "FILES_ROOT": folder / "files"}
    with override_settings(DATA_DIR=folder, STORAGES=stores, **places):
        yield


@contextmanager
def empty_site(folder: Path, *, migrated: bool = False) -> Iterator[None]:
    """A site with an empty database, or a migrated one, and empty folders, until the block ends."""
    before = connection.settings_dict["NAME"]
    name = f"copy_restored_{secrets.token_hex(4)}_{os.getpid()}"  # recognised as left over, should this process die
    with override_settings(DATA_DIR=_TESTS_DIR):
        template = copies().template
    with folders_in(folder):
        if connection.vendor == "postgresql":
            _on_server(f"CREATE DATABASE {{}} TEMPLATE {template if migrated else 'template0'}", name)
        else:
            name = str(folder / "prtr.sqlite3")
            if migrated:
                shutil.copy(template, name)
        _switch(name)
        try:
            yield
        finally:
            _switch(before)
            if connection.vendor == "postgresql":
                _on_server("DROP DATABASE {} WITH (FORCE)", name)


def _switch(name: str) -> None:
    connections.close_all()
    connection.settings_dict["NAME"] = name
    forget_what_is_cached()


def _on_server(statement: str, name: str) -> None:
    with psycopg.connect(os.environ[POSTGRES_VARIABLE], autocommit=True) as server:
        server.execute(sql.SQL(statement).format(sql.Identifier(name)))  # type: ignore[arg-type]  # fixed words


def all_rows() -> dict[str, Table]:
    """Every table of the site, each with the number and the hash of its rows."""
    with site_database().look() as reader:
        return reader.contents()


def all_files() -> dict[str, bytes]:
    """Every file of the site, byte by byte."""
    return {
        f"{name}/{file.name}": file.path.read_bytes()
        for name, folder in site_folders().items()
        for file in list_files(folder)
    }
