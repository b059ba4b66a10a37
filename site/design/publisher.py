"""Who is answerable for the site, for the rooms below the one that knows it.

The portal holds the authority's names (`portal.models.Authority`) and says so in its `AppConfig.ready` with
`provide_publisher`; letters, certificates and reports of the areas ask with `publisher()`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import parseaddr
from typing import Final

from django.conf import settings

from design.languages import current_code
from design.texts import Texts


@dataclass(frozen=True)
class Publisher:
    """The names of the site, the authority and the Party, in three languages; empty where nobody has filled them in."""

    site_name: Texts = field(default_factory=Texts)
    name: Texts = field(default_factory=Texts)
    party: Texts = field(default_factory=Texts)
    email: str = ""


_providers: Final[list[Callable[[], Publisher]]] = []


def provide_publisher(provider: Callable[[], Publisher]) -> None:
    """Say who knows it; the last to say so is asked."""
    _providers[:] = [provider]


def publisher() -> Publisher:
    """Return who is answerable for the site."""
    return _providers[0]() if _providers else Publisher()


def site_name() -> str:
    """Return what the site calls itself in the language of the page; the project's name where nobody has said."""
    names = publisher().site_name
    return names.by_code[current_code()] or names.en or settings.WAGTAIL_SITE_NAME


def mail_sender(language: str) -> str:
    """Return from whom a letter in a language comes: the authority's name in it, at the address of the settings.

    Where the authority has no name yet, the sender of the settings stands as it is.
    """
    names = publisher().name
    name = names.by_code.get(language) or names.en
    _configured, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    if not (name and address):
        return settings.DEFAULT_FROM_EMAIL
    quoted = name.replace("\\", "").replace('"', "'")
    return f'"{quoted}" <{address}>'
