"""Turns the text of an environment variable into a value, or says what is wrong with it.

Each reader raises ValueError with the rest of a sentence that begins with the variable's name. No sentence repeats a
value that may be secret.
"""

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from typing import Any, Final
from urllib.parse import SplitResult, unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import dj_database_url
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

_TRUE: Final = {"1", "true", "yes", "on"}
_FALSE: Final = {"0", "false", "no", "off"}
_HOST = re.compile(r"\.?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*|\[[0-9a-f:.]+\]", re.IGNORECASE)
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_SHORTEST_SECRET: Final = 50
_FEWEST_CHARACTERS: Final = 5
_HIGHEST_PORT: Final = 65535
_DATABASE_SCHEMES: Final = ("sqlite", "postgres", "postgresql")
_REDIS_SCHEMES: Final = ("redis", "rediss", "unix")
_MAIL_SCHEMES: Final = {"smtp": "none", "smtp+starttls": "starttls", "smtps": "tls"}


def plain(text: str) -> str:
    """Return the text without the space around it."""
    return text.strip()


def one_line(limit: int) -> Callable[[str], str]:
    """Return a reader of one line of at most `limit` characters."""

    def read(text: str) -> str:
        value = text.strip()
        if "\n" in value or "\r" in value:
            raise ValueError("holds a line break; write it on one line.")
        if len(value) > limit:
            raise ValueError(f"is {len(value)} characters long; at most {limit} fit.")
        return value

    return read


def yes_or_no(text: str) -> bool:
    """Return True for yes, False for no."""
    value = text.strip().lower()
    if value in _TRUE:
        return True
    if value in _FALSE:
        return False
    raise ValueError(f"is {text!r}; write yes or no.")


def whole_number(least: int, most: int) -> Callable[[str], int]:
    """Return a reader of a whole number from `least` to `most`."""

    def read(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            raise ValueError(f"is {text!r}; write a whole number from {least} to {most}.") from None
        if not least <= value <= most:
            raise ValueError(f"is {value}; write a whole number from {least} to {most}.")
        return value

    return read


def one_of(*choices: str) -> Callable[[str], str]:
    """Return a reader of one word out of several."""

    def read(text: str) -> str:
        value = text.strip()
        for choice in choices:
            if value.lower() == choice.lower():
                return choice
        raise ValueError(f"is {text!r}; write one of: {', '.join(choices)}.")

    return read


def secret_key(text: str) -> str:
    """Return Django's secret key, which has to be long and random."""
    how = "Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
    if len(text) < _SHORTEST_SECRET:
        raise ValueError(f"is {len(text)} characters long; it needs at least {_SHORTEST_SECRET}. {how}.")
    if len(set(text)) < _FEWEST_CHARACTERS or text.startswith("django-insecure-"):
        raise ValueError(f"is not random. {how}.")
    return text


def secret_keys(text: str) -> list[str]:
    """Return keys that were in use before, parted by commas."""
    return [secret_key(key.strip()) for key in text.split(",") if key.strip()]


def record_key(text: str) -> str:
    """Return the private key that signs the record, checked."""
    from ledger.notes import InvalidNote, parse_private_key  # noqa: PLC0415 -- only who sets it waits for cryptography

    try:
        return parse_private_key(text).to_text()
    except InvalidNote as error:
        raise ValueError(f"does not hold a key of the record: {error}") from error


def host_names(text: str) -> list[str]:
    """Return the names under which the site answers."""
    names = [name.strip() for name in text.split(",") if name.strip()]
    if not names:
        raise ValueError("is empty; write the host names of the site, parted by commas.")
    for name in names:
        if name == "*":
            raise ValueError('is "*", which lets anybody borrow the name of the site; write its host names.')
        if not _HOST.fullmatch(name):
            raise ValueError(f"holds {name!r}, which is not a host name; write it without scheme, port and path.")
    return names


def base_url(text: str) -> str:
    """Return the address of the site, without a slash at the end."""
    value = text.strip().rstrip("/")
    parts = _split(value, "write an address such as https://register.example.")
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(f"is {value!r}; write an address such as https://register.example.")
    if parts.path or parts.query or parts.fragment or parts.username:
        raise ValueError(f"is {value!r}; write scheme and host only: the site lives at the root of its address.")
    return value


def data_folder(text: str) -> Path:
    """Return the folder for everything that is kept, made if it is not there yet."""
    path = Path(text.strip()).expanduser().resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
        probe = path / f".writable-{id(text)}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise ValueError(f"names {path}, where nothing can be written ({error.strerror}).") from error
    return path


def folder(text: str) -> Path:
    """Return the path of a folder that need not be there yet."""
    return Path(text.strip()).expanduser().resolve()


def time_zone(text: str) -> str:
    """Return the name of a time zone that the machine knows."""
    name = text.strip()
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"is {name!r}, which is no known time zone; write one such as Europe/Helsinki.") from None
    return name


