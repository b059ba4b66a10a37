"""The request desk and the disclosure log with 100,000 requests, against the same pages with ten."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Final

from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from harness import Row, best_of

from accounts.domain import ensure_roles
from accounts.models import User
from accounts.roles import Role
from design.freshness import bump_generation
from inforequests.deadlines import PROTOCOL_CODE, PROTOCOL_RULE, due, local_date
from inforequests.enums import AnswerPrivacy, ClockKind, Disposition, MessageKind, Stage
from inforequests.models import (
    Clock,
    DeadlineRule,
    Decision,
    Disclosure,
    InformationRequest,
    ItemAnswer,
    RequestItem,
    Submission,
)

FEW: Final = 10
MANY: Final = 100_000
OPEN_IN_A_HUNDRED: Final = 2
BATCH: Final = 2_000
TIMES: Final = 9
NOW: Final = datetime.now(UTC)
_WORDS: Final = ("mercury", "nitrogen", "benzene", "a river", "a landfill", "a smelter", "waste water", "ammonia")


def fill(first: int, count: int, *, is_open: Callable[[int], bool]) -> None:
    """Stores requests with everything that belongs to them, numbered from `first`: as the site would, but in bulk."""
    rule = DeadlineRule.objects.get(code=PROTOCOL_CODE)
    for start in range(first, first + count, BATCH):
        numbers = range(start, min(start + BATCH, first + count))
        with transaction.atomic():
            _store([number for number in numbers if is_open(number)], rule, is_open=True)
            _store([number for number in numbers if not is_open(number)], rule, is_open=False)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _asked(number: int, *, is_open: bool) -> datetime:
    """When a request was asked: the open ones in the last five weeks, oldest first; the others in the years before."""
    return (
        NOW - timedelta(minutes=7 * (7_000 - number % 7_000))
        if is_open
        else NOW - timedelta(days=60, minutes=17 * number)
    )


def _store(numbers: list[int], rule: DeadlineRule, *, is_open: bool) -> None:
    requests = InformationRequest.objects.bulk_create(
        InformationRequest(
            tracking_number=_number(number),
            language="en",
            privacy=AnswerPrivacy.PUBLIC,
            stage=Stage.IN_HAND if is_open else Stage.SENT,
            submitted_at=_asked(number, is_open=is_open),
            sent_at=None if is_open else _asked(number, is_open=False) + timedelta(days=9),
        )
        for number in numbers
    )
    clocks = Clock.objects.bulk_create(_clock(request, rule) for request in requests)
    Submission.objects.bulk_create(
        Submission(
            request=request,
            text=_question(request),
            kind=MessageKind.WEB,
            submitted_at=request.submitted_at,
            received_at=request.submitted_at,
            zone="UTC",
        )
        for request in requests
    )
    items = RequestItem.objects.bulk_create(
        RequestItem(
            request=request,
            number=1,
            text=_question(request),
            added_at=request.submitted_at,
            clock=clock,
            disposition=Disposition.UNDECIDED if is_open else Disposition.PROVIDED,
            answered_at=request.sent_at,
        )
        for request, clock in zip(requests, clocks, strict=True)
    )
    if not is_open:
        _answer(requests, items)


def _number(number: int) -> str:
    """A tracking number as an address takes it; its last character checks nothing."""
    return f"R-{number // 10_000:04d}-{number % 10_000:04d}-0"


def _clock(request: InformationRequest, rule: DeadlineRule) -> Clock:
    result = due(PROTOCOL_RULE, local_date(request.submitted_at))
    return Clock(
        request=request,
        kind=ClockKind.ANSWER,
        rule=rule,
        anchor=local_date(request.submitted_at),
        last_day=result.last_day,
        explanation=[line.as_json() for line in result.explanation],
        started_at=request.submitted_at,
        met_on=local_date(request.sent_at) if request.sent_at else None,
    )


def _question(request: InformationRequest) -> str:
    number = int(request.tracking_number[2:11].replace("-", ""))
    return f"How much {_WORDS[number % len(_WORDS)]} was reported near place {number % 977} in the year before?"


def _sent(request: InformationRequest) -> datetime:
    """When an answered request was answered."""
    return request.sent_at or request.submitted_at


def _answer(requests: list[InformationRequest], items: list[RequestItem]) -> None:
    decisions = Decision.objects.bulk_create(
        Decision(request=request, number=1, language="en", ready_at=_sent(request), sent_at=_sent(request))
        for request in requests
    )
    ItemAnswer.objects.bulk_create(
        ItemAnswer(
            item=item,
            disposition=Disposition.PROVIDED,
            text="It was 12.5 kg.",
            language="en",
            drafted_at=decision.ready_at,
            decision=decision,
        )
        for item, decision in zip(items, decisions, strict=True)
    )
    Disclosure.objects.bulk_create(
        Disclosure(
            request=request,
            title_en=_question(request)[:100],
            words=f"{_question(request)}\nIt was 12.5 kg.",
            published_at=_sent(request),
        )
        for request in requests
    )


def _browser() -> Client:
    return Client(SERVER_NAME="localhost")


def official() -> Client:
    """A browser in which a case officer has signed in."""
    ensure_roles()
    person, _made = User.objects.get_or_create(email="officer@example.org", defaults={"is_active": True})
    person.groups.set(person.groups.model.objects.filter(name=Role.CASE_OFFICER.value))
    client = _browser()
    client.force_login(person)
    return client


PAGES: Final = {
    "request desk: what is open, due first": ("/admin/requests/", True),
    "request desk: not answered in time": ("/admin/requests/?due=ignored", True),
    "disclosure log": ("/en/requests/log/", False),
}


def times(client: Client) -> dict[str, float]:
    """How long each page takes, made anew each time."""
    found = {}
    for name, (path, signed_in) in PAGES.items():
        visit = _visit(client if signed_in else _browser(), path)
        visit()
        found[name] = best_of(TIMES, visit)
    return found


def _visit(client: Client, path: str) -> Callable[[], None]:
    def visit() -> None:
        bump_generation()
        answer = client.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answered {answer.status_code}")

    return visit


def measure() -> list[Row]:
    """Each page with ten requests and with a hundred thousand."""
    call_command("migrate", verbosity=0, stdout=StringIO())
    # Ten that each page shows: half of them on the desk, half of them in the log, as many again of the other kind.
    fill(0, 2 * FEW, is_open=lambda number: number % 2 == 0)
    client = official()
    few = times(client)
    fill(2 * FEW, MANY - 2 * FEW, is_open=lambda number: number % 100 < OPEN_IN_A_HUNDRED)
    many = times(client)
    count = InformationRequest.objects.count()
    note = f"{count:,} requests, {InformationRequest.objects.open().count():,} of them open"
    return [
        Row(name, "ms", many[name] * 1000, few[name] * 1000, f"with {FEW}", at_most=1.5, note=note) for name in PAGES
    ]
