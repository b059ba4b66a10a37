"""Who lives is told by beats, not by a clock."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from jobs.database_queue import take_next
from jobs.models import Worker
from jobs.workers import (
    BEATS_UNTIL_DEAD,
    Keeper,
    Watch,
    beat,
    current_worker,
    discharge_worker,
    enlist_worker,
    is_gone,
)
from tests.jobs.chores import add

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("queue")]


@pytest.fixture
def watching() -> Watch:
    return Watch(enlist_worker())


def look(watch: Watch, times: int) -> list[str]:
    return [name for _time in range(times) for name in watch.look()]


def test_a_worker_that_is_silent_while_another_beats_is_found_dead_and_its_task_runs_again(watching: Watch) -> None:
    dead = enlist_worker()
    add.enqueue(2, 3)
    take_next(dead.name)
    assert look(watching, BEATS_UNTIL_DEAD) == []
    assert look(watching, 1) == [dead.name]
    assert DBTaskResult.objects.get().status == TaskResultStatus.READY
    assert is_gone(dead.name)


def test_a_worker_that_beats_is_never_found_dead(watching: Watch) -> None:
    living = enlist_worker()
    for _time in range(3 * BEATS_UNTIL_DEAD):
        assert watching.look() == []
        assert beat(living)


def test_a_clock_that_jumps_an_hour_kills_nobody(watching: Watch) -> None:
    """All instants of the other lie an hour back, as they do when the clock has jumped ahead."""
    living = enlist_worker()
    an_hour_ago = timezone.now() - timedelta(hours=1)
    for _time in range(3 * BEATS_UNTIL_DEAD):
        beat(living)
        Worker.objects.filter(pk=living.pk).update(seen_at=an_hour_ago, started_at=an_hour_ago)
        assert watching.look() == []


def test_a_task_of_somebody_who_is_on_no_list_is_taken_back_too(watching: Watch) -> None:
    add.enqueue(2, 3)
    take_next("before the list was kept")
    assert look(watching, BEATS_UNTIL_DEAD + 1) == ["before the list was kept"]
    assert DBTaskResult.objects.get().status == TaskResultStatus.READY


def test_ones_own_tasks_are_never_taken_back_by_oneself(watching: Watch) -> None:
    add.enqueue(2, 3)
    take_next(watching.worker.name)
    assert look(watching, 3 * BEATS_UNTIL_DEAD) == []


def test_of_two_who_watch_only_one_finds_somebody_dead(watching: Watch) -> None:
    other = Watch(enlist_worker())
    dead = enlist_worker()
    found = []
    for _time in range(BEATS_UNTIL_DEAD + 1):
        beat(watching.worker)
        beat(other.worker)
        found += watching.look() + other.look()
    assert found == [dead.name]


def test_a_worker_that_was_only_held_up_ends_with_its_next_beat(watching: Watch) -> None:
    held_up = enlist_worker()
    ended: list[str] = []
    keeper = Keeper(held_up, on_found_dead=lambda: ended.append(held_up.name))
    look(watching, BEATS_UNTIL_DEAD + 1)
    keeper.beat_once()
    assert ended == [held_up.name]


def test_a_process_knows_which_worker_it_is_and_a_web_process_that_it_is_none() -> None:
    worker = enlist_worker()
    assert current_worker() == worker.name
    discharge_worker(worker)
    assert current_worker() != worker.name
    assert is_gone(worker.name)
