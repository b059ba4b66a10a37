"""Who is answerable for the site, for the rooms below the one that knows it.

The portal holds the authority's names (`portal.models.Authority`) and says so in its `AppConfig.ready` with
`provide_publisher`; letters, certificates and reports of the areas ask with `publisher()`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

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
