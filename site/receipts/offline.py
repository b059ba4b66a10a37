"""Checks a receipt with nothing but its file and the authority's public key: no database, no settings, no network.

python -m receipts.offline receipt.json --key record.pub
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from django.conf import settings

from ledger.notes import InvalidNote, PublicKey, parse_public_key
from receipts.checking import Report, check_file
from receipts.enums import Outcome, Weight
from receipts.sentences import outcome_of, sentence_about, sentence_of
from receipts.shape import LARGEST

_MARKS: Final = {Weight.FITS: "[ok]   ", Weight.OPEN: "[open] ", Weight.WRONG: "[WRONG]"}
_STATUS: Final = {
    Outcome.PROVEN: 0,
    Outcome.BROKEN: 1,
    Outcome.UNREADABLE: 2,
    Outcome.NOT_SEALED: 3,
    Outcome.NOT_SIGNED: 3,
}


class UsageError(Exception):
    """A file or a key that was named cannot be used; the message is a sentence."""


def read_keys(named: Sequence[str]) -> list[PublicKey]:
    """Return public keys, each given as its text or as a file with one key on each line; raise UsageError."""
    keys = []
    for each in named:
        lines = [each] if each.count("+") >= 2 and not Path(each).is_file() else _lines_of(each)
        for line in lines:
            try:
                keys.append(parse_public_key(line))
            except InvalidNote as error:
                raise UsageError(f"{each} holds no public key: {error}") from error
    if not keys:
        raise UsageError("There is no key to check with: give the authority's public key with --key.")
    return keys


def read_file(name: str) -> bytes:
    """Return what a file holds, as far as a receipt can be long; raise UsageError."""
    try:
        with Path(name).open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise UsageError(f"{name} cannot be read: {error.strerror}.") from error


def report_lines(report: Report) -> list[str]:
    """Return line by line what was checked and what came out, and in the last line what it comes to."""
    if report.problem is not None:
        return [f"[WRONG] {sentence_about(report.problem, report.where)}", outcome_of(report)]
    lines = [f"{_MARKS[finding.weight]} {sentence_of(finding)}" for finding in report.findings]
    return [*lines, outcome_of(report)]


def verify(name: str, keys: Sequence[PublicKey]) -> tuple[list[str], int]:
    """Return what a check of a file says, and 0 for proven, 1 for changed, 2 for unreadable, 3 for not proven yet."""
    report = check_file(read_file(name), keys)
    return report_lines(report), _STATUS[report.outcome]


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the file that the command line names, and return the exit status."""
    parser = argparse.ArgumentParser(prog="receipts.offline", description="Check a receipt, JSON or PDF, offline.")
    parser.add_argument("file", help="the receipt as it was downloaded")
    parser.add_argument("--key", action="append", default=[], help="the authority's public key: its text, or a file")
    given = parser.parse_args(arguments)
    if not settings.configured:
        settings.configure(USE_I18N=False)  # the sentences are the English ones
    try:
        lines, status = verify(given.file, read_keys(given.key))
    except UsageError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write("\n".join(lines) + "\n")
    return status


def _lines_of(name: str) -> list[str]:
    try:
        text = Path(name).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{name[:200]} is neither a public key nor a file with one.") from error
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


if __name__ == "__main__":
    sys.exit(main())
