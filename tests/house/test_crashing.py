"""What was acknowledged is never lost, and nothing is there twice, however often web server and worker are killed."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from crash_clients import Person
from crashing import CrashSite, Outcome
from django.db import connection
from psycopg import sql

from tests.databases import POSTGRES_VARIABLE, copies

SUBMISSIONS = 40


@pytest.fixture
def crash_site(django_db_setup: None, tmp_path: Path) -> Iterator[CrashSite]:
    """A migrated site in a folder of its own."""
    template = copies().template
    if connection.vendor != "postgresql":
        (tmp_path / "site").mkdir()
        shutil.copy(template, tmp_path / "site" / "prtr.sqlite3")
        yield CrashSite(tmp_path / "site")
        return
    name = f"copy_crashing_{os.getpid()}"
    with psycopg.connect(os.environ[POSTGRES_VARIABLE], autocommit=True) as server:
        make = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        server.execute(make.format(sql.Identifier(name), sql.Identifier(str(template))))
        yield CrashSite(tmp_path / "site", f"postgres://{server.info.user}@{quote(server.info.host, safe='')}/{name}")
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.mark.slow
@pytest.mark.any_database  # two thousand comments on each of both databases are in `make bench`
def test_every_acknowledged_comment_is_there_once_with_its_entry_and_its_mail(crash_site: CrashSite) -> None:
    outcome = crash_site.crash(SUBMISSIONS, clients=6, pause=(0.3, 1.5), most=3)
    assert outcome.lost == []
    assert outcome.doubled == []
    assert len(outcome.acknowledged) == SUBMISSIONS
    assert min(outcome.kills.values()) >= 1


def person(number: int, *numbers: str) -> Person:
    return Person(number, 0, "", acknowledged=list(numbers))


@pytest.mark.any_database
def test_what_is_lost_or_doubled_is_found() -> None:
    good, lost, twice, silent = person(1, "C-1"), person(2, "C-2"), person(3, "C-3", "C-4"), person(4)
    outcome = Outcome(
        [good, lost, twice, silent],
        {"web": 1, "worker": 0},
        1.0,
        numbers={good.email: ["C-1"], twice.email: ["C-3", "C-4"]},
        entries={"C-1": 2, "C-3": 1},
        mails={good.email: 1, twice.email: 2},
    )
    assert outcome.lost == [
        f"{lost.email}: C-2 is not stored",
        f"{lost.email}: C-2 has no entry",
        f"{lost.email}: no mail",
        f"{twice.email}: C-4 has no entry",
    ]
    assert outcome.doubled == [
        f"{twice.email}: stored as C-3, C-4",
        "C-1: 2 entries",
        f"{twice.email}: 2 mails",
    ]
    rows = {row.name.partition(": ")[2]: (row.figure, row.met) for row in outcome.rows("SQLite")}
    assert rows == {
        "acknowledged": (3, False),
        "stored": (3, None),
        "entries in the record": (3, None),
        "mails": (3, None),
        "lost": (4, False),
        "doubled": (3, False),
    }
