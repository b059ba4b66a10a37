"""One bad row keeps no other from its turn, and is told all the same."""

import logging

import pytest
from django.db import connection, transaction

from accounts.models import User
from jobs.rounds import Round, RoundError
from tests.accounts.factories import PersonFactory

pytestmark = pytest.mark.django_db


def halve(number: int) -> int:
    if number % 2:
        raise ValueError(f"{number} is odd")
    return number // 2


def test_where_nothing_fails_the_sum_comes_back() -> None:
    with Round("Halving") as the_round:
        assert the_round.over([2, 4], halve) == 3


def test_all_others_have_their_turn_and_the_error_at_the_end_says_how_many_failed(
    caplog: pytest.LogCaptureFixture,
) -> None:
    seen: list[int] = []

    def look(number: int) -> int:
        seen.append(number)
        return halve(number)

    with pytest.raises(RoundError, match=r"^Halving: 2 of 4 failed\."), Round("Halving") as the_round:
        the_round.over([1, 2, 3, 4], look, name=lambda number: f"number {number}")
    assert seen == [1, 2, 3, 4]
    assert [record.getMessage() for record in caplog.records] == [
        "Halving: number 1 failed; the others go on.",
        "Halving: number 3 failed; the others go on.",
    ]
    assert [record.exc_info is not None for record in caplog.records] == [True, True]


def test_a_round_within_a_round_is_counted_by_its_rows_and_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    def inner(numbers: list[int]) -> int:
        with Round("Inner") as the_round:
            return the_round.over(numbers, halve)

    with pytest.raises(RoundError, match=r"^Outer: 1 of 4 failed\."), Round("Outer") as the_round:
        the_round.over([[1, 2], [4], [6]], inner)
    assert len(caplog.records) == 1


def test_what_a_bad_row_had_written_is_undone_and_the_others_are_kept() -> None:
    @transaction.atomic
    def invite(name: str) -> int:
        PersonFactory.create(email=f"{name}@velmaria.example")
        if name == "bad":
            with connection.cursor() as cursor:
                cursor.execute("SELECT nothing FROM nowhere")
        return 1

    with pytest.raises(RoundError), Round("Invitations") as the_round:
        the_round.over(["aino", "bad", "olga"], invite)
    kept = User.objects.filter(email__endswith="@velmaria.example").order_by("email")
    assert list(kept.values_list("email", flat=True)) == ["aino@velmaria.example", "olga@velmaria.example"]


def test_of_a_thousand_rows_that_fail_alike_the_log_tells_where_for_the_first(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR)
    with pytest.raises(RoundError), Round("Halving") as the_round:
        the_round.over([1] * 100, halve)
    assert len(caplog.records) == 100
    assert sum(bool(record.exc_info) for record in caplog.records) == 20


def test_something_worse_than_a_bad_row_is_not_hidden() -> None:
    def halve_and_stop() -> None:
        with Round("Halving") as the_round:
            the_round.over([1], halve)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        halve_and_stop()
