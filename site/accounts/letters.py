"""The letters of the sign-in pages: what they are, and who sends them.

This room knows no outbox: a room above it registers itself as the post office (`send_through`), as `notices` does.
Where none has, as on a site without it, letters are sent at once by the page itself (`adapter.py`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Protocol

from allauth.account import app_settings
from allauth.account.internal.flows.email_verification_by_code import EMAIL_VERIFICATION_CODE_SESSION_KEY
from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.account.stages import LoginByCodeStage
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.crypto import get_random_string, salted_hmac

from design.languages import current_code

# What answers somebody who is not signed in is treated alike, with a code or without: nobody can tell by it whether
# there is an account.
_ANSWERS_TO_STRANGERS: Final = frozenset({"unknown_account", "account_already_exists"})
_CODE_INSTEAD: Final = frozenset({"resend", "change"})  # what is asked for on the page of a code: another code
SIGN_IN: Final = "sign-in"  # with which the subject of every letter of these pages begins
_LAST: Final = "sign_in_letter"  # where the session remembers its letter
_FOOT: Final = "\n\n--\n"
_BLANK_LINES: Final = re.compile(r"\n\s*\n(?=\S| {4}\S)")
_INDENT: Final = "    "


@dataclass(frozen=True)
class Reference:
    """By which a letter is found again: it holds neither an address nor a secret.

    `about` is the same for two letters that one form has caused, sent twice by a double click; `reason` is each
    letter's own.
    """

    about: str
    reason: str


@dataclass(frozen=True)
class Letter:
    """A letter as the sign-in library has written it.

    One with a code, or any other answer to somebody at the page, `expires_at` an instant; it takes the place of one
    that was asked for earlier in the same session (`instead_of`).
    """

    reference: Reference
    kind: str
    to: str
    language: str
    subject: str
    text: str
    html: str
    expires_at: datetime | None = None
    instead_of: Reference | None = None


@dataclass(frozen=True)
class News:
    """How far a letter has got, in a sentence that is the same whether there is an account or not.

    `is_final` means that it says the same tomorrow.
    """

    sentence: str
    is_bad: bool = False
    is_final: bool = False


class PostOffice(Protocol):
    """Who takes letters, and says how far one has got."""

    def post(self, letter: Letter) -> None:
        """Take a letter, in the transaction of the act that it reports."""

    def news_of(self, reference: Reference) -> News | None:
        """Return how far a letter has got; None where there is none."""


_offices: Final[list[PostOffice]] = []


def send_through(office: PostOffice) -> None:
    """Let letters go through a post office; the last to say so counts."""
    _offices[:] = [office]


def post_office() -> PostOffice | None:
    """Return through whom letters go; None where nobody has said so."""
    return _offices[0] if _offices else None


def address_letter(
    kind: str, to: str, *, subject: str, text: str, context: Mapping[str, Any], request: HttpRequest | None
) -> Letter:
    """Return what was written as a letter: with its markup, its reference, and until when it is of use."""
    name = kind.rpartition("/")[2]
    expires_at = None
    if "code" in context or name in _ANSWERS_TO_STRANGERS:
        expires_at = _asked_at(request, name) + _holds(name)
    return Letter(
        reference=Reference(_about(request, name), f"{name[:40]}:{get_random_string(12)}"),
        kind=kind,
        to=to,
        language=current_code(),
        subject=subject,
        text=text.strip() + "\n",
        html=_marked_up(subject, text),
        expires_at=expires_at,
        instead_of=_letter_of(request) if expires_at else None,
    )


def remember_letter(request: HttpRequest | None, letter: Letter) -> None:
    """Let the session know its newest letter with a code, or with another answer to somebody at the page."""
    if request is not None and letter.expires_at is not None:
        request.session[_LAST] = [letter.reference.about, letter.reference.reason]


def news_for(request: HttpRequest) -> News | None:
    """Return how far the session's own letter has got, for the page on which its code is typed.

    Nothing once a code was asked for again: to an address without an account none is sent again, and nobody may tell by
    the page whether there is one.
    """
    office, reference = post_office(), _letter_of(request)
    asked_again = any(state.get("resend_count") for state in (_sign_in_state(request), _address_state(request)))
    return office.news_of(reference) if office and reference and not asked_again else None


def _letter_of(request: HttpRequest | None) -> Reference | None:
    known = request.session.get(_LAST) if request is not None else None
    return Reference(*known) if known else None


def _sign_in_state(request: HttpRequest) -> Mapping[str, Any]:
    """Return what the library remembers of a sign-in by code that has begun."""
    login = request.session.get(LOGIN_SESSION_KEY) or {}
    state: Mapping[str, Any] = login.get("state", {}).get("stages", {}).get(LoginByCodeStage.key, {}).get("data", {})
    return state


def _address_state(request: HttpRequest) -> Mapping[str, Any]:
    """Return the same of an address that is to be confirmed."""
    return request.session.get(EMAIL_VERIFICATION_CODE_SESSION_KEY) or {}


def _about(request: HttpRequest | None, name: str) -> str:
    """Return what the letter is about: the form that has caused it, so that a double click is known as one act."""
    form = request.POST.get("csrfmiddlewaretoken", "") if request is not None else ""
    mark = salted_hmac("accounts.letters", f"{name}:{form}").hexdigest()[:16] if form else get_random_string(16)
    return f"{SIGN_IN}:{mark}"


def _holds(name: str) -> timedelta:
    """Return how long a code holds."""
    seconds = {
        "login_code": app_settings.LOGIN_BY_CODE_TIMEOUT,
        "password_reset_code": app_settings.PASSWORD_RESET_BY_CODE_TIMEOUT,
    }
    return timedelta(seconds=seconds.get(name, app_settings.EMAIL_VERIFICATION_BY_CODE_TIMEOUT))


def _asked_at(request: HttpRequest | None, name: str) -> datetime:
    """Return when the code was asked for: the first one, where this one stands in for it, for it holds no longer."""
    if request is not None and request.POST.get("action") in _CODE_INSTEAD:
        state = _sign_in_state(request) if name == "login_code" else _address_state(request)
        if state.get("at"):
            return datetime.fromtimestamp(state["at"], tz=UTC)
    return timezone.now()


def _marked_up(subject: str, text: str) -> str:
    """Return a letter in plain text with markup: paragraphs, links, and the code so that the eye falls on it."""
    words, _line, foot = text.strip().partition(_FOOT)
    parts = [{"words": part.strip(), "is_code": part.startswith(_INDENT)} for part in _BLANK_LINES.split(words)]
    values = {"language": current_code(), "subject": subject, "parts": parts, "foot": foot.strip()}
    return render_to_string("account/email/letter.html", values)
