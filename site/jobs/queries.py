"""What the status page says of the worker."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.utils import timezone
from redis.exceptions import RedisError

from jobs.models import Worker
from jobs.queue import queue_in_use
from jobs.schedule import remembered_schedules
from jobs.state import QueueState

logger = logging.getLogger(__name__)

_SHOWN: Final = 50
_SILENT: Final = timedelta(minutes=1)


@dataclass(frozen=True)
class ScheduleLine:
    """One job of the schedule as the page shows it."""

    name: str
    started_at: datetime | None
    finished_at: datetime | None
    succeeded: bool | None
    due_at: datetime | None


def job_status(at: datetime | None = None) -> dict[str, Any]:
    """Return the schedule, who works, and what waits, runs and has failed: nothing of that where Redis is silent."""
    moment = at or timezone.now()
    return {
        "at": moment,
        "queue": _queue(moment),
        "schedule": [
            ScheduleLine(
                name=str(schedule.label) or schedule.name,
                started_at=job.started_at if job else None,
                finished_at=job.finished_at if job else None,
                succeeded=job.succeeded if job else None,
                due_at=schedule.next_after(job.slot) if job and job.slot else None,
            )
            for schedule, job in remembered_schedules()
        ],
        "workers": list(Worker.objects.all()[:_SHOWN]),
        "is_worked": Worker.objects.alive().filter(seen_at__gt=moment - _SILENT).exists(),
    }


def _queue(moment: datetime) -> QueueState | None:
    try:
        return queue_in_use().state(moment)
    except RedisError:
        logger.warning("Redis did not tell what waits.", exc_info=True)
        return None
