"""Real workers: two at once, one killed in the middle of its task, one told to end."""

import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from jobs.models import Worker
from jobs.schedule import schedules
from tests.jobs.chores import take_time, write_line
from tests.jobs.processes import Start, lines, wait_for, workers

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("queue")]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    with workers(tmp_path) as begin:
        yield begin


def task_named(path: str) -> DBTaskResult:
    return DBTaskResult.objects.get(task_path=path)


def test_two_workers_do_each_task_once_and_each_slot_of_the_schedule_once(start: Start, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    wanted = [f"task {number}" for number in range(60)]
    for word in wanted:
        write_line.enqueue(str(trace), word)
    start(), start()
    wait_for(lambda: Worker.objects.alive().count() == 2, "two workers")
    wait_for(lambda: not DBTaskResult.objects.ready().exists(), "an empty queue")
    wait_for(lambda: not DBTaskResult.objects.running().exists(), "no task under way")
    assert sorted(lines(trace)) == sorted(wanted)
    daily = [schedule.name for schedule in schedules() if schedule.daily_at]
    queued = Counter(DBTaskResult.objects.filter(task_path__in=daily).values_list("task_path", flat=True))
    assert queued == dict.fromkeys(daily, 1)


def test_what_a_killed_worker_had_begun_is_done_by_another_and_a_worker_told_to_end_finishes_first(
    start: Start, tmp_path: Path
) -> None:
    trace, go_on = tmp_path / "trace", tmp_path / "go on"
    take_time.enqueue(str(trace), str(go_on))
    killed = start()
    wait_for(lambda: lines(trace) == ["begun"], "a task under way")
    killed.kill()
    killed.wait()
    assert task_named(take_time.module_path).status == TaskResultStatus.RUNNING

    second = start()
    wait_for(lambda: lines(trace) == ["begun", "begun"], "the same task under way again")
    assert Worker.objects.exclude(lost_at=None).count() == 1
    write_line.enqueue(str(trace), "later")
    second.send_signal(signal.SIGTERM)
    go_on.touch()
    assert second.wait(timeout=60) == 0
    assert lines(trace) == ["begun", "begun", "done"]
    done = task_named(take_time.module_path)
    assert (done.status, len(done.worker_ids)) == (TaskResultStatus.SUCCESSFUL, 2)
    assert task_named(write_line.module_path).status == TaskResultStatus.READY
    assert not Worker.objects.alive().exists()
