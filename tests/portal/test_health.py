"""What machines that watch the site are told."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.backends.signals import connection_created
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from jobs.models import Worker
from portal import health

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _not_asked_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_migrated", False)


def waiting_task(**since: float) -> DBTaskResult:
    task = DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}},
        task_path="x.y",
        backend_name="default",
        run_after=timezone.now() - timedelta(days=1),
        exception_class_path="",
        traceback="",
    )
    DBTaskResult.objects.filter(pk=task.pk).update(enqueued_at=timezone.now() - timedelta(**since))
    return task


def worker(**since: float) -> Worker:
    seen = timezone.now() - timedelta(**since)
    return Worker.objects.create(name="one", host="register-1", process=42, started_at=seen, seen_at=seen)


def test_a_living_process_says_so_and_asks_nothing_of_the_database(
    client: Client, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "alive"})
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_machine_needs_neither_our_name_nor_https(client: Client, settings: Any, path: str) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert client.get(path, headers={"host": "10.0.0.7:8000"}).status_code == 200


def test_a_site_that_can_serve_people_says_so(client: Client) -> None:
    worker(seconds=2)
    response = client.get("/readyz")
    assert response.status_code == 200
    facts = response.json()
    assert facts["worker"].pop("seen_seconds_ago") in {2, 3}
    assert facts == {
        "status": "ready",
        "database": {"status": "ok"},
        "migrations": {"status": "ok"},
        "cache": {"status": "ok"},
        "worker": {"status": "ok", "waiting": 0, "oldest_waits_seconds": 0},
    }


def test_a_worker_that_gives_no_sign_is_told_and_the_site_is_ready(client: Client) -> None:
    assert client.get("/readyz").json()["worker"]["status"] == "absent"
    worker(seconds=61)
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json()["worker"]["status"] == "absent"


def test_a_missing_migration_is_told(client: Client) -> None:
    MigrationRecorder(connection).record_unapplied("accounts", "0001_initial")
    response = client.get("/readyz")
    assert response.status_code == 503
    facts = response.json()
    assert facts["status"] == "not ready"
    assert facts["migrations"]["status"] == "failing"
    assert facts["migrations"]["sentence"].endswith("migrations are not applied; run manage.py migrate.")
    assert facts["worker"] == {"status": "unknown"}


def test_a_cache_that_does_not_answer_is_told(client: Client, settings: Any) -> None:
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    }
    response = client.get("/readyz")
    assert (response.status_code, response.json()["cache"]["status"]) == (503, "failing")


def test_a_task_that_waits_too_long_tells_that_no_worker_is_there_but_the_site_is_ready(client: Client) -> None:
    waiting_task(minutes=1)
    waiting_task(minutes=20)
    response = client.get("/readyz")
    assert response.status_code == 200
    worker = response.json()["worker"]
    assert (worker["status"], worker["waiting"]) == ("late", 2)
    assert 1190 < worker["oldest_waits_seconds"] < 1260


def test_a_task_for_later_is_not_late(client: Client) -> None:
    worker(seconds=2)
    task = waiting_task(hours=2)
    DBTaskResult.objects.filter(pk=task.pk).update(run_after=timezone.now() - timedelta(seconds=30))
    assert client.get("/readyz").json()["worker"]["status"] == "ok"


@pytest.mark.django_db(transaction=True)
def test_a_database_that_does_not_answer_is_told(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database is made to refuse every new connection, as one that is shut down does."""

    def refuse(**kwargs: object) -> None:
        raise connection.Database.OperationalError("it is shut down")

    connection.close()
    connection_created.connect(refuse)
    try:
        response = client.get("/readyz")
    finally:
        connection_created.disconnect(refuse)
        connection.close()
    facts = response.json()
    assert response.status_code == 503
    assert facts["database"] == {"status": "failing", "sentence": "The database does not answer."}
