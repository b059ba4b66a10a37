"""What the platform has loaded into a page or a row, and what somebody has changed there since.

Texts that come with the platform arrive anew with each update, but an editor's words are never overwritten. So whoever
holds such texts keeps a fingerprint of each as it was loaded, in a JSON field `loaded`.
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

# The editor of the administration names each paragraph anew: that is no change of the text.
_BLOCK_KEYS: Final = re.compile(r' data-block-key=\\?"[^"]*"')

Fingerprints = dict[str, str]


@dataclass(frozen=True)
class Arriving:
    """Of the texts that are newer than those last loaded: which may arrive, and whether somebody's change keeps one."""

    names: tuple[str, ...]
    is_edited: bool


def fingerprints(fields: Mapping[str, Any]) -> Fingerprints:
    """Return a short hash of each value: enough to tell whether somebody has changed it."""
    return {name: _fingerprint(value) for name, value in fields.items()}


def arriving(wanted: Fingerprints, now: Fingerprints, loaded: Mapping[str, str]) -> Arriving:
    """Return which fields differ from what was last loaded, and are still as they were loaded."""
    newer = [name for name, value in wanted.items() if value != loaded.get(name)]
    untouched = tuple(name for name in newer if now[name] == loaded.get(name))
    return Arriving(untouched, is_edited=len(untouched) < len(newer))


@dataclass(frozen=True)
class Updated:
    """What became of a page: whether it was given something newer, and whether somebody's change kept something."""

    is_changed: bool
    is_edited: bool


def update_page(
    page: Any,
    fields: Mapping[str, Any],
    *,
    actor: Any,
    plain: Callable[[Mapping[str, Any]], Mapping[str, Any]] = dict,
) -> Updated:
    """Give a page the texts that differ from those last loaded, unless somebody has changed them since.

    `plain` makes of the values what is compared. A page with a draft is left alone. Side effects, in order: the page's
    fields and `loaded` are set, a revision is stored in the actor's name, and published where the page is live.
    """
    wanted = fingerprints(plain(fields))
    news = arriving(wanted, fingerprints(plain({name: getattr(page, name) for name in fields})), page.loaded)
    is_edited = page.has_unpublished_changes or news.is_edited
    if page.has_unpublished_changes or not news.names:
        return Updated(is_changed=False, is_edited=is_edited)
    for name in news.names:
        setattr(page, name, fields[name])
    page.loaded = {**page.loaded, **{name: wanted[name] for name in news.names}}
    revision = page.save_revision(user=actor)
    if page.live:
        revision.publish(user=actor, skip_permission_checks=True)
    return Updated(is_changed=True, is_edited=is_edited)


def _fingerprint(value: Any) -> str:
    plain = _BLOCK_KEYS.sub("", value if isinstance(value, str) else json.dumps(value))
    return hashlib.blake2b(plain.encode(), digest_size=8).hexdigest()
