"""The record: appending an entry, and a million of them sealed, proven, shown and verified."""

import hashlib
import os
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Final

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
from ledger.rows import as_bytes, stored_leaves
from ledger.verification import verify_record

BENCH: Final = Path(__file__).resolve().parent
ENTRIES: Final = int(os.environ.get("BENCH_ENTRIES") or 1_000_000)
APPENDED: Final = 300  # each in a transaction of its own, as acts are
ROUNDS: Final = 3
_AT_ONCE: Final = 20_000
_BEGIN: Final = datetime(2026, 1, 1, tzinfo=UTC)
_COLUMNS: Final = (
    *("instant", "verb", "area", "subject_kind", "subject_reference", "actor_role"),
    *("facts", "commitments", "public"),
)
_INSERT: Final = f"INSERT INTO ledger_entry ({', '.join(_COLUMNS)}) VALUES ({', '.join(['%s'] * len(_COLUMNS))})"  # noqa: S608 -- constants


def values(number: int) -> tuple[str | bool, ...]:
    """The columns of an entry as an act of a consultation writes them."""
    facts = {
        "channel": "web",
        "docket": "C-2026-001",
        "late": False,
        "proposal_version": 1,
        "received_at": "2026-03-02",
    }
    commitments = {name: hashlib.sha256(f"{name}{number}".encode()).hexdigest() for name in ("submitter", "text")}
    reference = f"C-{number:08}-0"
    instant = (_BEGIN + timedelta(seconds=number)).strftime("%Y-%m-%d %H:%M:%S.%f")
    verb, area, kind, role = "submission_received", "bench", "submission", "public"
    return instant, verb, area, kind, reference, role, canonical_json(facts), canonical_json(commitments), True


def insert_plainly() -> None:
    """The same rows by SQL alone, each in a transaction of its own."""
    for number in range(APPENDED):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_INSERT, values(number))


def append(commitments: int) -> None:
    """The same rows as acts write them, with some commitments and their salts."""
    for number in range(APPENDED):
        with transaction.atomic():
            record_event(
                verb="submission_received",
                area="bench",
                subject_kind="submission",
                subject_reference=f"C-{number:08}-0",
                actor_role="public",
                facts={
                    "channel": "web",
                    "docket": "C-2026-001",
                    "late": False,
                    "proposal_version": 1,
                    "received_at": "2026-03-02",
                },
                private={f"text-{one}": f"words {number}" for one in range(commitments)},
            )


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
    contents = [b"\x00" + as_bytes(content or b"") for _place, _hash, _key, content, _at in next(stored_leaves())]
    return len(contents) / best_of(20, lambda: hash_plainly(contents))


def measure() -> list[Row]:
    """What appending, sealing, proving and verifying cost."""
    call_command("migrate", verbosity=0, stdout=StringIO())
    rounds = [
        (seconds(lambda: append(0)), seconds(lambda: append(2)), seconds(insert_plainly)) for _round in range(ROUNDS)
    ]
    bare, full, plain = (min(times) / APPENDED * 1000 for times in zip(*rounds, strict=True))
    rows = [
        Row("appending an entry", "ms", bare, plain, "plain insert", at_most=2),
        Row("the same, with two commitments and their salts", "ms", full, plain, "plain insert"),
    ]
    fill(ENTRIES)
    waited = Entry.objects.unsealed().count()
    took = seconds(seal_entries)
    rows.append(Row(f"sealing, of {ENTRIES:,} entries", "entries/s", waited / took, note=f"all in {took:.0f} s"))
    entry = Leaf.objects.select_related("entry").get(position=ENTRIES // 3).entry
    proof = inclusion_of(entry)
    steps = len(proof.hashes) if proof else 0
    proving = best_of(20, lambda: inclusion_of(entry)) * 1000
    note = f"made in {proving:.2f} ms"
    rows.append(Row(f"hash steps of a proof among {ENTRIES:,} entries", "steps", steps, at_most=20, note=note))
    report = None

    def verify() -> None:
        nonlocal report
        report = verify_record()

    took = seconds(verify)
    note = f"{took:.0f} s, {'whole' if report and report.is_whole else 'NOT WHOLE'}"
    name = f"verifying a record of {ENTRIES:,} entries"
    rows.append(Row(name, "entries/s", ENTRIES / took, hashing_rate(), "plain SHA-256", at_least=0.2, note=note))
    return [*rows, _page(entry)]


def _page(entry: Entry) -> Row:
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
    return Row("page of a proof", "ms", ours, yardstick, "bare view", at_most=3, note=note)
