"""The same worker where tasks wait in Redis (JOBS_URL): RQ takes them, and what it lacks is added here.

Needs django-tasks-rq, which is not part of the site: see the README. Beats and the schedule stay in the database.
"""

from datetime import UTC, datetime
from typing import Any

from django.utils import timezone
from django_tasks.signals import task_finished, task_started

from jobs.retry import MOST_DEATHS, retry_of
from jobs.schedule import note_end, note_start

_ATTEMPTS = "attempts"


def make_worker() -> Any:
    """Return RQ's worker for our queue; it runs tasks in this process, as the database's does."""
    import django_rq  # noqa: PLC0415 -- only where JOBS_URL is set
    from django_tasks_rq.backend import Job  # noqa: PLC0415 -- as above
    from rq import SimpleWorker  # noqa: PLC0415 -- as above

    task_started.connect(_note_start)
    task_finished.connect(_note_end)
    return django_rq.get_worker("default", job_class=Job, worker_class=SimpleWorker)


def try_again(job: Any, kind: type[BaseException], error: BaseException, _traceback: Any) -> bool:
    """Let a task that failed or whose worker died run again, as often as it says (an exception handler of RQ)."""
    from rq.exceptions import AbandonedJobError  # noqa: PLC0415 -- only where JOBS_URL is set

    attempts = job.meta.get(_ATTEMPTS, 0) + 1
    job.meta[_ATTEMPTS] = attempts
    retry = retry_of(job.func_name)
    if issubclass(kind, AbandonedJobError):
        job.retries_left = 1 if attempts < max(MOST_DEATHS, retry.attempts) else 0  # RQ looks at it after this
        return False
    if not retry.wants_another(attempts, error):
        return True
    import django_rq  # noqa: PLC0415 -- as above

    queue = django_rq.get_queue(job.origin, job_class=type(job))
    queue.schedule_job(job, datetime.now(UTC) + retry.delay_after(attempts))
    job.failed_job_registry.remove(job)
    return False


def _note_start(task_result: Any, **_facts: Any) -> None:
    note_start(task_result.task.module_path, timezone.now())


def _note_end(task_result: Any, **_facts: Any) -> None:
    succeeded = task_result.status == type(task_result.status).SUCCESSFUL
    note_end(task_result.task.module_path, timezone.now(), succeeded=succeeded)
