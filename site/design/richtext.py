"""The one policy for markup that people wrote, and the one place that knows which library carries it out.

bleach gets no more releases: to replace it, keep `sanitize`, `plain_text` and their tests; change what is inside.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

import bleach
from bleach.html5lib_shim import Filter  # type: ignore[attr-defined]  # missing in the published types
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import expand_db_html

_TAGS: Final = frozenset(
    [
        *("p", "br", "hr", "div", "span", "blockquote", "pre", "h2", "h3", "h4", "ul", "ol", "li", "dl", "dt", "dd"),
        *("a", "abbr", "b", "cite", "code", "del", "dfn", "em", "i", "ins", "q", "small", "strong", "sub", "sup"),
        *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
    ]
)
_ATTRIBUTES: Final = {
    "*": ["lang", "dir"],
    "a": ["href", "rel"],
    "abbr": ["title"],
    "blockquote": ["cite"],
    "ol": ["start"],
    "td": ["colspan", "rowspan"],
    "th": ["colspan", "rowspan", "scope"],
}
_PROTOCOLS: Final = frozenset({"http", "https", "mailto"})
# What stands inside these is code or hidden text, not words of the author: it goes with its element.
_SILENT_TAGS: Final = frozenset({"script", "style", "template", "noscript", "iframe", "object", "textarea", "title"})

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BLANK_LINES: Final = re.compile(r"\n[ \t]*\n\s*")
# Neither white space, nor quotes and brackets, nor marks that turn the reading direction may be part of an address.
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"'\u200e\u200f\u202a-\u202e\u2066-\u2069]{3,2000}", re.IGNORECASE)
_SLASHES_BEFORE_HOST: Final = 2
_TRAILING: Final = ".,;:!?…»”’)]}"


class _SilentElements(Filter):
    """Leaves out script-like elements together with what is inside them."""

    def __iter__(self) -> Iterator[dict[str, Any]]:
        depth = 0
        for token in super().__iter__():
            silent = token.get("name") in _SILENT_TAGS
            if silent and token["type"] == "StartTag":
                depth += 1
            elif silent and token["type"] == "EndTag":
                depth = max(0, depth - 1)
            elif depth == 0 and not silent:
                yield token


_without_silent = bleach.Cleaner(
    tags=_TAGS | _SILENT_TAGS, attributes=_ATTRIBUTES, protocols=_PROTOCOLS, strip=True, filters=[_SilentElements]
)
_policy = bleach.Cleaner(tags=_TAGS, attributes=_ATTRIBUTES, protocols=_PROTOCOLS, strip=True)


@lru_cache(maxsize=256)
def sanitize(html: str) -> SafeString:
    """Return markup reduced to text elements, links and tables; anything that could act is gone with its content.

    The second pass is the promise: whatever the first one leaves, only the policy's elements come out.
    """
    return mark_safe(_policy.clean(_without_silent.clean(_CONTROL.sub("", html))))  # noqa: S308 -- sanitised just now


def expand_and_sanitize(value: object) -> SafeString:
    """Return an editor's rich text with its links to pages and documents resolved, sanitised."""
    source = getattr(value, "source", value)
    return sanitize(expand_db_html(str(source or "")))


def plain_text(text: str) -> SafeString:
    """Return a citizen's words as paragraphs: escaped, line breaks kept, web addresses as links that vouch for nothing.

    Each paragraph finds its own reading direction, so that no text can turn the page around it.
    """
    clean = _CONTROL.sub("", str(text).replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not clean:
        return SafeString("")
    paragraphs = (f'<p dir="auto">{_with_links(part)}</p>' for part in _BLANK_LINES.split(clean))
    return mark_safe("\n".join(paragraphs))  # noqa: S308 -- every piece is escaped in _with_links


def _with_links(text: str) -> str:
    """Return one paragraph, escaped, with its addresses as links and its line ends as breaks."""
    pieces: list[str] = []
    position = 0
    for match in _ADDRESS.finditer(text):
        address = _without_trailing(match.group())
        if address.endswith("/") and address.count("/") == _SLASHES_BEFORE_HOST:
            continue
        pieces.append(str(escape(text[position : match.start()])))
        pieces.append(f'<a href="{escape(address)}" rel="nofollow ugc noopener">{escape(address)}</a>')
        position = match.start() + len(address)
    pieces.append(str(escape(text[position:])))
    return "".join(pieces).replace("\n", "<br>\n")


def _without_trailing(address: str) -> str:
    """Return an address without the punctuation of the sentence around it; a bracket that closes one inside stays."""
    unmatched = address.count(")") - address.count("(")
    end = len(address)
    while end and address[end - 1] in _TRAILING:
        if address[end - 1] == ")":
            if unmatched <= 0:
                break
            unmatched -= 1
        end -= 1
    return address[:end]
