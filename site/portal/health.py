"""For machines that watch the site: is the process alive (/healthz), and can it serve people (/readyz)?"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from django.core.cache import cache
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from redis.exceptions import RedisError

from jobs.models import Worker
from jobs.queue import queue_in_use

_LATE: Final = timedelta(minutes=5)  # a task that waits longer than this waits for a worker that is not there
_SILENT: Final = timedelta(minutes=1)  # a worker beats every few seconds
_PROBE: Final = "health"
_migrated = False  # once applied, migrations stay applied for the life of a process


class HealthMiddleware:
    """Answers both addresses before anything asks for the host name, https or a session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a watching machine, or pass the request on."""
        if request.path_info == "/healthz":
            return healthz(request)
        if request.path_info == "/readyz":
            return readyz(request)
        return self.get_response(request)


def healthz(request: HttpRequest) -> HttpResponse:
    """Answer that the process is alive; touches neither database nor cache."""
    return _answer({"status": "alive"}, 200)


def readyz(request: HttpRequest) -> HttpResponse:
    """Answer 200 if people can be served, 503 if not: database, migrations and cache; tells how the worker does.

    A worker that is late does not make the web process unready: pages are served without it.
    """
    parts = {"database": _database(), "migrations": _migrations(), "cache": _cache()}
    ready = all(part["status"] == "ok" for part in parts.values())
    parts["worker"] = _worker() if parts["migrations"]["status"] == "ok" else {"status": "unknown"}
    return _answer({"status": "ready" if ready else "not ready", **parts}, 200 if ready else 503)


def _answer(facts: dict[str, Any], status: int) -> HttpResponse:
    return JsonResponse(facts, status=status, headers={"Cache-Control": "no-store"})


def _database() -> dict[str, Any]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return {"status": "failing", "sentence": "The database does not answer."}
    return {"status": "ok"}


def _migrations() -> dict[str, Any]:
    global _migrated  # noqa: PLW0603 -- reading the plan costs half a second, and a machine asks every few seconds
    if _migrated:
        return {"status": "ok"}
    try:
        executor = MigrationExecutor(connection)
        waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except Error:
        return {"status": "failing", "sentence": "The database does not say which migrations it has."}
    if waiting:
        return {"status": "failing", "sentence": f"{waiting} migrations are not applied; run manage.py migrate."}
    _migrated = True
    return {"status": "ok"}


def _cache() -> dict[str, Any]:
    try:
        cache.set(_PROBE, 1, 10)
        answered = cache.get(_PROBE) == 1
    except (RedisError, OSError):
        answered = False
    return {"status": "ok"} if answered else {"status": "failing", "sentence": "The cache does not answer."}


def _worker() -> dict[str, Any]:
    """Tell how many tasks wait, how long the oldest has, and when a worker was last seen.

    Late is a worker that does not keep up, absent one that has given no sign for a minute.
    """
    now = timezone.now()
    try:
        backlog = queue_in_use().backlog(now)
    except RedisError:
        return {"status": "unknown", "sentence": "The queue in Redis does not answer."}
    waits = timedelta() if backlog.oldest_since is None else now - backlog.oldest_since
    seen = Worker.objects.alive().order_by("-seen_at").values_list("seen_at", flat=True).first()
    is_absent = seen is None or now - seen > _SILENT
    return {
        "status": "late" if waits > _LATE else "absent" if is_absent else "ok",
        "waiting": backlog.count,
        "oldest_waits_seconds": round(waits.total_seconds()),
        "seen_seconds_ago": None if seen is None else max(round((now - seen).total_seconds()), 0),
    }
