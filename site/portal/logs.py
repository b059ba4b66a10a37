"""Logs go to stderr, one JSON object a line, without what belongs to people: addresses, secrets, query strings."""

import json
import logging
import re
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest

_ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(\.[\w-]+)+")
_QUERY = re.compile(r"(?<=[\w/])\?[^\s'\"]+")
# A word of 16 and more letters, digits, - and _ with a digit in it: a key in a link, a session, a tracking secret.
_SECRET = re.compile(r"(?<![\w-])(?=[\w-]*\d)[A-Za-z0-9_-]{16,}(?![\w-])")
# A tracking number opens somebody's submission together with a secret: it is nobody's business in a log either.
_TRACKING = re.compile(r"\b[A-Z]-[0-9A-Z]{4}(-[0-9A-Z]{1,4}){1,3}\b")
# Passwords in the address of a server, as drivers repeat it in their errors.
_CREDENTIALS = re.compile(r"(?<=://)[^\s/]+@")


def redact(text: str) -> str:
    """Return the text without addresses of people, query strings, keys, tracking numbers and passwords."""
    text = _CREDENTIALS.sub("[…]@", text)
    text = _QUERY.sub("?[…]", text)
    text = _ADDRESS.sub("[address]", text)
    text = _TRACKING.sub("[number]", text)
    return _SECRET.sub("[…]", text)


def route_of(request: HttpRequest) -> str:
    """Return the pattern that the address matched, which holds no value; the redacted path where none did."""
    match = getattr(request, "resolver_match", None)
    if match is not None and match.route:
        return f"/{match.route}"
    return redact(request.path)


def is_fault(record: logging.LogRecord) -> bool:
    """Return whether a traceback helps: not where somebody was refused, only where something failed."""
    return bool(getattr(record, "status_code", HTTPStatus.INTERNAL_SERVER_ERROR) >= HTTPStatus.INTERNAL_SERVER_ERROR)


class TextFormatter(logging.Formatter):
    """One readable line, with the traceback of a fault below it."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record without what belongs to people."""
        if not is_fault(record):
            record = logging.makeLogRecord(record.__dict__ | {"exc_info": None, "exc_text": None})
        return redact(super().format(record))


class JsonFormatter(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record without what belongs to people."""
        entry: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": redact(record.getMessage()),
        }
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest):
            entry["method"] = request.method
            entry["route"] = route_of(request)
        status = getattr(record, "status_code", None)
        if status is not None:
            entry["status"] = status
        if record.exc_info and is_fault(record):
            entry["traceback"] = redact(self.formatException(record.exc_info))
        return json.dumps(entry, ensure_ascii=False)


_LINE: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def configuration(*, level: str, form: str) -> dict[str, Any]:
    """Return Django's LOGGING: everything to stderr, from `level` up, as `json` or `text`."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {"()": "portal.logs.JsonFormatter"},
            "text": {"()": "portal.logs.TextFormatter", "format": _LINE},
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": form}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Django's own set-up mails errors to administrators, with all settings and data in them: not here.
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.server": {"handlers": [], "level": level, "propagate": True},
            # Whoever scans the internet asks for names that are not ours; the answer is 400 and worth no traceback.
            "django.security.DisallowedHost": {"level": "CRITICAL"},
            "fontTools": {"level": "WARNING"},
            "matplotlib": {"level": "WARNING"},
            # What it warns of is quoted from the file of a stranger; that the file is damaged, the stranger is told.
            "pypdf": {"level": "CRITICAL"},
        },
    }
