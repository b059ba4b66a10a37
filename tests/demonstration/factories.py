"""Instants and counts that several files of these tests use."""

from datetime import UTC, datetime
from pathlib import Path

from django.apps import apps
from django.conf import settings

# A Wednesday. Nothing here asks what the day is today.
AT = datetime(2031, 5, 14, 10, 30, tzinfo=UTC)


def counts() -> dict[str, int]:
    """How many rows each table has; the queue of jobs empties itself."""
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and model._meta.app_label != "django_tasks_database"
    }


def uploaded_files() -> set[Path]:
    """The files that were uploaded."""
    return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}
