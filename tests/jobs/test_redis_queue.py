"""The queue in a real Redis: tasks wait, are tried again, are taken back from the dead, and officials see all of it."""

import json
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from redis.exceptions import RedisError
from rq.intermediate_queue import IntermediateQueue

from accounts.models import User
from accounts.roles import Role
from jobs import schedule as schedule_module
from jobs.models import ScheduledJob, Worker
from jobs.queue import enqueue_after_commit, queue_in_use
from jobs.redis_queue import rq_queue
from jobs.redis_worker import RedisWorker, make_worker
from jobs.retry import MOST_DEATHS
from jobs.schedule import Schedule, queue_due_jobs
from jobs.state import QueueState, TaskLine
from jobs.workers import BEATS_UNTIL_DEAD, Watch, enlist_worker
from tests.accounts.factories import PersonFactory
from tests.jobs.chores import add, leave, stumble, stumble_once
from tests.jobs.redis_servers import RedisServer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("redis"), pytest.mark.any_database]


class DyingWorker(RedisWorker):
    """Takes a task, marks it as begun, and is never heard of again."""

    def perform_job(self, job: Any, queue: Any, execution: Any) -> bool:
        self.prepare_job_execution(job, remove_from_intermediate_queue=True)
        return False


def queue_now(task: Any, *args: Any) -> Any:
    """The task waits, although nothing that a test writes is ever committed."""
    return task.get_backend().enqueue_at_once(task, args)


def work(name: str = "living") -> None:
    """One worker does all that waits."""
    make_worker(name).work(burst=True, logging_level=None)


def begin_and_die(name: str) -> None:
    """A worker takes the next task and dies with it."""
    worker = make_worker(name)
    worker.__class__ = DyingWorker
    worker.work(burst=True, max_jobs=1, logging_level=None)


def state() -> QueueState:
    return queue_in_use().state(timezone.now())


def only(lines: list[TaskLine]) -> TaskLine:
    [line] = lines
    return line


def due_now() -> None:
    """The time of whatever waits for its next attempt has come."""
    waiting = rq_queue().scheduled_job_registry
    for number in waiting.get_job_ids():
        rq_queue().connection.zadd(waiting.key, {number: 1})
    queue_in_use().wake_due_tasks()


