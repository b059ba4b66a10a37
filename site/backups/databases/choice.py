"""Which database the site has."""

from typing import Final

from django.db import connection

from backups.databases.base import Database
from backups.databases.postgres import Postgres
from backups.databases.sqlite import Sqlite

_KINDS: Final[dict[str, type[Database]]] = {"sqlite": Sqlite, "postgresql": Postgres}


def site_database() -> Database:
    """Return the database of this site."""
    return _KINDS[connection.vendor]()
