"""Keeps the French and Russian catalogues: `messages update`, `messages check`, `messages compile`."""

import tomllib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.catalogues.catalogue import (
    PLURAL_FORMS,
    catalogue_path,
    compile_catalogue,
    read_catalogue,
    update_catalogue,
)
from portal.catalogues.checks import check_agreement, check_catalogue
from portal.catalogues.sources import Problem, read_package


class Command(BaseCommand):
    """Needs no gettext tools: the sources are read by Python and Django, the catalogues by polib."""

    help = (
        "update: bring <package>/locale/{fr,ru}/LC_MESSAGES/django.po up to date with the sources. "
        "check: fail on every string without a good translation. compile: write the .mo files."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to do, and to which packages (all, if none is named)."""
        parser.add_argument("action", choices=["update", "check", "compile"])
        parser.add_argument("packages", nargs="*", metavar="package", help="e.g. register; all packages if left out")

    def handle(self, *args: Any, **options: Any) -> None:
        """Runs the action; raises CommandError with a sentence where a name is wrong or a check fails."""
        root = Path(settings.BASE_DIR)
        packages = _packages(root)
        unknown = [name for name in options["packages"] if name not in packages]
        if unknown:
            raise CommandError(f"No package is called {', '.join(unknown)}. There are: {', '.join(sorted(packages))}.")
        chosen = {name: packages[name] for name in (options["packages"] or packages)}
        getattr(self, f"_{options['action']}")(root, chosen)

    def _update(self, root: Path, packages: dict[str, Path]) -> None:
        for package in packages.values():
            messages, problems = read_package(package, relative_to=root)
            for problem in problems:
                self.stderr.write(self.style.WARNING(str(problem)))
            for language in PLURAL_FORMS:
                done = update_catalogue(package, language, messages)
                if messages or done.path.exists():
                    self.stdout.write(
                        f"{done.path.relative_to(root).as_posix()}: {done.added} new, {done.reworded} reworded, "
                        f"{done.removed} removed, {done.missing} to translate."
                    )

    def _check(self, root: Path, packages: dict[str, Path]) -> None:
        problems: list[Problem] = []
        for name, package in packages.items():
            messages, found = read_package(package, relative_to=root)
            problems += found
            if messages and not apps.is_installed(name):
                problems.append(Problem(name, "It has strings but is not in INSTALLED_APPS: Django never loads them."))
            for language in PLURAL_FORMS:
                problems += check_catalogue(package, language, messages, relative_to=root)
        for language in PLURAL_FORMS:
            paths = [catalogue_path(package, language) for package in packages.values()]
            catalogues = {path: read_catalogue(path) for path in paths if path.exists()}
            problems += check_agreement(catalogues, relative_to=root)
        for problem in problems:
            self.stderr.write(str(problem))
        if problems:
            raise CommandError(f"{len(problems)} problems in the catalogues; each is named above.")
        self.stdout.write("Every string has its French and its Russian.")

    def _compile(self, root: Path, packages: dict[str, Path]) -> None:
        written = 0
        for package in packages.values():
            for language in PLURAL_FORMS:
                path = catalogue_path(package, language)
                if path.exists():
                    compile_catalogue(path)
                    written += 1
        self.stdout.write(f"{written} catalogues compiled.")


def _packages(root: Path) -> dict[str, Path]:
    """The project's packages by name, as pyproject.toml lists them for the wheel."""
    pyproject = root / "pyproject.toml"
    if not pyproject.exists():
        raise CommandError("The catalogues are kept in a checkout of the project; there is no pyproject.toml here.")
    wheel = tomllib.loads(pyproject.read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    return {Path(package).name: root / package for package in wheel["packages"]}
