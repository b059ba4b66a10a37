"""Import of the Finnish releases, both editions, against plain executemany of the same rows into the same table."""

import os
import shutil
import sqlite3
from contextlib import closing
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from finnish import files, read
from harness import Row, seconds
from servers import peak_megabytes

from register.enums import Method, Presence
from register.models import Facility, Pollutant, RegisterLoad, Release


def empty_register() -> tuple[Path, list[Path], str]:
    """A register with its vocabulary and facilities and no release yet; returns its file and the files to import."""
    facilities, releases, note = files(Path(settings.DATA_DIR) / "made-up")
    Path(settings.DATA_DIR).mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("load_reference", stdout=StringIO())
    call_command("import_register", *map(str, facilities), stdout=StringIO(), stderr=StringIO())
    database = Path(connection.settings_dict["NAME"])
    connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return database, releases, note


def rows_to_insert(paths: list[Path]) -> list[tuple[object, ...]]:
    """The rows as a plain program would insert them, every key looked up beforehand."""
    facilities = {name: pk for pk, name in Facility.objects.values_list("pk", "public_id")}
    inspire = {name: pk for pk, name in Facility.objects.values_list("pk", "inspire_id") if name}
    pollutants = dict(Pollutant.objects.values_list("code", "pk"))
    kept = {(r.facility_id, r.pollutant_id, r.medium, r.reporting_year) for r in Release.objects.all()}
    load = RegisterLoad.objects.latest("pk").pk
    methods = {method.value[:1].upper(): method.value for method in Method}
    rows: list[tuple[object, ...]] = []
    for row in read(paths):
        facility = inspire.get(row["Facility_INSPIRE_ID"]) or facilities.get(row["facilityId"])
        pollutant = pollutants.get(row["pollutantCode"])
        key = (facility, pollutant, row["medium"].lower(), int(row["reportingYear"]))
        if key in kept:
            quantity, accidental = row["totalPollutantQuantityKg"], row["AccidentalPollutantQuantityKG"] or None
            method = methods.get(row["methodCode"], "")
            rows.append((*key, quantity, accidental, Presence.REPORTED.value, method, load))
    return rows


def insert_plainly(database: Path, rows: list[tuple[object, ...]]) -> float:
    """The time of one executemany in one transaction, with the same pragmas."""
    statement = (
        "INSERT OR REPLACE INTO register_release (facility_id, pollutant_id, medium, reporting_year, quantity_kg, "
        "accidental_kg, presence, method, load_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
    )
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;")

        def act() -> None:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(statement, rows)
            connection.execute("COMMIT")

        return seconds(act)


def measure() -> list[Row]:
    """Measures both, each into a register with the same vocabulary and facilities."""
    database, releases, note = empty_register()
    plain = database.with_suffix(".plain")
    shutil.copy(database, plain)
    ours = seconds(lambda: call_command("import_register", *map(str, releases), stdout=StringIO(), stderr=StringIO()))
    memory = peak_megabytes(os.getpid())  # before the yardstick has all its rows in memory at once
    rows = rows_to_insert(releases)
    loads = list(RegisterLoad.objects.order_by("-pk")[: len(releases)])
    with closing(sqlite3.connect(plain)) as target:  # the load that the rows belong to
        source = connection.cursor()
        source.execute("SELECT * FROM register_registerload WHERE id = %s", [loads[0].pk])
        load = source.fetchone()
        target.execute(f"INSERT INTO register_registerload VALUES ({', '.join('?' * len(load))})", load)  # noqa: S608 -- question marks
        target.commit()
    yardstick = insert_plainly(plain, rows)
    read_rows = sum(load.rows_read for load in loads)
    rejected = sum(load.rows_rejected for load in loads)
    said = f"{read_rows:,} rows read, {rejected} rejected; {len(rows):,} inserted plainly"
    plain.unlink()
    return [
        Row(
            "import of the Finnish releases",
            "s",
            ours,
            yardstick,
            "executemany",
            at_most=8,
            note="; ".join(filter(None, [said, note])),
        ),
        Row("peak memory of the import process, after all its files", "MiB", memory),
    ]
