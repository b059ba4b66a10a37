"""The record: appending an entry, and very many of them sealed, proven, shown and verified, on both databases."""

import hashlib
import json
import os
import subprocess
import sys
import time
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from statistics import median
from typing import Final

from crashing import postgres_url
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from harness import Row, best_of, seconds
from load import measure as put_load
from servers import running

from ledger.canonical import canonical_json
from ledger.domain import record_event, seal_entries
from ledger.models import Entry, Leaf
from ledger.proofs import inclusion_of
from ledger.rows import stored_pages
from ledger.verification import verify_record

BENCH: Final = Path(__file__).resolve().parent
ENTRIES: Final = int(os.environ.get("BENCH_ENTRIES") or 1_000_000)
ON_POSTGRESQL: Final = min(ENTRIES, 200_000)  # to put in a million takes minutes
APPENDED: Final = 300  # each in a transaction of its own, as acts are
ROUNDS: Final = 5
VERIFIED: Final = 3
_AT_ONCE: Final = 20_000
_BEGIN: Final = datetime(2026, 1, 1, tzinfo=UTC)
_COLUMNS: Final = (
    *("instant", "verb", "area", "subject_kind", "subject_reference", "actor_role"),
    *("facts", "commitments", "public"),
)
_INSERT: Final = f"INSERT INTO ledger_entry ({', '.join(_COLUMNS)}) VALUES ({', '.join(['%s'] * len(_COLUMNS))})"  # noqa: S608 -- constants
_INSERT_SALT: Final = "INSERT INTO ledger_opening (entry_id, name, salt) VALUES (%s, %s, %s)"
_FACTS: Final = {
    "channel": "web",
    "docket": "C-2026-001",
    "late": False,
    "proposal_version": 1,
    "received_at": "2026-03-02",
}


def values(number: int, commitments: int = 2) -> tuple[str | bool, ...]:
    """The columns of an entry as an act of a consultation writes them."""
    names = [f"text-{one}" for one in range(commitments)]
    committed = {name: hashlib.sha256(f"{name}{number}".encode()).hexdigest() for name in names}
    reference = f"C-{number:08}-0"
    instant = (_BEGIN + timedelta(seconds=number)).strftime("%Y-%m-%d %H:%M:%S.%f")
    verb, area, kind, role = "submission_received", "bench", "submission", "public"
    return instant, verb, area, kind, reference, role, canonical_json(_FACTS), canonical_json(committed), True


def insert_plainly(commitments: int) -> float:
    """How long the same rows take by SQL alone, the salts with their entry, each entry in a transaction of its own."""
    entries = [values(number, commitments) for number in range(APPENDED)]
    salts = [(f"text-{one}", bytes(32)) for one in range(commitments)]

    def insert() -> None:
        for entry in entries:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"{_INSERT} RETURNING id", entry)
                (key,) = cursor.fetchone()
                if salts:
                    cursor.executemany(_INSERT_SALT, [(key, *salt) for salt in salts])

    return seconds(insert)


def append(commitments: int) -> float:
    """How long acts take to write them, with some commitments and their salts."""
    entries = [
        (f"C-{number:08}-0", {f"text-{one}": f"words {number}" for one in range(commitments)})
        for number in range(APPENDED)
    ]

    def record() -> None:
        for reference, private in entries:
            with transaction.atomic():
                record_event(
                    verb="submission_received",
                    area="bench",
                    subject_kind="submission",
                    subject_reference=reference,
                    actor_role="public",
                    facts=_FACTS,
                    private=private,
                )

    return seconds(record)


def appending(name: str, commitments: int) -> Row:
    """What an act's entry costs, in turn with its yardstick."""
    rounds = [(append(commitments), insert_plainly(commitments)) for _round in range(ROUNDS)]
    ours, plain = (median(times) / APPENDED * 1000 for times in zip(*rounds, strict=True))
    note = f"{APPENDED} transactions each, {ROUNDS} times in turn, medians"
    return Row(name, "ms", ours, plain, "plain insert of the same rows", at_most=2, note=note)


def fill(count: int) -> None:
    """The record up to a number of entries, past the application: only what follows is measured."""
    for start in range(Entry.objects.count(), count, _AT_ONCE):
        rows = [values(number) for number in range(start, min(start + _AT_ONCE, count))]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(_INSERT, rows)


def hash_plainly(contents: list[bytes]) -> None:
    """SHA-256 of what a verification has to hash, and nothing else: the leaf of each entry, and a node above it."""
    sha256 = hashlib.sha256
    node = bytes(65)
    for content in contents:
        sha256(content).digest()
        sha256(node).digest()


