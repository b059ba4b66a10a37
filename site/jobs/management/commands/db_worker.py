"""Stands in the way of django-tasks-db's own worker, which knows neither beats nor schedule."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    """Refuse, and name the command that works here."""

    help = "Is not used here: run `manage.py worker`."

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse: what this worker runs would be taken from it as from a dead one, and run twice."""
        raise CommandError("Run “manage.py worker” instead: db_worker knows no schedule and would do work twice.")