class TestWork:
    """What waits in Redis is run by the same command."""

    def test_the_command_does_all_that_waits_or_is_due_and_ends(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(schedule_module, "schedules", lambda: [])
        result = queue_now(add, 2, 3)
        assert only(state().waiting).name == add.module_path
        output = StringIO()
        call_command("worker", "--once", stdout=output)
        result.refresh()
        assert (result.return_value, output.getvalue()) == (5, "1 tasks done.\n")
        assert state() == QueueState([], 0, [], [], 0)
        assert not Worker.objects.alive().exists()

    @pytest.mark.parametrize("task", [stumble_once, leave])
    def test_whatever_a_task_does_it_has_failed_with_its_words_and_the_worker_goes_on(self, task: Any) -> None:
        queue_now(task)
        result = queue_now(add, 2, 3)
        work()
        result.refresh()
        assert only(state().failed).traceback.startswith("Traceback")
        assert result.return_value == 5

    def test_a_job_of_the_schedule_is_queued_once_a_slot_and_how_it_ended_is_remembered(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        schedule = Schedule(stumble_once, every=timedelta(minutes=1))
        monkeypatch.setattr(schedule_module, "schedules", lambda: [schedule])
        monkeypatch.setattr(schedule_module, "_schedules", {schedule.name: schedule})
        noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
        queued = [queue_due_jobs(at=noon + timedelta(seconds=step)) for step in (0, 3, 59, 60)]
        assert queued == [[schedule.name], [], [], []]  # the last because its first run waits still
        work()
        job = ScheduledJob.objects.get()
        assert (job.started_at is None, job.finished_at is None, job.succeeded) == (False, False, False)
        assert queue_due_jobs(at=noon + timedelta(minutes=1)) == [schedule.name]


class TestRetry:
    """How often and after how long says the task, in Redis as in the database."""

    def test_it_waits_in_between_and_says_why_and_fails_for_good_after_its_last_attempt(self) -> None:
        queue_now(stumble)
        work()
        waiting = only(state().waiting)
        assert waiting.not_before is not None
        assert timedelta(seconds=5) < waiting.not_before - timezone.now() < timedelta(seconds=11)
        assert (waiting.attempts, waiting.kind) == (1, "ValueError")
        assert waiting.traceback.endswith("ValueError: not today\n")
        work()  # its time has not come
        assert only(state().waiting).attempts == 1
        for attempt in (2, 3):
            due_now()
            work()
            assert [line.attempts for line in state().waiting + state().failed] == [attempt]
        assert (state().waiting_count, state().failed_count) == (0, 1)

    def test_an_error_that_trying_again_would_not_mend_is_final(self) -> None:
        queue_now(stumble, "PermissionError")
        work()
        assert only(state().failed).kind == "PermissionError"

    def test_a_failed_task_can_be_tried_anew_and_has_all_its_attempts_again(self) -> None:
        queue_now(stumble, "PermissionError")
        work()
        number = only(state().failed).id
        assert [queue_in_use().retry_failed(number), queue_in_use().retry_failed(number)] == [True, False]
        assert (only(state().waiting).attempts, state().failed) == (0, [])
        assert not queue_in_use().retry_failed("no-such-task")


class TestDeadWorkers:
    """What a dead worker had begun is done by another."""

    def test_it_is_found_dead_by_its_beats_and_its_task_runs_again(self) -> None:
        watch = Watch(enlist_worker())
        dead = enlist_worker()
        result = queue_now(add, 2, 3)
        begin_and_die(dead.name)
        assert (only(state().running).attempts, state().waiting) == (1, [])
        found = [watch.look() for _beat in range(BEATS_UNTIL_DEAD + 1)]
        assert found[-1] == [dead.name]
        assert only(state().waiting).attempts == 1
        work()
        result.refresh()
        assert (result.return_value, state()) == (5, QueueState([], 0, [], [], 0))

    def test_the_tasks_of_others_stay_with_them(self) -> None:
        queue_now(add, 2, 3)
        begin_and_die("another")
        assert queue_in_use().take_back_tasks_of("dead") == 0
        assert queue_in_use().runners() == {"another"}

    def test_of_two_who_take_a_task_back_only_one_does(self) -> None:
        queue_now(add, 2, 3)
        begin_and_die("dead")
        assert [queue_in_use().take_back_tasks_of("dead") for _who in range(2)] == [1, 0]
        assert state().waiting_count == 1

    def test_a_task_that_kills_every_worker_is_left_alone_in_the_end(self) -> None:
        queue_now(add, 2, 3)
        for number in range(MOST_DEATHS):
            begin_and_die(f"worker-{number}")
            assert queue_in_use().take_back_tasks_of(f"worker-{number}") == 1
        failed = only(state().failed)
        assert (failed.kind, failed.attempts, state().waiting) == ("WorkerDied", MOST_DEATHS, [])
        assert failed.traceback == f"Its worker ended without finishing it; it was begun {MOST_DEATHS} times."

    def test_a_task_whose_worker_died_between_taking_it_and_beginning_it_waits_again(self) -> None:
        queue_now(add, 2, 3)
        queue = rq_queue()
        in_hand = IntermediateQueue(queue.key, queue.connection)
        number = queue.connection.lmove(queue.key, in_hand.key)
        assert isinstance(number, bytes)
        worker = make_worker("living")
        in_hand.cleanup(worker, queue)  # seen for the first time
        an_hour_ago = (timezone.now() - timedelta(hours=1)).timestamp()
        queue.connection.set(in_hand.get_first_seen_key(number.decode()), an_hour_ago)
        in_hand.cleanup(worker, queue)
        assert (state().waiting_count, state().failed_count, in_hand.get_job_ids()) == (1, 0, [])


class TestOnce:
    """A job that does all that waits need not wait twice."""

    def test_a_thousand_acts_let_one_task_wait(self) -> None:
        for _act in range(1000):
            queue_in_use().enqueue_once(stumble_once)
        assert state().waiting_count == 1

    def test_a_task_that_runs_may_have_looked_already_so_another_is_queued(self) -> None:
        queue_in_use().enqueue_once(stumble_once)
        begin_and_die("busy")
        queue_in_use().enqueue_once(stumble_once)
        assert (len(state().running), state().waiting_count) == (1, 1)


@pytest.mark.django_db(transaction=True)
class TestActs:
    """An act and its task are no longer one transaction; the act never suffers from that."""

    def test_a_task_waits_once_the_act_is_stored_and_not_before(self) -> None:
        with transaction.atomic():
            result = add.enqueue(2, 3)
            assert state().waiting == []
        assert only(state().waiting).id == result.id

    def test_an_act_that_is_undone_queues_nothing(self) -> None:
        @transaction.atomic
        def act() -> None:
            add.enqueue(2, 3)
            raise LookupError("what she asked about is gone")

        with pytest.raises(LookupError):
            act()
        assert state().waiting == []

    def test_where_redis_is_away_the_act_is_kept_and_the_schedule_comes_by_later(
        self, redis: RedisServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        schedule = Schedule(stumble_once, every=timedelta(minutes=1))
        monkeypatch.setattr(schedule_module, "schedules", lambda: [schedule])
        redis.stop()
        with transaction.atomic():
            PersonFactory.create(email="citizen@velmaria.example")
            enqueue_after_commit(stumble_once)  # as our rooms do
            add.enqueue(2, 3)  # as Wagtail does, for its indexes
        add.enqueue(4, 5)
        with pytest.raises(RedisError):
            queue_due_jobs()
        redis.start()
        assert User.objects.filter(email="citizen@velmaria.example").exists()
        assert state().waiting == []
        assert queue_due_jobs() == [schedule.name]
        assert only(state().waiting).name == stumble_once.module_path


class TestStatusPage:
    """Officials see what waits, runs and has failed, and let it run again."""

    @pytest.fixture
    def administrator(self, client: Client, settings: Any) -> Client:
        settings.ADMIN_REQUIRES_SECOND_FACTOR = False
        client.force_login(PersonFactory.create(role=Role.ADMINISTRATOR))
        return client

    def test_it_says_what_waits_runs_and_failed(self, administrator: Client) -> None:
        queue_now(stumble_once)
        work()
        queue_now(add, 1, 2)
        begin_and_die("busy")
        queue_now(add, 3, 4)
        page = administrator.get(reverse("jobs_status"))
        queue = page.context["queue"]
        assert [len(lines) for lines in (queue.waiting, queue.running, queue.failed)] == [1, 1, 1]
        assert "ValueError: never again" in page.text

    def test_an_administrator_lets_a_failed_task_run_again(self, administrator: Client) -> None:
        queue_now(stumble_once)
        work()
        answer = administrator.post(reverse("jobs_retry", args=[only(state().failed).id]), follow=True)
        assert "The task waits for the worker again." in answer.text
        assert (state().waiting_count, state().failed_count) == (1, 0)

    def test_where_redis_is_away_the_page_says_so(self, administrator: Client, redis: RedisServer) -> None:
        redis.stop()
        assert "Redis does not answer" in administrator.get(reverse("jobs_status")).text

    def test_who_watches_the_site_learns_how_much_waits(self, client: Client, redis: RedisServer) -> None:
        queue_now(add, 1, 2)
        queue_now(add, 1, 2)
        worker = json.loads(client.get("/readyz").content)["worker"]
        assert (worker["status"], worker["waiting"]) == ("absent", 2)
        redis.stop()
        worker = json.loads(client.get("/readyz").content)["worker"]
        assert worker == {"status": "unknown", "sentence": "The queue in Redis does not answer."}


def test_what_a_task_was_given_is_in_no_log(caplog: pytest.LogCaptureFixture) -> None:
    queue_now(stumble, "PermissionError")
    with caplog.at_level("INFO"):
        work()
    assert [
        record.getMessage() for record in caplog.records if "stumble('PermissionError')" in record.getMessage()
    ] == []
