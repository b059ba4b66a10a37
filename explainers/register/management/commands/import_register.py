"""`manage.py import_register FILE…`: loads the files of a register, each in one transaction, each as a version."""

from argparse import ArgumentParser
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from design.progress import Progress
from register.enums import LoadKind
from register.importing.errors import ImportProblem
from register.importing.loading import Outcome, load_file, rehearsal
from register.importing.mapping import FileMapping, read_mapping
from register.importing.reading import OpenedFile, open_file
from register.importing.survey import Survey, survey
from register.models import Pollutant


class Command(BaseCommand):
    """Facilities first, then oldest first, whatever the order of the names: a newer edition has the last word."""

    help = (
        "Loads files of a register. The E-PRTR extract is recognised by its header; any other CSV is described in a "
        "mapping (explainers/register/importing/README.md). Loading a file again changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which files, and how to read them."""
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--mapping", type=Path, help="a TOML file that describes the files")
        parser.add_argument("--kind", choices=LoadKind.values, help="take the files for this kind only")
        parser.add_argument("--source", default="", help="who published the files, and where")
        parser.add_argument("--source-fr", default="", help="the same in French, for the French pages")
        parser.add_argument("--source-ru", default="", help="the same in Russian, for the Russian pages")
        parser.add_argument("--register", default="", help="which register the files are an edition of (national)")
        parser.add_argument("--partial", action="store_true", help="the files do not have everything: drop nothing")
        parser.add_argument("--again", action="store_true", help="load a file again that newer ones have superseded")
        parser.add_argument("--dry-run", action="store_true", help="load all files, say what that did, and undo it")
        parser.add_argument("--rejects", type=Path, help="folder for rows that cannot be read (DATA_DIR/rejects)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load each file; raise CommandError at the end if one of them as a whole could not be read."""
        if not Pollutant.objects.exists():
            raise CommandError(_("The register has no pollutants yet; run load_reference first."))
        refused = 0
        surveyed: list[tuple[OpenedFile, Survey]] = []
        try:
            mapping = read_mapping(options["mapping"]) if options["mapping"] else None
        except ImportProblem as problem:
            raise CommandError(str(problem)) from problem
        for path in options["files"]:
            try:
                opened = self._open(path, mapping, options["kind"])
                surveyed.append((opened, survey(opened)))
            except ImportProblem as problem:
                refused += 1
                self.stderr.write(self.style.ERROR(str(problem)))
        surveyed.sort(key=lambda pair: (pair[0].mapping.kind != LoadKind.FACILITIES, pair[1].last_year))
        with rehearsal() if options["dry_run"] else nullcontext():
            for opened, found in surveyed:
                self._load(opened, found, options)
        if options["dry_run"]:
            self.stdout.write(_("This was a dry run: nothing was stored in the register."))
        if refused:
            raise CommandError(
                ngettext(
                    "%(count)d file could not be read, and nothing of it was loaded.",
                    "%(count)d files could not be read, and nothing of them was loaded.",
                    refused,
                )
                % {"count": refused}
            )

    def _open(self, path: Path, mapping: FileMapping | None, kind: str | None) -> OpenedFile:
        opened = open_file(path, mapping=mapping, kind=LoadKind(kind) if kind else None)
        if kind and opened.mapping.kind != kind:
            raise CommandError(
                _("The mapping is for %(found)s, and --kind says %(kind)s.")
                % {"found": opened.mapping.kind, "kind": kind}
            )
        return opened

    def _load(self, opened: OpenedFile, found: Survey, options: dict[str, Any]) -> None:
        progress = Progress(self.stderr, opened.path.name, found.rows)
        try:
            outcome = load_file(
                opened,
                surveyed=found,
                register=options["register"],
                source=options["source"],
                source_fr=options["source_fr"],
                source_ru=options["source_ru"],
                partial=options["partial"],
                again=options["again"],
                rejects_folder=options["rejects"] or Path(settings.DATA_DIR) / "rejects",
                progress=progress.show,
            )
        finally:
            progress.finish()
        for line in report(opened, outcome):
            self.stdout.write(line)


def report(opened: OpenedFile, outcome: Outcome) -> list[str]:
    """Say in sentences what loading a file did."""
    counts = outcome.counts
    if outcome.superseded:
        return [
            _(
                "%(file)s: this very file was loaded before (%(load)s), and newer ones have been loaded since. "
                "It was left alone; --again loads it all the same."
            )
            % {"file": opened.path.name, "load": outcome.recognised_as}
        ]
    years = f"{counts.first_year}–{counts.last_year}" if counts.first_year else "–"
    lines = [
        _("%(file)s: %(title)s, %(years)s") % {"file": opened.path.name, "title": opened.mapping.title, "years": years},
        _(
            "  %(read)d rows read: %(added)d added (%(late)d of them for years already covered), "
            "%(unchanged)d unchanged, %(revised)d revised, %(amended)d with other details changed, "
            "%(restored)d restored, %(dropped)d dropped, %(rejected)d rejected."
        )
        % {
            "read": counts.rows_read,
            "added": counts.rows_added,
            "late": counts.rows_added_late,
            "unchanged": counts.rows_unchanged,
            "revised": counts.rows_revised,
            "amended": counts.rows_amended,
            "restored": counts.rows_restored,
            "dropped": counts.rows_dropped,
            "rejected": counts.rows_rejected,
        },
        _("  %(common)d entries are both in the file and in an earlier load.") % {"common": counts.rows_common},
    ]
    if outcome.accidental_unknown:
        lines.append(
            _(
                "  Every accidental quantity in the file is zero, which cannot be told from “not reported”: "
                "they are kept as unknown."
            )
        )
    if outcome.dropping_put_off:
        lines.append(
            _(
                "  %(count)d entries of these years are not in the file. They are left as they are, because rejected "
                "rows may be about them: mend those rows and load the file again."
            )
            % {"count": outcome.not_in_file}
        )
    if outcome.rejects:
        lines.append(_("  The rejected rows, each with its reason: %(path)s") % {"path": outcome.rejects})
    if outcome.recognised_as:
        lines.append(
            _("  This very file was loaded before (%(load)s), and nothing has changed since.")
            % {"load": outcome.recognised_as}
        )
    return lines
