"""The queue as it is in production: in the database, or in a Redis of the test's own."""

import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tools import find_redis, why_no_redis

from tests.jobs.redis_servers import RedisServer


@pytest.fixture
def queue(settings: Any, db: None) -> None:
    """What is queued waits for a worker."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def redis(settings: Any) -> Iterator[RedisServer]:
    """What is queued waits in a real Redis, which is this test's alone; skipped where none is on this machine."""
    program = find_redis()
    if program is None:
        pytest.skip(why_no_redis() or "")
    with tempfile.TemporaryDirectory(prefix="prtr-redis-") as folder:  # a socket's path has to be short
        server = RedisServer(program, Path(folder))
        server.start()
        settings.JOBS_URL = server.address
        settings.TASKS = {"default": {"BACKEND": "jobs.redis_queue.RedisBackend"}}
        settings.RQ_QUEUES = {"default": {"URL": server.address, "DEFAULT_TIMEOUT": 86400}}
        before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield server
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)  # RQ's worker listens to both
            server.stop()
