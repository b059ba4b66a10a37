"""`manage.py verify_receipt FILE`: says line by line what a receipt proves, without a database where a key is given."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from receipts.offline import UsageError, read_keys, verify


class Command(BaseCommand):
    """The same check as `python -m receipts.offline`, which needs no settings either."""

    help = "Check a receipt, JSON or PDF, with the authority's public key; without --key, with the keys of this site."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and the key to check it with."""
        parser.add_argument("file", help="the receipt as it was downloaded")
        parser.add_argument(
            "--key", action="append", default=[], help="the authority's public key: its text, or a file that holds it"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what was checked; leave with 0 only where everything is proven."""
        try:
            keys = read_keys(options["key"]) if options["key"] else _keys_of_this_site()
            lines, status = verify(options["file"], keys)
        except UsageError as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write("\n".join(lines))
        if status:
            raise SystemExit(status)


def _keys_of_this_site() -> Any:
    from ledger.keys import public_keys  # noqa: PLC0415 -- asks a database, which nobody needs who gives a key

    keys = public_keys()
    if not keys:
        raise UsageError("This site has no key yet: give the authority's public key with --key.")
    return keys
