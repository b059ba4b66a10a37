"""How the tests of what is kept ask for a page."""

from collections.abc import Callable
from typing import Any

Get = Callable[..., Any]


def is_kept(get: Get, path: str, **more: Any) -> bool:
    """Whether the second answer is the first again."""
    return bool(get(path, **more).content == get(path, **more).content)
