"""`manage.py restore ARCHIVE`: puts a backup back into an empty site, and proves that it is equal."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError

from backups.progress import Stretches
from backups.refusals import RefusedError
from backups.restoring import plan_restoration, read_archive, restore_backup
from backups.words import summary
from ledger.repeating import LIST_NAME


class Command(BaseCommand):
    """Nothing is touched before every byte of the archive has been checked."""

    help = (
        "Restore a backup into an empty site, compare every row and every file with the archive, erase again what was "
        "erased since, and verify the record. Stop web server and worker before."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which archive, and how far to go."""
        parser.add_argument("archive", type=Path, metavar="ARCHIVE")
        parser.add_argument("--list", action="store_true", help="check the archive and say what it holds, and stop")
        parser.add_argument(
            "--dry-run", action="store_true", help="check the archive and whether it could be restored here, and stop"
        )
        parser.add_argument(
            "--erasures", type=Path, metavar="LIST",
            help=f"the list of what was erased since ({LIST_NAME}); looked for beside the archive and in BACKUP_DIR",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore, compare and verify; raise CommandError with what is wrong and what to do."""
        archive = options["archive"]
        bars = Stretches(self.stderr)
        try:
            if options["list"]:
                self._say(f"{archive} is whole and holds:", summary(read_archive(archive, tell=bars.tell)))
                return
            if options["dry_run"]:
                manifest, lists = plan_restoration(archive, tell=bars.tell, erasures=options["erasures"])
                self._say(f"{archive} is whole and can be restored here:", summary(manifest))
                found = ", ".join(map(str, lists.paths)) or "none found"
                self.stdout.write(f"Lists of erasures that would be done again: {found}.")
                return
            restored = restore_backup(archive, tell=bars.tell, erasures=options["erasures"])
        except RefusedError as refusal:
            raise CommandError(str(refusal)) from refusal
        finally:
            bars.finish()
        self._say("Restored, and equal to the archive in every row and every byte:", summary(restored.manifest))
        if restored.migrated:
            self.stdout.write(
                "The software is newer than the archive: its migrations were applied, the search made anew."
            )
        for remark in restored.remarks:
            self.stdout.write(remark)
        for warning in restored.warnings:
            self.stderr.write(self.style.WARNING(warning))
        if "verify_record" in get_commands():
            call_command("verify_record", stdout=self.stdout, stderr=self.stderr)

    def _say(self, head: str, lines: list[str]) -> None:
        self.stdout.write(head)
        for line in lines:
            self.stdout.write(f"  {line}")
