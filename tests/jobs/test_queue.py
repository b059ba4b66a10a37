"""A task is run by one worker at a time, tried again as it says, and taken back from a worker that died."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from jobs.database_queue import end_well, enqueue_once, retry_failed, take_back_tasks_of, take_next
from jobs.models import Worker
from jobs.retry import MOST_DEATHS, Retry, retrying
from jobs.tasks import KEEP_DONE, KEEP_FAILED, remove_old_tasks
from jobs.working import run_next
from tests.jobs.chores import add, leave, return_what_is_no_json, stumble, stumble_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("queue")]


def due_now() -> None:
    DBTaskResult.objects.update(run_after=timezone.now() - timedelta(seconds=1))


def only_task() -> DBTaskResult:
    return DBTaskResult.objects.get()


def test_a_task_is_run_and_its_result_kept() -> None:
    add.enqueue(2, 3)
    assert [run_next("worker"), run_next("worker")] == [True, False]
    assert (only_task().status, only_task().return_value) == (TaskResultStatus.SUCCESSFUL, 5)


def test_two_workers_never_get_the_same_task() -> None:
    add.enqueue(2, 3)
    assert [take_next("first") is None, take_next("second") is None] == [False, True]


@pytest.mark.parametrize("task", [stumble_once, leave, return_what_is_no_json])
def test_whatever_a_task_does_it_has_failed_with_its_words_and_the_worker_goes_on(task: Any) -> None:
    task.enqueue()
    add.enqueue(2, 3)
    while run_next("worker"):
        pass
    failed = DBTaskResult.objects.failed().get()
    assert failed.traceback.startswith("Traceback")
    assert DBTaskResult.objects.successful().count() == 1


def test_a_task_whose_code_is_gone_has_failed_and_the_worker_goes_on() -> None:
    add.enqueue(2, 3)
    DBTaskResult.objects.update(task_path="tests.jobs.chores.gone")
    assert run_next("worker")
    assert only_task().exception_class_path == "builtins.ImportError"


class TestRetry:
    """How often and after how long says the task."""

    def test_a_task_is_tried_as_often_as_it_says(self) -> None:
        stumble.enqueue()
        tried = 0
        while run_next("worker"):
            tried += 1
            due_now()
        assert tried == 3
        assert only_task().status == TaskResultStatus.FAILED

    def test_it_waits_in_between_and_says_why(self) -> None:
        stumble.enqueue()
        run_next("worker")
        waiting = only_task()
        assert waiting.status == TaskResultStatus.READY
        assert timedelta(seconds=9) < waiting.run_after - timezone.now() < timedelta(seconds=11)
        assert waiting.traceback.endswith("ValueError: not today\n")
        assert not run_next("worker")

    def test_an_error_that_trying_again_would_not_mend_is_final(self) -> None:
        stumble.enqueue("PermissionError")
        run_next("worker")
        assert only_task().status == TaskResultStatus.FAILED

    def test_a_task_that_says_nothing_is_tried_once(self) -> None:
        stumble_once.enqueue()
        run_next("worker")
        assert only_task().status == TaskResultStatus.FAILED

    def test_the_wait_doubles_up_to_its_limit_and_never_overflows(self) -> None:
        retry = Retry(attempts=99, first=timedelta(seconds=30), most=timedelta(hours=1))
        waits = [retry.delay_after(attempts).total_seconds() for attempts in (1, 2, 3, 4, 99, 10_000)]
        assert waits == [30, 60, 120, 240, 3600, 3600]

    def test_a_task_is_tried_at_least_once(self) -> None:
        with pytest.raises(ValueError, match="at least once"):
            retrying(attempts=0)

    def test_a_failed_task_can_be_tried_anew_and_has_all_its_attempts_again(self) -> None:
        stumble.enqueue("PermissionError")
        run_next("worker")
        assert retry_failed(only_task().pk)
        assert (only_task().status, only_task().worker_ids) == (TaskResultStatus.READY, [])
        assert not retry_failed(only_task().pk)
        assert not retry_failed("no-such-task")


class TestDeadWorkers:
    """What a dead worker had begun is done by another, once."""

    def test_what_it_had_begun_is_run_again(self) -> None:
        add.enqueue(2, 3)
        take_next("dead")
        assert take_back_tasks_of("dead") == 1
        assert run_next("living")
        assert only_task().worker_ids == ["dead", "living"]

    def test_the_tasks_of_others_stay_with_them(self) -> None:
        add.enqueue(2, 3)
        take_next("living")
        assert take_back_tasks_of("dead") == 0
        assert only_task().status == TaskResultStatus.RUNNING

    def test_who_was_only_held_up_cannot_end_what_another_runs(self) -> None:
        add.enqueue(2, 3)
        held_up = take_next("held up")
        assert held_up is not None
        take_back_tasks_of("held up")
        take_next("living")
        assert not end_well(held_up, 5, timezone.now())
        assert (only_task().status, only_task().worker_ids[-1]) == (TaskResultStatus.RUNNING, "living")

    def test_a_task_that_kills_every_worker_is_left_alone_in_the_end(self) -> None:
        add.enqueue(2, 3)
        for number in range(MOST_DEATHS):
            assert take_next(f"worker {number}") is not None
            take_back_tasks_of(f"worker {number}")
        assert only_task().status == TaskResultStatus.FAILED
        assert only_task().traceback == f"Its worker ended without finishing it; it was begun {MOST_DEATHS} times."


class TestOnce:
    """A job that does all that waits need not wait twice."""

    def test_a_task_that_waits_already_is_not_queued_again(self) -> None:
        enqueue_once(stumble_once)
        enqueue_once(stumble_once)
        assert DBTaskResult.objects.count() == 1

    def test_a_task_that_runs_may_have_looked_already_so_another_is_queued(self) -> None:
        enqueue_once(stumble_once)
        take_next("worker")
        enqueue_once(stumble_once)
        assert DBTaskResult.objects.ready().count() == 1


def test_what_was_done_long_ago_is_forgotten_and_what_failed_later() -> None:
    now = timezone.now()
    for age, status in (
        (KEEP_DONE, TaskResultStatus.SUCCESSFUL),
        (KEEP_DONE, TaskResultStatus.FAILED),
        (KEEP_FAILED, TaskResultStatus.FAILED),
        (KEEP_DONE - timedelta(hours=1), TaskResultStatus.SUCCESSFUL),
    ):
        result = add.enqueue(2, 3)
        DBTaskResult.objects.filter(pk=result.id).update(status=status, finished_at=now - age)
    add.enqueue(2, 3)
    assert remove_old_tasks(at=now) == 2
    assert DBTaskResult.objects.count() == 3


def test_the_command_does_all_that_waits_or_is_due_and_ends() -> None:
    add.enqueue(2, 3)
    output = StringIO()
    call_command("worker", "--once", stdout=output)
    assert not DBTaskResult.objects.ready().exists()
    assert output.getvalue().endswith("tasks done.\n")
    assert not Worker.objects.alive().exists()


def test_the_worker_that_knows_no_schedule_refuses_and_names_the_one_that_does() -> None:
    with pytest.raises(CommandError, match=r"Run “manage\.py worker” instead"):
        call_command("db_worker")
