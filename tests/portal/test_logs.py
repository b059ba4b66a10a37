"""Logs are for machines to read, and hold nothing that belongs to people."""

import json
import logging
import sys

import pytest
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory
from django.urls import resolve

from portal.logs import JsonFormatter, TextFormatter, configuration, redact, route_of

pytestmark = pytest.mark.any_database


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Mail to jo.smith+x@mail.example.org failed.", "Mail to [address] failed."),
        ("Not Found: /en/search/?q=my+name", "Not Found: /en/search/?[…]"),
        ("/accounts/password/reset/key/1-cfk3ab-9f8e7d6c5b4a39281/", "/accounts/password/reset/key/[…]/"),
        ("session 8x7kq2m4xd9p3r5t", "session […]"),
        ("C-7KQ2-M4XD-9 was opened", "[number] was opened"),
        ("postgres://user:p@ss@db:5432/register", "postgres://[…]@db:5432/register"),
        ("could not connect to redis://:hunter2@cache:6379/0", "could not connect to redis://[…]@cache:6379/0"),
        ("Key (email)=(a@b.example) already exists.", "Key (email)=([address]) already exists."),
        ("Does this stay? Yes.", "Does this stay? Yes."),
        ("/en/register/pollutants/mercury-and-compounds/", "/en/register/pollutants/mercury-and-compounds/"),
        ("django.core.exceptions.ImproperlyConfigured", "django.core.exceptions.ImproperlyConfigured"),
    ],
)
def test_what_belongs_to_people_is_left_out(written: str, kept: str) -> None:
    assert redact(written) == kept


def record(message: str, *arguments: object, **extra: object) -> logging.LogRecord:
    made = logging.LogRecord("django.request", logging.ERROR, "x.py", 1, message, arguments, None)
    made.__dict__.update(extra)
    return made


def test_a_line_is_one_json_object() -> None:
    line = JsonFormatter().format(record("Mail to %s\nfailed.", "a@b.example", status_code=500))
    assert "\n" not in line
    entry = json.loads(line)
    assert {**entry, "time": ""} == {
        "time": "",
        "level": "ERROR",
        "logger": "django.request",
        "message": "Mail to [address]\nfailed.",
        "status": 500,
    }
    assert entry["time"].endswith("+00:00")


def test_a_request_is_logged_by_the_pattern_of_its_address() -> None:
    request = RequestFactory().get("/accounts/2fa/webauthn/keys/7/edit/?secret=1")
    request.resolver_match = resolve("/accounts/2fa/webauthn/keys/7/edit/")
    entry = json.loads(JsonFormatter().format(record("Not Found", request=request)))
    assert (entry["method"], entry["route"]) == ("GET", "/accounts/2fa/webauthn/keys/<int:pk>/edit/")


def test_an_address_that_matched_nothing_is_redacted() -> None:
    assert route_of(RequestFactory().get("/x/jo@example.org/")) == "/x/[address]/"


def test_a_traceback_is_logged_without_what_belongs_to_people() -> None:
    try:
        raise ValueError("Key (email)=(a@b.example) already exists.")
    except ValueError:
        failed = record("It failed.")
        failed.exc_info = sys.exc_info()
    for formatter in (JsonFormatter(), TextFormatter("%(message)s")):
        text = formatter.format(failed)
        assert "ValueError" in text
        assert "a@b.example" not in text


def test_who_was_refused_needs_no_traceback() -> None:
    try:
        raise PermissionDenied
    except PermissionDenied:
        refused = record("Forbidden", status_code=403)
        refused.exc_info = sys.exc_info()
    assert TextFormatter("%(message)s").format(refused) == "Forbidden"
    assert "traceback" not in json.loads(JsonFormatter().format(refused))


def test_everything_goes_to_stderr_and_nobody_is_mailed_settings_and_data() -> None:
    made = configuration(level="INFO", form="json")
    assert list(made["handlers"]) == ["stderr"]
    assert made["handlers"]["stderr"]["class"] == "logging.StreamHandler"
    assert {name: logger.get("handlers") for name, logger in made["loggers"].items() if "handlers" in logger} == {
        "django": [],
        "django.server": [],
    }
