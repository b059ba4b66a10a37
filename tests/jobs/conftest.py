"""The queue as it is in production: in the database."""

from typing import Any

import pytest


@pytest.fixture
def queue(settings: Any, db: None) -> None:
    """What is queued waits for a worker."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
