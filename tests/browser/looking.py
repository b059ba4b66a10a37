"""How pages are looked at: what goes wrong is noted, each is checked on a phone and on a desk, and pictures are kept.

A walk photographs its scenes, and what the public sees in them is checked: also where the walker's browser has no
scripts, or where there was no browser at all. Then the HTML that the server sent is shown in a page that has scripts,
because the checker is one.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from playwright.sync_api import ConsoleMessage, Page, Request, Response, Route

NARROW, WIDE = 360, 1280
HEIGHT = 900
_OWN_HOST = "localhost"  # where the tests serve every site

Axe = Callable[[Page], None]
Vnu = Callable[[dict[str, str]], None]


class Received(Protocol):
    """What Django's test client received."""

    status_code: int
    headers: Any
    request: dict[str, Any]

    @property
    def content(self) -> bytes: ...


@dataclass(frozen=True)
class Sent:
    """A page as the server sent it."""

    url: str
    html: str
    policy: str = ""

    @classmethod
    def to_browser(cls, response: Response) -> "Sent":
        """What a browser got."""
        return cls(response.url, response.text(), response.headers.get("content-security-policy", ""))

    @classmethod
    def to_client(cls, response: Received) -> "Sent":
        """What Django's test client got, at the address where a browser would have got it."""
        assert not 300 <= response.status_code < 400, f"this leads on to {response.headers['Location']}"
        policy = response.headers.get("Content-Security-Policy", "")
        return cls(f"http://{_OWN_HOST}{response.request['PATH_INFO']}", response.content.decode(), policy)


@dataclass
class Watch:
    """Notes what goes wrong in the pages that it watches, and what the server last sent to each.

    Wrong are: an error in a script, a refused policy, a missing file, and any request to another site.
    """

    wrong: list[str] = field(default_factory=list)
    without_scripts: set[Page] = field(default_factory=set)
    _answers: dict[Page, Response] = field(default_factory=dict)
    _listeners: dict[Page, dict[str, Callable[[Any], None]]] = field(default_factory=dict)

    def over(self, page: Page, *, scripts: bool = True) -> Page:
        """Watch a page from now on."""
        listeners = {
            "pageerror": lambda error: self.wrong.append(f"{page.url}: {error}"),
            "console": self._note_console,
            "request": self._note_request,
            "response": lambda response: self._note_response(page, response),
        }
        for event, listener in listeners.items():
            page.on(event, listener)  # type: ignore[call-overload]  # which knows events one by one
        self._listeners[page] = listeners
        if not scripts:
            self.without_scripts.add(page)
        return page

    def leave(self, page: Page) -> None:
        """Watch a page no longer, which others will open."""
        for event, listener in self._listeners.pop(page, {}).items():
            page.remove_listener(event, listener)

    def sent_to(self, page: Page) -> Sent:
        """What the server sent for what the page shows now."""
        return Sent.to_browser(self._answers[page])

    def _note_console(self, message: ConsoleMessage) -> None:
        # A page may rightly answer 404 or 403: that is for the test to say.
        if message.type == "error" and "the server responded with a status of" not in message.text:
            self.wrong.append(f"{message.location['url']}: {message.text}")

    def _note_request(self, request: Request) -> None:
        host = urlsplit(request.url).hostname  # none in data: and blob:
        if host not in {None, _OWN_HOST}:
            self.wrong.append(f"{request.url}: asked of another site")

    def _note_response(self, page: Page, response: Response) -> None:
        if response.request.is_navigation_request() and response.frame == page.main_frame:
            if response.headers.get("content-type", "").startswith("text/html"):
                self._answers[page] = response
        elif response.status >= 400 and response.request.resource_type != "document":
            self.wrong.append(f"{response.url}: answered {response.status}")


@dataclass(frozen=True)
class Look:
    """Looks at a page at both widths: accessible, no wider than the window, and a picture of it."""

    axe: Axe
    folder: Path
    takes_pictures: bool = True

    def __call__(self, page: Page, name: str) -> None:
        """Look, and leave the window wide."""
        for width in (NARROW, WIDE):
            page.set_viewport_size({"width": width, "height": HEIGHT})
            self.picture(page, f"{name}-{width}")
            self.axe(page)
            too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert too_wide == 0, f"{page.url} is {too_wide} px wider than a window of {width} px"

    def picture(self, page: Page, name: str) -> None:
        """Keep a picture of the whole page, where pictures are wanted."""
        if self.takes_pictures:
            page.screenshot(path=self.folder / f"{name}.png", full_page=True)


@dataclass
class Camera:
    """Has every scene of a walk checked that the public sees, and keeps a picture of each where pictures are wanted.

    `sent` holds the HTML of the scenes by name.
    """

    way: str
    look: Look
    watch: Watch
    new_page: Callable[[], Page]
    sent: dict[str, str]
    _scenes: int = 0
    _mirror: Page | None = None

    def __call__(self, page: Page, scene: str, *, check: bool = True) -> None:
        """Photograph what a browser shows, and check it, unless another test does: `check=False`."""
        name = self._name(scene)
        if not check:
            self.look.picture(page, name)
            return
        sent = self.watch.sent_to(page)
        self.sent[name] = sent.html
        if page in self.watch.without_scripts:
            self.look.picture(page, f"{name}-without-scripts")
            self.look(self._shown(sent), name)
        else:
            self.look(page, name)

    def received(self, response: Received, scene: str) -> None:
        """Photograph what Django's test client received."""
        name, sent = self._name(scene), Sent.to_client(response)
        self.sent[name] = sent.html
        self.look(self._shown(sent), name)

    def _name(self, scene: str) -> str:
        self._scenes += 1
        return f"{self.way}-{self._scenes:02}-{scene}"

    def _shown(self, sent: Sent) -> Page:
        """Return a page with scripts that shows this HTML at its address, with the files that belong to it."""
        if self._mirror is None:
            self._mirror = self.new_page()
            self._mirror.route(f"**{settings.STATIC_URL}**", _give_file)
        headers = {"content-type": "text/html; charset=utf-8", "content-security-policy": sent.policy}
        address = sent.url.partition("#")[0]

        def is_it(url: str) -> bool:
            return url == address

        self._mirror.route(is_it, lambda route: route.fulfill(body=sent.html, headers=headers))
        self._mirror.goto(address)
        self._mirror.unroute(is_it)
        return self._mirror


def _give_file(route: Route) -> None:
    found = finders.find(urlsplit(route.request.url).path.removeprefix(settings.STATIC_URL))
    if found is None:
        route.fulfill(status=404)
    else:
        route.fulfill(path=str(found))
