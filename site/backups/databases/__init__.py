"""The database of the site, taken and put back: SQLite by its backup API, PostgreSQL by pg_dump."""

from backups.databases.base import Database, Reader, Snapshot
from backups.databases.choice import site_database

__all__ = ["Database", "Reader", "Snapshot", "site_database"]
