"""Redis by settings alone: one variable, and nothing to install or to migrate."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.any_database

ASK = """
import json
from portal.settings import production as read
print(json.dumps([read.TASKS, "django_rq" in read.INSTALLED_APPS, getattr(read, "RQ_QUEUES", None)]))
"""


def read_settings(folder: Path, **given: str) -> subprocess.CompletedProcess[str]:
    """What production's settings come out as, with nothing in the environment but what is given."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(folder),
        "SECRET_KEY": "x7" * 10 + "an arbitrary text of enough characters",
        "ALLOWED_HOSTS": "register.example",
        "BASE_URL": "https://register.example",
        "EMAIL_URL": "console:",
        "DEFAULT_FROM_EMAIL": "register@register.example",
        "DATA_DIR": str(folder),
        **given,
    }
    command = [sys.executable, "-c", ASK]
    return subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def test_without_the_variable_tasks_wait_in_the_database(tmp_path: Path) -> None:
    tasks, has_rq, queues = json.loads(read_settings(tmp_path).stdout)
    assert (tasks["default"]["BACKEND"], has_rq, queues) == ("django_tasks_db.DatabaseBackend", False, None)


def test_with_it_they_wait_in_redis_and_no_app_is_added_that_would_want_a_migration(tmp_path: Path) -> None:
    tasks, has_rq, queues = json.loads(read_settings(tmp_path, JOBS_URL="redis://redis:6379/1").stdout)
    assert (tasks["default"]["BACKEND"], has_rq) == ("jobs.redis_queue.RedisBackend", False)
    assert queues["default"]["URL"] == "redis://redis:6379/1?socket_connect_timeout=5&socket_timeout=20"


def test_an_address_that_is_none_is_refused(tmp_path: Path) -> None:
    assert "JOBS_URL cannot be read as an address" in read_settings(tmp_path, JOBS_URL="http://redis").stderr
