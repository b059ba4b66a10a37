"""What RFC 4287 demands of a feed (its musts and must nots), as far as a feed of ours could break them."""

import re
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit
from xml.etree import ElementTree

ATOM: Final = "{http://www.w3.org/2005/Atom}"
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_URI: Final = re.compile(r"[a-z][a-z0-9+.-]*:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")
_CONSTRUCTS: Final = ("title", "subtitle", "summary", "rights")


def check_feed(content: bytes) -> ElementTree.Element:
    """Return a feed, or fail with the sentence of the standard that it breaks."""
    feed = ElementTree.fromstring(content)  # noqa: S314 -- our own feed
    assert feed.tag == f"{ATOM}feed"
    _once(feed, "id", "title", "updated")  # 4.1.1
    assert _alternates(feed) <= 1
    assert [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"], "4.1.1: self link"
    entries = feed.findall(f"{ATOM}entry")
    has_author = feed.find(f"{ATOM}author/{ATOM}name") is not None
    for entry in entries:
        _once(entry, "id", "title", "updated")  # 4.1.2
        assert has_author or entry.find(f"{ATOM}author") is not None, "4.1.1: an author"
        assert entry.find(f"{ATOM}content") is not None or _alternates(entry) == 1, "4.1.2: content or alternate"
        assert len(entry.findall(f"{ATOM}summary")) <= 1
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(ids) == len(set(ids)), "4.1.1: the same entry twice"
    for element in feed.iter():
        _check_element(element)
    assert has_author or entries, "4.1.1: an author"
    return feed


def _once(parent: ElementTree.Element, *names: str) -> None:
    for name in names:
        assert len(parent.findall(f"{ATOM}{name}")) == 1, f"exactly one {name} in {parent.tag}"


def _alternates(parent: ElementTree.Element) -> int:
    return sum(link.get("rel", "alternate") == "alternate" for link in parent.findall(f"{ATOM}link"))


def _check_element(element: ElementTree.Element) -> None:
    name = element.tag.removeprefix(ATOM)
    text = element.text or ""
    if name in {"updated", "published"}:  # 3.3: RFC 3339 with capital T and Z
        assert _DATE.fullmatch(text), text
        assert datetime.fromisoformat(text).tzinfo is not None
    elif name == "id":  # 4.2.6: an IRI, absolute
        assert _URI.fullmatch(text), text
    elif name == "link":  # 4.2.7
        address = element.get("href", "")
        assert urlsplit(address).scheme in {"http", "https"}, address
    elif name in _CONSTRUCTS:  # 3.1
        assert element.get("type", "text") in {"text", "html", "xhtml"}
        if element.get("type", "text") in {"text", "html"}:
            assert list(element) == []
