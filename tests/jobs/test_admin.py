"""The page on which officials see what the worker does."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accounts.roles import Role
from jobs.database_queue import take_next
from jobs.models import ScheduledJob, Worker
from jobs.working import run_next
from tests.accounts.factories import PersonFactory
from tests.jobs.chores import add, stumble_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("queue")]


@pytest.fixture
def sign_in(client: Client, settings: Any) -> Any:
    settings.ADMIN_REQUIRES_SECOND_FACTOR = False

    def go(role: Role) -> Client:
        client.force_login(PersonFactory.create(role=role))
        return client

    return go


def failed_task() -> DBTaskResult:
    stumble_once.enqueue()
    run_next("worker")
    return DBTaskResult.objects.failed().latest("enqueued_at")


@pytest.mark.parametrize("role", Role)
def test_administrators_and_auditors_see_it_and_nobody_else(sign_in: Any, role: Role) -> None:
    may = role in {Role.ADMINISTRATOR, Role.AUDITOR}
    answer = sign_in(role).get(reverse("jobs_status"))
    assert (answer.status_code == 200) is may
    menu = sign_in(role).get(reverse("wagtailadmin_home")).text
    assert ("/admin/worker/" in menu) is may


def test_it_says_what_waits_runs_and_failed_and_when_each_job_last_ran(sign_in: Any) -> None:
    failed_task()
    add.enqueue(1, 2)
    take_next("worker")
    add.enqueue(3, 4)
    now = timezone.now()
    Worker.objects.create(name="one", host="register-1", process=42, started_at=now, seen_at=now)
    ScheduledJob.objects.create(name="jobs.tasks.forget_old_tasks", slot=now, finished_at=now, succeeded=False)
    page = sign_in(Role.ADMINISTRATOR).get(reverse("jobs_status"))
    assert [len(getattr(page.context["queue"], name)) for name in ("waiting", "running", "failed")] == [1, 1, 1]
    assert "register-1 (42)" in page.text
    assert page.context["is_worked"]
    [line] = [line for line in page.context["schedule"] if line.finished_at]
    assert (line.name, line.succeeded) == ("Forget tasks that were done long ago", False)
    assert line.due_at > now


def test_where_no_worker_runs_it_says_what_to_do(sign_in: Any) -> None:
    then = timezone.now() - timedelta(hours=1)
    Worker.objects.create(name="one", host="register-1", process=42, started_at=then, seen_at=then)
    assert "No worker runs." in sign_in(Role.ADMINISTRATOR).get(reverse("jobs_status")).text


def test_a_traceback_is_for_administrators(sign_in: Any) -> None:
    failed_task()
    assert "ValueError: never again" in sign_in(Role.ADMINISTRATOR).get(reverse("jobs_status")).text
    auditors = sign_in(Role.AUDITOR).get(reverse("jobs_status")).text
    assert "never again" not in auditors
    assert "ValueError" in auditors


def test_an_administrator_lets_a_failed_task_run_again(sign_in: Any) -> None:
    task = failed_task()
    answer = sign_in(Role.ADMINISTRATOR).post(reverse("jobs_retry", args=[task.pk]), follow=True)
    assert "The task waits for the worker again." in answer.text
    assert DBTaskResult.objects.get().status == TaskResultStatus.READY
    again = sign_in(Role.ADMINISTRATOR).post(reverse("jobs_retry", args=[task.pk]), follow=True)
    assert "nothing was done" in again.text


def test_an_auditor_does_not(sign_in: Any) -> None:
    task = failed_task()
    sign_in(Role.AUDITOR).post(reverse("jobs_retry", args=[task.pk]))
    assert DBTaskResult.objects.get().status == TaskResultStatus.FAILED


def test_it_asks_the_database_as_often_for_three_as_for_one(sign_in: Any, assert_same_queries: Any) -> None:
    def add_rows() -> None:
        failed_task()
        add.enqueue(1, 2)
        now = timezone.now()
        name = f"worker {Worker.objects.count()}"
        Worker.objects.create(name=name, host="register-1", process=42, started_at=now, seen_at=now)

    assert_same_queries(sign_in(Role.ADMINISTRATOR), lambda: reverse("jobs_status"), add_rows)
