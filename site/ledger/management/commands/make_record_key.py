"""`manage.py make_record_key`: makes the key that signs the record, or a new one to go on with."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ledger.keys import key_file, record_name, write_key
from ledger.notes import InvalidNote, make_key, parse_private_key


class Command(BaseCommand):
    """Writes the key into its file, or prints it to be put into RECORD_KEY."""

    help = (
        "Makes a new key for the record's checkpoints. Checkpoints that an earlier key has signed stay valid. "
        "The new key is in use from the next checkpoint on."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where it goes."""
        parser.add_argument(
            "--print", action="store_true", help="print the private key, to be kept as RECORD_KEY, and write no file"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the key, keep the one that was there, tell the public half."""
        key = make_key(record_name())
        if options["print"]:
            self.stdout.write(key.to_text())
            self.stderr.write(f"Its public key, for everybody: {key.public}")
            return
        if settings.RECORD_KEY:
            raise CommandError("RECORD_KEY is set, so a file would not be read: use --print, and change the variable.")
        path = key_file()
        if path.exists():
            kept = path.with_name(f"{path.name}.{_hash_of(path.read_text('utf-8'))}")
            path.rename(kept)
            self.stdout.write(f"The key that was there is kept as {kept}; it signs no more.")
        write_key(key, path)
        self.stdout.write(f"{path} holds the new key. Its public key, for everybody: {key.public}")


def _hash_of(text: str) -> str:
    try:
        return parse_private_key(text).public.hash.hex()
    except InvalidNote:
        return "unreadable"
