"""`manage.py verify_record`: does the record still say what was sealed?"""

from argparse import ArgumentParser
from time import monotonic
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError

from ledger.notes import InvalidNote, PublicKey, parse_public_key
from ledger.verification import verify_record

_SECONDS: Final = 2  # between two lines about how far it has got


class Command(BaseCommand):
    """Computes everything anew, says what does not fit, the first thing first, and then ends with 1."""

    help = "Recomputes the whole record and says what does not fit with what was sealed. Changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How much to check, and whose signature to believe."""
        parser.add_argument(
            "--quick",
            action="store_true",
            help="leave out words behind commitments, and the signatures of all checkpoints but the newest",
        )
        parser.add_argument(
            "--key",
            action="append",
            default=[],
            help="a public key that you have kept, instead of those in the database; may be given several times",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify, tell, and end with 1 where something does not fit."""
        self.done, self.told_at = 0, monotonic()
        keys = [self._key(text) for text in options["key"]]
        report = verify_record(quick=options["quick"], keys=keys, progress=self._progress)
        for remark in report.remarks:
            self.stdout.write(remark)
        if report.is_whole:
            self.stdout.write(
                f"The record is whole: {report.entries} sealed entries, {report.checkpoints} checkpoints."
            )
            return
        for finding in report.findings:
            self.stderr.write(finding)
        if report.more:
            self.stderr.write(f"And {report.more} more.")
        raise CommandError("The record is not what was sealed. The first thing that does not fit stands above, first.")

    def _progress(self, count: int) -> None:
        self.done += count
        if monotonic() - self.told_at >= _SECONDS:
            self.told_at = monotonic()
            self.stderr.write(f"{self.done} entries …")

    def _key(self, text: str) -> PublicKey:
        try:
            return parse_public_key(text)
        except InvalidNote as error:
            raise CommandError(f"--key does not hold a public key: {error}") from error
