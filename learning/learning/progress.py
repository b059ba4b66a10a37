"""How far a reader has got: what a signed cookie of this browser remembers, and what the record of an account holds.

Nothing is remembered before the reader marks a unit as read or answers an exercise rightly. The cookie names no person;
it holds short marks of the units and exercises that are done. Whoever signs in can add it to the account.
"""

import base64
import hashlib
from collections.abc import Iterable
from typing import Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control, patch_vary_headers

from learning.enums import Verb
from learning.folds import Fact, ProgrammeRule, Progress, progress
from learning.models import LearningRecord, Programme
from learning.rules import rules_of

COOKIE: Final = "learning"
LIFETIME_SECONDS: Final = 180 * 24 * 60 * 60
_SALT: Final = "learning.progress"
_MOST: Final = 300  # marks; a browser keeps 4 KB of a cookie
_MARKED: Final = {"unit": Verb.COMPLETED, "item": Verb.PASSED}


def has_progress(request: HttpRequest) -> bool:
    """Return whether the page may show a reader's own progress: then it is theirs alone."""
    return COOKIE in request.COOKIES or settings.SESSION_COOKIE_NAME in request.COOKIES


def keep_private(response: HttpResponseBase) -> None:
    """Let nobody keep a page that shows somebody's progress for somebody else."""
    patch_vary_headers(response, ["Cookie"])
    patch_cache_control(response, private=True, max_age=0)


def is_signed_in(request: HttpRequest) -> bool:
    """Return whether somebody is signed in; asks for the session only where there is one."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated


def progress_in(request: HttpRequest, programmes: Iterable[Programme]) -> dict[int, Progress]:
    """Return how far the reader has got in programmes (fetched `with_structure`), by their primary keys."""
    listed = list(programmes)
    rules = rules_of(listed)
    facts = stored_facts(request, listed)
    return {
        programme.pk: progress(
            rules[programme.pk], [*facts.get(programme.pk, []), *remembered_facts(request, rules[programme.pk])]
        )
        for programme in listed
    }


def stored_facts(request: HttpRequest, programmes: list[Programme]) -> dict[int, list[Fact]]:
    """Return what the account's record holds about programmes; one query where somebody is signed in."""
    found: dict[int, list[Fact]] = {}
    if is_signed_in(request):
        records = LearningRecord.objects.filter(
            registration__user=request.user.pk, registration__programme__in=programmes
        )
        for record in records.select_related("registration"):
            found.setdefault(record.registration.programme_id, []).append(fact_of(record))
    return found


def fact_of(record: LearningRecord) -> Fact:
    """Return a line of the record as the folds take it."""
    return Fact(record.object_key, record.verb, record.at, record.attempt, record.result)


def remembered_facts(request: HttpRequest, rule: ProgrammeRule) -> list[Fact]:
    """Return what this browser remembers about a programme."""
    marks = _marks(request)
    if not marks:
        return []
    keys = [key for unit in rule.units for key in (unit.key, *unit.items)]
    return [Fact(key, _verb(key)) for key in keys if _mark(key) in marks]


def remember(request: HttpRequest, response: HttpResponseBase, key: str) -> None:
    """Let this browser remember that a unit was read, or an exercise answered rightly; twice is once."""
    marks = [*(mark for mark in _marks(request) if mark != _mark(key)), _mark(key)]
    response.set_cookie(
        COOKIE,
        signing.dumps("".join(marks[-_MOST:]), salt=_SALT),
        max_age=LIFETIME_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget(response: HttpResponseBase) -> None:
    """Let this browser forget everything about learning."""
    response.delete_cookie(COOKIE, samesite="Lax")


def _verb(key: str) -> Verb:
    return _MARKED[key.partition(":")[0]]


def _marks(request: HttpRequest) -> list[str]:
    """Return the marks in the cookie, oldest first; none where it is missing, too old or not ours."""
    held = request.COOKIES.get(COOKIE)
    if not held:
        return []
    try:
        text = signing.loads(held, salt=_SALT, max_age=LIFETIME_SECONDS)
    except signing.BadSignature:
        return []
    text = str(text)
    return [text[start : start + _WIDTH] for start in range(0, len(text), _WIDTH)]


_WIDTH: Final = 8


def _mark(key: str) -> str:
    """Return eight characters for a key: enough for thousands of units, and short in a cookie."""
    return base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest()[:6]).decode()
