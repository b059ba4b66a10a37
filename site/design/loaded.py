"""What the platform has loaded into a page or a row, and what somebody has changed there since.

Texts that come with the platform arrive anew with each update, but an editor's words are never overwritten. So whoever
holds such texts keeps a fingerprint of each as it was loaded, in a JSON field `loaded`.
"""

import hashlib
import json
import re
from collections.abc import Mapping
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


def _fingerprint(value: Any) -> str:
    plain = _BLOCK_KEYS.sub("", value if isinstance(value, str) else json.dumps(value))
    return hashlib.blake2b(plain.encode(), digest_size=8).hexdigest()
