"""Real workers on a real Redis: two at once, and one killed in the middle of its task."""

import signal
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from jobs.models import ScheduledJob, Worker
from jobs.queue import queue_in_use
from jobs.redis_queue import rq_queue
from jobs.schedule import schedules
from jobs.state import QueueState
from tests.jobs.chores import take_time, write_line
from tests.jobs.processes import lines, wait_for, workers

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("redis")]


def state() -> QueueState:
    return queue_in_use().state(timezone.now())


def done_tasks() -> list[Any]:
    queue = rq_queue()
    return [queue.fetch_job(number) for number in queue.finished_job_registry.get_job_ids()]


def test_two_workers_do_each_task_once_and_each_slot_of_the_schedule_once(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    wanted = [f"task {number}" for number in range(60)]
    for word in wanted:
        write_line.enqueue(str(trace), word)
    daily = {schedule.name for schedule in schedules() if schedule.daily_at}
    with workers(tmp_path, "manage.py", "worker") as start:
        both = [start(), start()]
        wait_for(lambda: Worker.objects.alive().count() == 2, "two workers")
        ended = ScheduledJob.objects.filter(name__in=daily, succeeded=True)
        wait_for(lambda: ended.count() == len(daily), "every daily job done")
        wait_for(lambda: state().waiting_count == 0 and not state().running, "an empty queue")
        for worker in both:
            worker.send_signal(signal.SIGTERM)
        assert [worker.wait(timeout=60) for worker in both] == [0, 0]
    assert sorted(lines(trace)) == sorted(wanted)
    assert Counter(job.func_name for job in done_tasks() if job.func_name in daily) == dict.fromkeys(daily, 1)
    assert not Worker.objects.alive().exists()


def test_what_a_killed_worker_had_begun_is_done_by_another_and_a_worker_told_to_end_finishes_first(
    tmp_path: Path,
) -> None:
    trace, go_on = tmp_path / "trace", tmp_path / "go on"
    result = take_time.enqueue(str(trace), str(go_on))
    with workers(tmp_path) as start:
        killed = start()
        wait_for(lambda: lines(trace) == ["begun"], "a task under way")
        killed.kill()
        killed.wait()
        second = start()
        wait_for(lambda: lines(trace) == ["begun", "begun"], "the same task under way again")
        assert Worker.objects.exclude(lost_at=None).count() == 1
        write_line.enqueue(str(trace), "later")
        second.send_signal(signal.SIGTERM)
        go_on.touch()
        assert second.wait(timeout=60) == 0
    assert lines(trace) == ["begun", "begun", "done"]
    result.refresh()
    assert (result.is_finished, write_line.module_path in [line.name for line in state().waiting]) == (True, True)
    assert not Worker.objects.alive().exists()
