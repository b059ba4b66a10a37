"""A real Chromium, the accessibility checker, the HTML validator, and the demonstration as a site somebody runs."""

import json
import os
import subprocess
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer
from tools import find_chromium, vnu_jar, why_no_vnu

from accounts.domain import give_role
from accounts.models import User
from accounts.roles import Role
from demonstration.people import SIGN_INS
from tests.browser.looking import HEIGHT, NARROW, WIDE, Axe, Camera, Look, Vnu, Watch
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
# Contrasts are by far the dearest of the rules, and no colour depends on the width: in a document that was looked at
# before, they are measured only of what was not to be seen then.
RUN_AXE = """async rules => {
  const shown = [...document.querySelectorAll("body *")].filter(element => element.checkVisibility());
  const before = window.axeHasSeen;
  window.axeHasSeen = new Set([...shown, ...(before ?? [])]);
  const options = {runOnly: {type: "tag", values: rules}, resultTypes: ["violations"]};
  if (!before) return axe.run(options);
  const found = await axe.run({...options, rules: {"color-contrast": {enabled: false}}});
  const added = new Set(shown.filter(element => !before.has(element)));
  const tops = [...added].filter(element => !added.has(element.parentElement));
  if (tops.length) {
    const more = await axe.run({include: tops}, {runOnly: ["color-contrast"], resultTypes: ["violations"]});
    found.violations.push(...more.violations);
  }
  return found;
}"""
PASSWORD = "a long enough pass phrase"
SECONDS = 30  # a busy machine is slow, and not wrong


class PageAt(Protocol):
    """Opens a page of that width, in a browser where somebody is signed in, or in one of its own."""

    def __call__(self, width: int, context: BrowserContext | None = None) -> Page: ...


SignedIn = Callable[[Role], BrowserContext]
Official = Callable[[Role], Page]
Telephone = Callable[[str], Page]
TabOf = Callable[[BrowserContext], Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks everything in this folder, so that it can be left out, and puts first what needs no demonstration.

    One process then begins with the long walks while another builds the demonstration for both.
    """
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: "browser" in item.keywords and "demonstration" in getattr(item, "fixturenames", ()))


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
def watch() -> Iterator[Watch]:
    """Watches the pages of a test: what went wrong in one of them fails the test when it ends."""
    watch = Watch()
    yield watch
    assert watch.wrong == []


@pytest.fixture(scope="session")
def tab_of() -> TabOf:
    """The one tab of each browser that lasts for many tests: a tab of its own costs each a process of Chromium's."""
    return cache(BrowserContext.new_page)


@pytest.fixture
def page_at(browser: Browser, watch: Watch, tab_of: TabOf) -> Iterator[PageAt]:
    """Opens a page of a given width, each in a context of its own where nobody is signed in, or in the one it is given.

    What goes wrong in it fails the test.
    """
    with ExitStack() as stack:

        def open_page(width: int, context: BrowserContext | None = None) -> Page:
            if context is None:
                own = new_context(browser)
                stack.callback(own.close)
                page = own.new_page()
            else:
                page = tab_of(context)
                stack.callback(watch.leave, page)
            page.set_viewport_size({"width": width, "height": HEIGHT})
            return watch.over(page)

        yield open_page


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


@pytest.fixture(scope="session")
def anybody(browser: Browser) -> Iterator[BrowserContext]:
    """The browser of somebody who only reads, for all tests of a process: it has the style sheets already."""
    context = new_context(browser)
    yield context
    context.close()


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
def telephone(browser: Browser, watch: Watch) -> Iterator[Telephone]:
    """Opens the telephone of somebody who reads that language, and has no JavaScript."""
    with ExitStack() as stack:

        def open_page(locale: str) -> Page:
            context = browser.new_context(
                viewport={"width": NARROW, "height": HEIGHT}, java_script_enabled=False, locale=locale
            )
            stack.callback(context.close)
            return watch.over(context.new_page(), scripts=False)

        yield open_page


@pytest.fixture
def citizen(telephone: Telephone) -> Page:
    """A telephone without JavaScript, in French."""
    return telephone("fr-FR")


@pytest.fixture
def look(axe: Axe, screenshots: Path) -> Look:
    """Looks at a page at both widths; takes pictures only with PICTURES in the environment, for they take time."""
    return Look(axe, screenshots, takes_pictures="PICTURES" in os.environ)


@pytest.fixture(scope="session")
def photographed(vnu: Vnu) -> Iterator[dict[str, str]]:
    """The HTML of all scenes that the public sees, by walk and scene; validated in one run when all have been taken."""
    pages: dict[str, str] = {}
    yield pages
    vnu(pages)


@pytest.fixture
def photograph(
    request: pytest.FixtureRequest, look: Look, watch: Watch, page_at: PageAt, photographed: dict[str, str]
) -> Camera:
    """Photographs the scenes of a walk, where pictures are wanted, and has those checked that the public sees."""
    way = request.path.stem.removeprefix("test_").replace("_", "-")
    return Camera(way, look, watch, lambda: page_at(WIDE), photographed)


@pytest.fixture(scope="session")
def axe() -> Axe:
    """Asserts that the accessibility checker finds nothing wrong with a page; each finding names its element."""
    source = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")

    def check(page: Page) -> None:
        if not page.evaluate("'axe' in window"):
            page.evaluate(source)
        result: dict[str, Any] = page.evaluate(RUN_AXE, AXE_RULES)
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
    """Asserts that pages (name to HTML) are valid, all in one run; where it cannot be checked, says why and goes on.

    No walk is left out because HTML cannot be validated: only `test_every_page_is_valid_html` is skipped then.
    """
    var = Path(settings.BASE_DIR) / "var"

    def check(pages: dict[str, str]) -> None:
        if not pages:
            return
        if reason := why_no_vnu(var):
            warnings.warn(reason, stacklevel=1)
            return
        names = {f"page-{number}.html": name for number, name in enumerate(pages)}
        command = ["java", "-jar", str(vnu_jar(var)), "--format", "json", "--stdout", "--exit-zero-always"]
        with TemporaryDirectory() as folder:
            for file, name in names.items():
                (Path(folder) / file).write_text(pages[name], "utf-8")
            done = subprocess.run([*command, *names], cwd=folder, capture_output=True, check=True)
        findings = []
        for found in json.loads(done.stdout)["messages"]:
            if found["type"] == "error" or found.get("subType") == "warning":
                name = names.get(found.get("url", "").rpartition("/")[2], "?")
                place = f"{name}, line {found.get('lastLine', '?')}"
                findings.append(f"{place}: {found['message']}\n    {found.get('extract', '').strip()}")
        assert findings == [], "\n".join(findings)

    return check
