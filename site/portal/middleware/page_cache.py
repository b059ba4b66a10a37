"""Keeps finished public pages in the memory of each web process, and shows them to whoever brings no cookie of ours.

It stands before all other middleware, so a kept page costs one short query and nothing else; it is kept with all the
headers that the others have set. It is right in every process at once, because a page is shown only while the
generation in the database is the one it was made in (design/freshness.py), and only until the instant that the page
itself named.

A page is kept only if its view opted in and the answer turned out to be the same for everybody: status 200, no cookie
set, not private, varying on nothing but what is part of the key. A page with a form token sets a cookie, and is
therefore never kept: forms have their own addresses.
"""

import gzip
import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Final

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from design.freshness import ALLOWED, UNTIL, current_generation

Key = tuple[str, str, str]

_LONGEST_ADDRESS: Final = 600  # characters; nobody links to longer ones, and they would only push others out
_SMALLEST_TO_COMPRESS: Final = 512
_OVERHEAD: Final = 2_000  # bytes of a kept page beside its body, roughly
# Of the cookies, only ours make a difference, and whoever brings one is served afresh: so "Cookie" is in the key.
_IN_THE_KEY: Final = frozenset({"cookie", "accept-encoding"})
_NOT_FOR_ALL: Final = frozenset({"private", "no-store", "no-cache"})
_MODE: Final = "X-Page-Cache"


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A finished page, plain and compressed."""

    generation: int
    until: float
    headers: Mapping[str, str]
    etag: str
    body: bytes
    compressed: bytes | None

    @property
    def size(self) -> int:
        """Return how much memory it takes, in bytes."""
        return len(self.body) + len(self.compressed or b"") + _OVERHEAD

    def answer(self, request: HttpRequest, mode: str) -> HttpResponse:
        """Return the page as this visitor's browser asks for it; nothing where it has it already."""
        known = request.META.get("HTTP_IF_NONE_MATCH")
        if known and (known.strip() == "*" or self.etag in parse_etags(known)):
            response: HttpResponse = HttpResponseNotModified(headers=self.headers)
            del response["Content-Type"]
            response[_MODE] = mode
            return response
        body = self.body
        coding = None
        if self.compressed is not None and "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", ""):
            body, coding = self.compressed, "gzip"
        response = HttpResponse(b"" if request.method == "HEAD" else body, headers=self.headers)
        if coding:
            response["Content-Encoding"] = coding
        response["Content-Length"] = str(len(body))
        response[_MODE] = mode
        return response


class PageStore:
    """The kept pages of one process, at most so many bytes of them; what was asked for longest ago goes first."""

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.size = 0
        self._pages: OrderedDict[Key, KeptPage] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        """Return how many pages are kept."""
        return len(self._pages)

    def find(self, key: Key, generation: int) -> KeptPage | None:
        """Return the page, if it is kept and still right; forget it, if it is no longer."""
        with self._lock:
            page = self._pages.get(key)
            if page is None:
                return None
            if page.generation == generation and time.time() < page.until:
                self._pages.move_to_end(key)
                return page
            self._forget(key)
            return None

    def keep(self, key: Key, page: KeptPage) -> None:
        """Keep a page and forget others until there is room; a page larger than an eighth of it all is not kept."""
        if page.size > self.capacity // 8:
            return
        with self._lock:
            if key in self._pages:
                self._forget(key)
            while self._pages and self.size + page.size > self.capacity:
                self._forget(next(iter(self._pages)))
            self._pages[key] = page
            self.size += page.size

    def _forget(self, key: Key) -> None:
        self.size -= self._pages.pop(key).size


class PageCacheMiddleware:
    """Answers from the store where it may, and fills it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.store = PageStore(settings.PAGE_CACHE_BYTES)
        self._static = settings.STATIC_URL
        self._ours = settings.PAGE_CACHE_PERSONAL_COOKIES

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer from the store, or have the page made and keep it."""
        key = self._key(request)
        generation = None if key is None else _generation()
        if key is None or generation is None:
            return self.get_response(request)
        page = self.store.find(key, generation)
        if page is not None:
            return page.answer(request, "hit")
        response = self.get_response(request)
        page = None if request.method == "HEAD" else _finished(request, response, generation)
        if page is None:
            return response
        # The response that was made is not closed: that would announce the end of a request that goes on.
        self.store.keep(key, page)
        return page.answer(request, "miss")

    def _key(self, request: HttpRequest) -> Key | None:
        """Return what tells one page from another; None where the visitor has to be served afresh."""
        meta = request.META
        if not self.store.capacity or request.method not in {"GET", "HEAD"} or "HTTP_AUTHORIZATION" in meta:
            return None
        if "HTTP_COOKIE" in meta and any(name in request.COOKIES for name in self._ours):
            return None
        query = meta.get("QUERY_STRING", "")
        address = f"{request.path}?{query}" if query else request.path
        if len(address) > _LONGEST_ADDRESS or address.startswith(self._static):
            return None
        # As it came: a page for a name that is not ours is an error, and is not kept.
        return request.scheme or "", meta.get("HTTP_HOST", ""), address


def _generation() -> int | None:
    """Return the present generation; None where the database cannot say it: then the page itself will tell."""
    try:
        return current_generation()
    except Error:
        return None


def _finished(request: HttpRequest, response: HttpResponseBase, generation: int) -> KeptPage | None:
    """Return the page as it is to be kept; None where it may not be."""
    if not (getattr(response, ALLOWED, False) or getattr(request, ALLOWED, False)):
        return None
    if not isinstance(response, HttpResponse) or not _is_same_for_all(response):
        return None
    now = time.time()
    until = min([now + settings.PAGE_CACHE_SECONDS, *_named_instants(request, response)])
    if until <= now:
        return None
    body = response.content
    if not response.has_header("ETag"):
        response["ETag"] = f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    response.headers.setdefault("Cache-Control", "no-cache")  # browsers keep it too, and ask whether it still holds
    compressed = gzip.compress(body, 6, mtime=0) if len(body) >= _SMALLEST_TO_COMPRESS else None
    if compressed is not None:
        patch_vary_headers(response, ["Accept-Encoding"])
    headers = {name: value for name, value in response.items() if name.lower() != "content-length"}
    return KeptPage(generation, until, headers, response["ETag"], body, compressed)


def _is_same_for_all(response: HttpResponse) -> bool:
    if response.status_code != 200 or response.cookies or response.has_header("Content-Encoding"):
        return False
    control = {part.strip().lower() for part in response.get("Cache-Control", "").split(",")}
    if control & _NOT_FOR_ALL or "max-age=0" in control:
        return False
    vary = {part.strip().lower() for part in response.get("Vary", "").split(",") if part.strip()}
    return vary <= _IN_THE_KEY


def _named_instants(request: HttpRequest, response: HttpResponseBase) -> list[float]:
    instants = (getattr(carrier, UNTIL, None) for carrier in (request, response))
    return [instant.timestamp() for instant in instants if instant is not None]
