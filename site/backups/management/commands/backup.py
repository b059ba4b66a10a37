"""`manage.py backup [ARCHIVE]`: the database and all files of the running site in one archive."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from backups.keeping import archive_name, remove_old
from backups.progress import Stretches
from backups.refusals import RefusedError
from backups.taking import plan_backup, take_backup
from backups.words import summary
from ledger.repeating import LIST_NAME


class Command(BaseCommand):
    """The site goes on working meanwhile; the archive holds it as it was at one instant."""

    help = (
        "Take a backup of the running site: database and files in one archive that only its owner can read. It holds "
        "neither SECRET_KEY nor any other variable, and the key of the record only with --with-key: keep those apart."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to, and what else."""
        parser.add_argument(
            "archive", nargs="?", type=Path, metavar="ARCHIVE",
            help="the file to write (a new one in BACKUP_DIR, if that is set)",
        )  # fmt: skip
        parser.add_argument("--with-key", action="store_true", help="take the private key of the record along as well")
        parser.add_argument(
            "--keep", type=int, metavar="N", help="afterwards remove all but the newest N archives of that folder"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would be taken, and write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Take it and say what it holds; raise CommandError with what to do."""
        keep = options["keep"]
        if keep is not None and keep < 1:
            raise CommandError("--keep has to be at least 1: a backup is kept.")
        archive = options["archive"] or self._in_folder()
        bars = Stretches(self.stderr)
        try:
            if options["dry_run"]:
                plan = plan_backup(archive.expanduser().absolute(), with_key=options["with_key"])
                files = ", ".join(f"{count:,} of {name}" for name, count in plan.files.items())
                self.stdout.write(
                    f"Would take the {plan.vendor} database and these files: {files}; {plan.bytes:,} bytes."
                )
                self.stdout.write(f"Nothing was written to {archive}.")
                return
            manifest = take_backup(archive, tell=bars.tell, with_key=options["with_key"])
        except RefusedError as refusal:
            raise CommandError(str(refusal)) from refusal
        finally:
            bars.finish()
        self.stdout.write(f"{archive} holds:")
        for line in summary(manifest):
            self.stdout.write(f"  {line}")
        self.stdout.write(f"Keep {LIST_NAME} beside it, also where you copy it to: by it, restoring erases again.")
        if keep is not None:
            for path in remove_old(archive.expanduser().absolute().parent, keep=keep):
                self.stdout.write(f"Removed {path}, which is older than the newest {keep}.")

    def _in_folder(self) -> Path:
        if not settings.BACKUP_DIR:
            raise CommandError("Say where to: manage.py backup /some/folder/site.tar.gz, or set BACKUP_DIR.")
        return Path(settings.BACKUP_DIR) / archive_name(timezone.now())
