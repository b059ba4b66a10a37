"""A real Chromium, the accessibility checker, the HTML validator, and the demonstration as a site somebody runs."""

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Response,
    sync_playwright,
)
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer
from tools import find_chromium, vnu_jar, why_no_vnu

from accounts.domain import give_role
from accounts.models import User
from accounts.roles import Role
from demonstration.people import SIGN_INS
from tests.browser.running_site import Site, running_site
from tests.databases import locked

# Playwright runs an event loop in this thread, which Django would take for asynchronous code using the ORM.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
]
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PASSWORD = "a long enough pass phrase"
NARROW, WIDE = 360, 1280
SECONDS = 30  # a busy machine is slow, and not wrong


class PageAt(Protocol):
    """Opens a page of that width, in a browser where somebody is signed in, or in one of its own."""

    def __call__(self, width: int, context: BrowserContext | None = None) -> Page: ...


SignedIn = Callable[[Role], BrowserContext]
Official = Callable[[Role], Page]
Axe = Callable[[Page], None]
Vnu = Callable[[dict[str, str]], None]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks everything in this folder, so that it can be left out."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(autouse=True)
def _everything_indexed(indexed: None) -> None:
    """The site in this process is whole, as one that somebody runs."""


@pytest.fixture(scope="session")
def playwright_driver() -> Iterator[Playwright]:
    """Playwright, once for all tests of a process."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright_driver: Playwright) -> Iterator[Browser]:
    """A real Chromium; without one the test is skipped, or fails where BROWSER_REQUIRED says that it must run."""
    path = find_chromium()
    if path is None:
        reason = "there is no Chromium on this machine; `make test` installs one"
        if os.environ.get("BROWSER_REQUIRED"):
            pytest.fail(reason)
        pytest.skip(reason)
    chromium = playwright_driver.chromium.launch(executable_path=path, args=ARGUMENTS)
    yield chromium
    chromium.close()


@pytest.fixture
def page_at(browser: Browser) -> Iterator[PageAt]:
    """Opens a page of a given width, each in a context of its own where nobody is signed in, or in the one it is given.

    An error in the page's own script, a refused policy or a missing file fails the test when it ends.
    """
    opened: list[BrowserContext | Page] = []
    wrong: list[str] = []

    def note_console(message: ConsoleMessage) -> None:
        # A page may rightly answer 404 or 403: that is for the test to say.
        if message.type == "error" and "the server responded with a status of" not in message.text:
            wrong.append(f"{message.location['url']}: {message.text}")

    def note_response(response: Response) -> None:
        if response.status >= 400 and response.request.resource_type != "document":
            wrong.append(f"{response.url}: answered {response.status}")

    def open_page(width: int, context: BrowserContext | None = None) -> Page:
        own = context or new_context(browser)
        page = own.new_page()
        opened.append(page if context else own)
        page.set_viewport_size({"width": width, "height": 900})
        page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
        page.on("console", note_console)
        page.on("response", note_response)
        return page

    yield open_page
    for one in opened:
        one.close()
    assert wrong == []


def new_context(browser: Browser) -> BrowserContext:
    """Somebody's browser, with nothing in its memory."""
    context = browser.new_context(reduced_motion="reduce")
    context.set_default_timeout(SECONDS * 1000)
    return context


@pytest.fixture(scope="session")
def demonstration(django_db_blocker: DjangoDbBlocker) -> Iterator[Site]:
    """The demonstration, as somebody runs it: a process of its own, with its own database."""
    with ExitStack() as stack:
        with django_db_blocker.unblock():
            site = stack.enter_context(running_site())
        yield site


@pytest.fixture(scope="session")
def signed_in(demonstration: Site, browser: Browser) -> SignedIn:
    """The browser of somebody with that role, who has signed in to the demonstration; each signs in once.

    One process after the other: the first sign-in of the demonstration's people stores a stronger hash of their
    password, and two at once would end each other's session.
    """
    people = {one.role: one for one in SIGN_INS}

    @cache
    def context_of(role: Role) -> BrowserContext:
        with locked(demonstration.data_dir / "sign-in.lock"):
            return sign_in(role)

    def sign_in(role: Role) -> BrowserContext:
        context = new_context(browser)
        page = context.new_page()
        page.goto(f"{demonstration.url}/accounts/login/")
        page.fill("input[name=login]", people[role].email)
        page.fill("input[name=password]", people[role].password)
        page.click("main button[type=submit]")
        page.wait_for_url(lambda url: "/login/" not in url)
        page.close()
        return context

    return context_of


@pytest.fixture
def official(page_at: PageAt, live_server: LiveServer) -> Official:
    """Signs somebody with a role in to the administration, once in a test, and returns their page."""

    @cache
    def sign_in(role: Role) -> Page:
        someone = User.objects.filter(email=f"{role.value}@example.org").first()
        if someone is None:
            someone = User.objects.create_user(f"{role.value}@example.org", PASSWORD, first_name=str(role.label))
            EmailAddress.objects.create(user=someone, email=someone.email, verified=True, primary=True)
            give_role(someone, role, actor=None)
        page = page_at(WIDE)
        page.goto(f"{live_server.url}/accounts/login/?next=/admin/")
        page.fill("input[name=login]", someone.email)
        page.fill("input[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url("**/admin/")
        return page

    return sign_in


@pytest.fixture
def citizen(browser: Browser) -> Iterator[Page]:
    """A telephone without JavaScript."""
    context = browser.new_context(viewport={"width": NARROW, "height": 800}, java_script_enabled=False, locale="fr-FR")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def axe() -> Axe:
    """Asserts that the accessibility checker finds nothing wrong with a page; each finding names its element."""
    source = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")

    def check(page: Page) -> None:
        if not page.evaluate("'axe' in window"):
            page.evaluate(source)
        result: dict[str, Any] = page.evaluate(
            "rules => axe.run({runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})", AXE_RULES
        )
        findings = [
            f"{found['id']} ({found['impact']}): {found['help']}\n"
            + "\n".join(
                f"    {' '.join(map(str, node['target']))}\n    {node['html'][:200]}" for node in found["nodes"][:5]
            )
            for found in result["violations"]
        ]
        assert findings == [], f"{page.url} at {page.viewport_size}:\n" + "\n".join(findings)

    return check


@pytest.fixture(scope="session")
def vnu() -> Vnu:
    """Asserts that pages (name to HTML) are valid, all in one run; skips with the reason where it cannot be checked."""
    var = Path(settings.BASE_DIR) / "var"
    if reason := why_no_vnu(var):
        pytest.skip(reason)

    def check(pages: dict[str, str]) -> None:
        folder = Path(settings.DATA_DIR) / "vnu"
        folder.mkdir(parents=True, exist_ok=True)
        names = {}
        for number, (name, html) in enumerate(pages.items()):
            path = folder / f"page-{number}.html"
            path.write_text(html, "utf-8")
            names[path.name] = name
        command = ["java", "-jar", str(vnu_jar(var)), "--format", "json", "--stdout", "--exit-zero-always"]
        paths = [str(folder / f"page-{number}.html") for number in range(len(pages))]
        done = subprocess.run([*command, *paths], capture_output=True, check=True)
        findings = []
        for found in json.loads(done.stdout)["messages"]:
            if found["type"] == "error" or found.get("subType") == "warning":
                name = names.get(found.get("url", "").rpartition("/")[2], "?")
                place = f"{name}, line {found.get('lastLine', '?')}"
                findings.append(f"{place}: {found['message']}\n    {found.get('extract', '').strip()}")
        assert findings == [], "\n".join(findings)

    return check
