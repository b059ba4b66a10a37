"""Helps somebody who has lost phone, passkey and recovery codes."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.domain import reset_second_factor
from accounts.models import User


class Command(BaseCommand):
    """Takes a person's second factors away; make sure first, by another way than mail, that it is they who ask."""

    help = "Take away somebody's second factors and sign them out, so that they can set up new ones."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the person's address."""
        parser.add_argument("email", help="the person's e-mail address")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say so."""
        try:
            person = User.objects.get_by_natural_key(options["email"])
        except User.DoesNotExist:
            raise CommandError(f"Nobody has the address {options['email']}.") from None
        count = reset_second_factor(person, actor=None)
        self.stdout.write(
            f"{count} second factors of {person.email} are gone, and the person is signed out everywhere."
        )
