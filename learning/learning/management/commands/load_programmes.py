"""`manage.py load_programmes`: plants the programmes that come with the platform."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from learning.loading import CONTENTS, load_programmes
from learning.refusals import ContentError


class Command(BaseCommand):
    """Can be run as often as one likes: what stands already is left alone, whoever has changed it."""

    help = (
        "Plants the programmes and the guidance that come with the platform below “Learning”, in three languages. "
        "What an editor has changed is left as it is."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where the programmes are."""
        parser.add_argument(
            "folder", nargs="?", type=Path, default=CONTENTS, help="a folder of programmes, if not the platform's own"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load them; raises CommandError with the sentences where the files do not fit together."""
        try:
            planted = load_programmes(options["folder"])
        except ContentError as problem:
            raise CommandError("\n".join(problem.sentences)) from problem
        self.stdout.write(
            f"{planted.programmes} programmes, {planted.pages} pages and {planted.items} questions are new. "
            f"Pages of guidance: {planted.guides.made} new, {planted.guides.changed} brought up to date, "
            f"{planted.guides.edited} left as edited here."
        )