def hashing_rate() -> float:
    """How many entries a second plain SHA-256 gets through."""
    contents = [b"\x00" + content for content in next(iter(stored_pages())).contents]
    return len(contents) / best_of(20, lambda: hash_plainly(contents))


def measure() -> list[Row]:
    """Both databases, one after the other."""
    rows = measure_here()
    with postgres_url() as url:
        return rows + _measure_elsewhere(url)


def _measure_elsewhere(url: str) -> list[Row]:
    """The rows of another database: they are measured by a process of its own, for a site has one."""
    environment = os.environ | {
        "DATABASE_URL": url,
        "DATA_DIR": str(Path(settings.DATA_DIR) / "postgres"),
        "BENCH_ENTRIES": str(ON_POSTGRESQL),
        "PYTHONPATH": os.pathsep.join([str(BENCH), os.environ.get("PYTHONPATH", "")]),
    }
    code = "import django; django.setup(); import recording; recording.tell()"
    done = subprocess.run([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, check=True)
    return [Row(**facts) for facts in json.loads(done.stdout.splitlines()[-1])]


def tell() -> None:
    """Measures the database of this process, and prints the rows for the process that asked."""
    print(json.dumps([asdict(row) for row in measure_here()]))  # noqa: T201 -- read by `_measure_elsewhere`


def measure_here() -> list[Row]:
    """What appending, sealing, proving and verifying cost on the database of this process."""
    call_command("migrate", verbosity=0, stdout=StringIO())
    database = connection.display_name
    rows = [
        appending(f"{database}: appending an entry", 0),
        appending(f"{database}: appending an entry with two commitments and their salts", 2),
    ]
    fill(ENTRIES)
    waited = Entry.objects.unsealed().count()
    took = seconds(seal_entries)
    note = f"all in {took:.0f} s"
    rows.append(Row(f"{database}: sealing, of {ENTRIES:,} entries", "entries/s", waited / took, note=note))
    entry = Leaf.objects.select_related("entry").get(position=ENTRIES // 3).entry
    proof = inclusion_of(entry)
    steps = len(proof.hashes) if proof else 0
    proving = best_of(20, lambda: inclusion_of(entry)) * 1000
    note = f"made in {proving:.2f} ms"
    name = f"{database}: hash steps of a proof among {ENTRIES:,} entries"
    rows.append(Row(name, "steps", steps, at_most=20, note=note))
    rows.append(verifying(f"{database}: verifying a record of {ENTRIES:,} entries"))
    return [*rows, _page(f"{database}: page of a proof", entry)]


def verifying(name: str) -> Row:
    """What a verification costs; of its own process also the time of the processor, which others cannot disturb.

    The best of some: the first reads what was written just now, which PostgreSQL then marks row by row as it is read.
    """
    report = None

    def verify() -> None:
        nonlocal report
        report = verify_record()

    busy = time.process_time()
    took = best_of(VERIFIED, verify)
    busy = (time.process_time() - busy) / VERIFIED
    found = "whole" if report and report.is_whole else "NOT WHOLE"
    note = (
        f"{took:.1f} s, the best of {VERIFIED}, in which this process worked {busy:.1f} s; {found}; the yardstick has "
        "in memory what a verification hashes, the bytes of each entry and a node of the tree for it, and hashes it"
    )
    yardstick = "plain SHA-256 of the same bytes"
    return Row(name, "entries/s", ENTRIES / took, hashing_rate(), yardstick, at_least=0.2, note=note)


def _page(name: str, entry: Entry) -> Row:
    """The page of an entry with its proof, as a visitor gets it, against a bare view."""
    folder = Path(settings.DATA_DIR)
    here = {"PYTHONPATH": os.pathsep.join([str(BENCH), os.environ.get("PYTHONPATH", "")])}
    with running("bare:application", here, folder / "bare.log") as server:
        bare = max((put_load(server.port, "/") for _round in range(2)), key=lambda load: load.per_second)
    path = f"/en/record/entries/{entry.pk}/"
    with running("portal.wsgi:application", here, folder / "site.log") as server:
        put_load(server.port, path, seconds=0.5, clients=1)
        page = max((put_load(server.port, path) for _round in range(2)), key=lambda load: load.per_second)
    note = f"{path}: {page.failures} answers were not 200" if page.failures else path
    ours, yardstick = 1000 / page.per_second, 1000 / bare.per_second
    return Row(name, "ms", ours, yardstick, "bare view", at_most=3, note=note)
