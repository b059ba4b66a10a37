"""The officials' desk in a real browser: accessible, as wide as a phone, and worked with the keyboard alone."""

import re
from collections.abc import Callable
from urllib.parse import urljoin

import pytest
from playwright.sync_api import APIRequestContext, Page, expect

from accounts.roles import Role
from tests.browser.conftest import PageAt, SignedIn
from tests.browser.looking import NARROW, WIDE, Look
from tests.browser.running_site import Site

DESKS, SUBMISSIONS = "/admin/consultations/", "/admin/submissions/"
REQUESTS, REVIEWS = "/admin/requests/", "/admin/reviews/"
BODIES, GROUNDS, RULES, HOLIDAYS = (
    f"/admin/law/{name}/" for name in ("review-bodies", "grounds", "time-limits", "holidays")
)
THRESHOLDS = "/admin/register/threshold-sets/"
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
    "submission": (Role.CASE_OFFICER, f"{SUBMISSIONS}?waits_for=answers", (rf"{SUBMISSIONS}\d+/",)),
    "submission-read-only": (Role.AUDITOR, SUBMISSIONS, (rf"{SUBMISSIONS}\d+/",)),
    "requests": (Role.CASE_OFFICER, REQUESTS, ()),
    "request-new": (Role.CASE_OFFICER, f"{REQUESTS}new/", ()),
    "request-open": (Role.CASE_OFFICER, REQUESTS, (rf"{REQUESTS}\d+/",)),
    "request-answered": (Role.AUDITOR, f"{REQUESTS}?stands_at=sent", (rf"{REQUESTS}\d+/",)),
    "request-message": (Role.CASE_OFFICER, REQUESTS, (rf"{REQUESTS}\d+/", rf"{REQUESTS}\d+/message/")),
    "request-answer": (Role.CASE_OFFICER, REQUESTS, (rf"{REQUESTS}\d+/", rf"{REQUESTS}\d+/questions/\d+/answer/")),
    "request-ready": (
        Role.CASE_OFFICER,
        f"{REQUESTS}?stands_at=in_hand",
        (rf"{REQUESTS}\d+/", rf"{REQUESTS}\d+/ready/"),
    ),
    "request-history": (Role.AUDITOR, REQUESTS, (rf"{REQUESTS}\d+/", rf"{REQUESTS}\d+/history/")),
    "reviews": (Role.REVIEWER, REVIEWS, ()),
    "review": (Role.REVIEWER, REVIEWS, (rf"{REVIEWS}\d+/",)),
    "review-bodies": (Role.AUDITOR, BODIES, ()),
    "review-body": (Role.AUDITOR, BODIES, (rf"{BODIES}\d+/",)),
    "review-body-change": (Role.ADMINISTRATOR, BODIES, (rf"{BODIES}\d+/change/",)),
    "grounds": (Role.ADMINISTRATOR, GROUNDS, ()),
    "ground-change": (Role.ADMINISTRATOR, GROUNDS, (rf"{GROUNDS}\d+/change/",)),
    "time-limits": (Role.ADMINISTRATOR, RULES, ()),
    "time-limit": (Role.ADMINISTRATOR, RULES, (rf"{RULES}\d+/",)),
    "time-limit-new": (Role.ADMINISTRATOR, f"{RULES}new/", ()),
    "holidays": (Role.ADMINISTRATOR, HOLIDAYS, ()),
    "holidays-new": (Role.ADMINISTRATOR, f"{HOLIDAYS}new/", ()),
    "thresholds-apply": (Role.ADMINISTRATOR, THRESHOLDS, (rf"{THRESHOLDS}edit/\d+/", rf"{THRESHOLDS}\d+/apply/")),
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
        found = follow(context.request, demonstration.url + path, links)
        assert found, f"{name}: no way leads from {path} over {' and '.join(links)}"
        page = page_at(width, context)
        page.goto(found)
        page.wait_for_load_state("networkidle")
        return page

    return go


def follow(browser: APIRequestContext, url: str, links: tuple[str, ...]) -> str | None:
    """The address at the end of these links; where a page has no such link, the next one of its kind is tried."""
    if not links:
        return url
    # What the server sent: the admin's script takes the links of closed menus out of the page.
    for path in dict.fromkeys(re.findall(rf'href="({links[0]})"', browser.get(url).text())):
        if found := follow(browser, urljoin(url, path), links[1:]):
            return found
    return None


@pytest.mark.parametrize("name", KINDS)
def test_a_page_of_the_desk_is_accessible_and_fits_a_phone_and_a_desk(name: str, arrive: Arrive, look: Look) -> None:
    look(arrive(name, NARROW), f"officials-{name}")


def test_a_comment_is_answered_with_the_keyboard_alone(arrive: Arrive) -> None:
    page = arrive("submission", WIDE)
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
