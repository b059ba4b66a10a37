"""The officials' desk in a real browser: accessible, as wide as a phone, and worked with the keyboard alone."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from accounts.roles import Role
from tests.browser.conftest import Axe, PageAt, SignedIn
from tests.browser.running_site import Site

WIDTHS, HEIGHT = (360, 1280), 900
DESKS, SUBMISSIONS = "/admin/consultations/", "/admin/submissions/"
REQUESTS, REVIEWS = "/admin/requests/", "/admin/reviews/"
QUESTIONS, CERTIFICATES = "/admin/snippets/learning/item/", "/admin/certificates/"
# How one comes to each kind of page: by links from a list, as an official would.
KINDS: dict[str, tuple[Role, str, tuple[str, ...]]] = {
    "first-page": (Role.CASE_OFFICER, "/admin/", ()),
    "consultations": (Role.AUDITOR, DESKS, ()),
    "submissions": (Role.CASE_OFFICER, SUBMISSIONS, ()),
    "submissions-nothing": (Role.CASE_OFFICER, f"{SUBMISSIONS}?q=zzzzzz", ()),
    "new": (Role.CASE_OFFICER, f"{DESKS}new/", ()),
    "desk-open": (Role.CASE_OFFICER, f"{DESKS}?state=open", (rf"{DESKS}\d+/",)),
    "desk-decided": (Role.AUDITOR, f"{DESKS}?state=concluded", (rf"{DESKS}\d+/",)),
    "change": (Role.CASE_OFFICER, f"{DESKS}?state=open", (rf"{DESKS}\d+/", rf"{DESKS}\d+/change/")),
    "enter": (Role.CASE_OFFICER, f"{DESKS}?state=open", (rf"{DESKS}\d+/", rf"{DESKS}\d+/enter/")),
    "extend": (Role.DECISION_MAKER, f"{DESKS}?state=open", (rf"{DESKS}\d+/", rf"{DESKS}\d+/extend/")),
    "history": (Role.AUDITOR, f"{DESKS}?state=open", (rf"{DESKS}\d+/", rf"{DESKS}\d+/history/")),
    "decision": (Role.CASE_OFFICER, f"{DESKS}?state=under_consideration", (rf"{DESKS}\d+/", rf"{DESKS}\d+/decision/")),
    "submission": (Role.CASE_OFFICER, SUBMISSIONS, (rf"{SUBMISSIONS}\d+/",)),
    "submission-read-only": (Role.AUDITOR, SUBMISSIONS, (rf"{SUBMISSIONS}\d+/",)),
    "requests": (Role.CASE_OFFICER, REQUESTS, ()),
    "request-new": (Role.CASE_OFFICER, f"{REQUESTS}new/", ()),
    "request-open": (Role.CASE_OFFICER, REQUESTS, (rf"{REQUESTS}\d+/",)),
    "request-answered": (Role.AUDITOR, f"{REQUESTS}?stands_at=sent", (rf"{REQUESTS}\d+/",)),
    "request-message": (Role.CASE_OFFICER, REQUESTS, (rf"{REQUESTS}\d+/", rf"{REQUESTS}\d+/message/")),
    "request-answer": (Role.CASE_OFFICER, REQUESTS, (rf"{REQUESTS}\d+/", rf"{REQUESTS}\d+/questions/\d+/answer/")),
    "request-ready": (Role.CASE_OFFICER, REQUESTS, (rf"{REQUESTS}\d+/", rf"{REQUESTS}\d+/ready/")),
    "request-history": (Role.AUDITOR, REQUESTS, (rf"{REQUESTS}\d+/", rf"{REQUESTS}\d+/history/")),
    "reviews": (Role.REVIEWER, REVIEWS, ()),
    "review": (Role.REVIEWER, REVIEWS, (rf"{REVIEWS}\d+/",)),
    "questions": (Role.EDITOR, QUESTIONS, ()),
    # The form of one question is Wagtail's own editor, which has no first heading and a small button on a phone.
    "certificates": (Role.FACILITATOR, CERTIFICATES, ()),
    "certificate": (Role.FACILITATOR, CERTIFICATES, (rf"{CERTIFICATES}\d+/",)),
    "certificate-revoke": (Role.ADMINISTRATOR, CERTIFICATES, (rf"{CERTIFICATES}\d+/", rf"{CERTIFICATES}\d+/revoke/")),
}
Arrive = Callable[[str, int], Page]


@pytest.fixture
def arrive(demonstration: Site, page_at: PageAt, signed_in: SignedIn) -> Arrive:
    """Goes to a page of that kind, in a window of that width."""

    def go(name: str, width: int) -> Page:
        role, path, links = KINDS[name]
        context = signed_in(role)
        for pattern in links:
            # What the server sent: the admin's script takes the links of closed menus out of the page.
            found = re.search(rf'href="({pattern})"', context.request.get(demonstration.url + path).text())
            assert found, f"{name}: {path} has no link to {pattern}"
            path = found[1]
        page = page_at(width, context)
        page.goto(demonstration.url + path)
        page.wait_for_load_state("networkidle")
        return page

    return go


@pytest.mark.parametrize("name", KINDS)
def test_a_page_of_the_desk_is_accessible_and_fits_a_phone_and_a_desk(
    name: str, arrive: Arrive, axe: Axe, screenshots: Path
) -> None:
    page = arrive(name, WIDTHS[0])
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.screenshot(path=screenshots / f"officials-{name}-{width}.png", full_page=True)
        axe(page)
        too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert too_wide == 0, f"{page.url} is {too_wide} px wider than a window of {width} px"


def test_a_comment_is_answered_with_the_keyboard_alone(arrive: Arrive) -> None:
    page = arrive("submission", 1280)
    choice = page.locator("select[name$=-disposition]").first
    if not choice.count():
        pytest.skip("every point of the newest comment of the demonstration is answered")
    tab_to(page, "disposition")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("Because it is right.")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator("select[name$=-language]").first).to_be_focused()
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"


def tab_to(page: Page, name: str) -> None:
    """Presses Tab until a control of that name has the focus."""
    for _step in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('name') || ''").endswith(name):
            return
    raise AssertionError(f"Tab never comes to {name}")