def database(text: str) -> dict[str, Any]:
    """Return Django's settings of the database at an address."""
    how = "write sqlite:///path/to/file or postgres://user:password@host:5432/name."
    parts = _split(text.strip(), how)
    if parts.scheme not in _DATABASE_SCHEMES:
        raise ValueError(f"begins with {parts.scheme + '://'!r}; SQLite and PostgreSQL are supported: {how}")
    try:
        config: dict[str, Any] = dict(dj_database_url.parse(text.strip(), conn_max_age=600, conn_health_checks=True))
    except ValueError:
        raise ValueError(
            f"cannot be read as an address; {how} Special characters in a password are %-quoted."
        ) from None
    if parts.scheme != "sqlite" and not config["NAME"]:
        raise ValueError(f"names no database; {how}")
    return config


def redis_address(text: str) -> str:
    """Return the address of a Redis server."""
    value = text.strip()
    how = "write redis://host:6379/0, rediss://… for TLS, or unix:///path/to/socket."
    parts = _split(value, how)
    if parts.scheme not in _REDIS_SCHEMES or not (parts.hostname or parts.scheme == "unix"):
        raise ValueError(f"cannot be read as an address; {how}")
    return value


def scanner_address(text: str) -> str:
    """Return the address of a ClamAV daemon."""
    value = text.strip()
    how = "write tcp://host:3310 or unix:///path/to/clamd.sock."
    parts = _split(value, how)
    if not (parts.scheme == "tcp" and parts.hostname) and not (parts.scheme == "unix" and parts.path):
        raise ValueError(f"cannot be read as an address; {how}")
    return value


def mail_address(text: str) -> str:
    """Return a sender, as `name@host` or `Name <name@host>`."""
    value = one_line(250)(text)
    try:
        validate_email(parseaddr(value)[1])
    except ValidationError:
        raise ValueError(
            f"is {value!r}; write an address such as register@authority.example, or Name <address>."
        ) from None
    return value


@dataclass(frozen=True)
class Mail:
    """How mail leaves: a server, or the console; `security` is none, starttls or tls."""

    host: str = ""
    chosen_port: int | None = None
    user: str = ""
    password: str = ""
    security: str = "none"
    to_console: bool = False

    @property
    def backend(self) -> str:
        """Return Django's name for it."""
        return f"django.core.mail.backends.{'console' if self.to_console else 'smtp'}.EmailBackend"

    @property
    def port(self) -> int:
        """Return the port, the customary one where none was chosen."""
        return self.chosen_port or {"none": 25, "starttls": 587, "tls": 465}[self.security]


def mail_url(text: str) -> Mail:
    """Return the mail server at an address."""
    how = "write smtp+starttls://user:password@host:587, smtps://… for TLS, smtp://… for none, or console:."
    parts = _split(text.strip(), how)
    if parts.scheme == "console":
        return Mail(to_console=True)
    if parts.scheme not in _MAIL_SCHEMES:
        raise ValueError(f"begins with {parts.scheme + ':'!r}; {how}")
    if not parts.hostname:
        raise ValueError(f"names no host; {how}")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Mail(parts.hostname, parts.port, user, password, _MAIL_SCHEMES[parts.scheme])


def proxy_header(text: str) -> tuple[str, str]:
    """Return the header by which a trusted proxy says that the visitor came by https, and its value."""
    value = text.strip()
    header, _, said = value.partition(":")
    if not _HEADER.fullmatch(header.strip()) or not said.strip():
        raise ValueError(f"is {value!r}; write header and value, such as X-Forwarded-Proto:https.")
    return f"HTTP_{header.strip().upper().replace('-', '_')}", said.strip()


def log_level(text: str) -> str:
    """Return the name of a log level."""
    value = text.strip().upper()
    if value not in logging.getLevelNamesMapping():
        raise ValueError(f"is {text!r}; write DEBUG, INFO, WARNING or ERROR.")
    return value


def port(text: str) -> int:
    """Return a port number."""
    return whole_number(1, _HIGHEST_PORT)(text)


def _split(value: str, how: str) -> SplitResult:
    try:
        parts = urlsplit(value)
        _ = parts.port  # a port that is no number shows itself only when it is asked for
    except ValueError:
        raise ValueError(f"cannot be read as an address; {how}") from None
    return parts
