"""Every kind of page, in a real browser: accessible, valid, as wide as the window, on a phone and on a desk."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from django.utils import translation
from playwright.sync_api import BrowserContext
from tools import why_no_vnu
from wagtail.models import Page, get_page_models

from tests.browser.conftest import PageAt, SignedIn
from tests.browser.kinds import KINDS, Kind
from tests.browser.looking import NARROW, Look, Vnu
from tests.browser.running_site import Site

STEP = "a step of an errand: tests/browser/test_account_steps.py"
# Addresses that are no page of their own, each with its reason; `name*` stands for all that begin so.
LEFT_OUT = {
    "healthz": "for machines",
    "readyz": "for machines",
    "robots": "for machines",
    "favicon": "leads to a picture",
    "sitemap": "for machines",
    "django.contrib.sitemaps.*": "for machines",
    "rendition": "a picture",
    "wagtaildocs_*": "a file",
    "wagtailadmin*": "Wagtail's own, checked by Wagtail",
    "wagtailcore_*": "Wagtail's own, for pages with a password: this site has none",
    "register:search_csv": "a file",
    "register:chart_*": "a drawing or a file",
    "api:*": "for machines; their description is among the kinds",
    "demonstration:letter_markup": "a letter as it would be mailed, shown in a frame of its page",
    "consultations:feed": "for feed readers",
    "consultations:paper": "a file",
    "consultations:answers_csv": "a file",
    "consultations:leave": "only takes the visitor back",
    "consultations:sent": "after a comment: tests/browser/test_consultation_way.py",
    "consultations:tracking": "after a comment: tests/browser/test_consultation_way.py",
    "inforequests:log_csv": "a file",
    "inforequests:feed": "for feed readers",
    "receipts:receipt": "a file",
    "record:*": "for machines",
    "ledger:feed": "for feed readers",
    "ledger:position": "leads to the entry that stands there",
    "files:released": "a file",
    "following:feed": "for feed readers",
    "following:calendar": "for calendars",
    "following:open": "opened from a letter: tests/browser/test_following_steps.py",
    "following:confirm": "opened from a letter: tests/browser/test_following_steps.py",
    "following:change": "only takes the follower back",
    "following:stop_all": "only takes the follower back",
    "following:leave": "only takes the follower back",
    "following:resume": "only takes the follower back",
    "inforequests:calendar": "a file",
    "inforequests:leave": "only takes the visitor back",
    "inforequests:sent": "after a request: tests/browser/test_request_way.py",
    "inforequests:tracking": "after a request: tests/browser/test_request_way.py",
    "inforequests:message": "after a request: tests/browser/test_request_way.py",
    "inforequests:review": "after a request: tests/browser/test_request_way.py",
    "inforequests:publication": "after a request: tests/browser/test_request_way.py",
    "inforequests:withdraw": "after a request: tests/browser/test_request_way.py",
    "privacy:download": "a file",
    "privacy:leave": "only takes the visitor back",
    "learning:claim": "only takes the reader back",
    "learning:forget": "only takes the reader back",
    "learning:unit_done": "only takes the reader back",
    "learning:certificate": "a file",
    "learning:question": "in an assessment: tests/browser/test_learning_way.py",
    "learning:check": "in an assessment: tests/browser/test_learning_way.py",
    "learning:result": "in an assessment: tests/browser/test_learning_way.py",
    "mfa_download_recovery_codes": "a file",
    "mfa_login_webauthn": "only leads to signing in; what it tells the script is for machines",
    "mfa_*": STEP,
    "account_confirm*": STEP,
    "account_email_verification_sent": STEP,
    "account_reset_password_*": STEP,
    "account_complete_password_reset": STEP,
    "account_password_reset_completed": STEP,
    "account_reauthenticate": STEP,
    "account_set_password": STEP,
    "account_inactive": STEP,
}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_page_is_accessible_and_fits_a_phone_and_a_desk(
    kind: Kind, demonstration: Site, page_at: PageAt, signed_in: SignedIn, anybody: BrowserContext, look: Look
) -> None:
    path = kind.address(demonstration)
    page = page_at(NARROW, signed_in(kind.role) if kind.role else anybody)
    answer = page.goto(demonstration.url + path)
    assert answer is not None
    assert answer.status == kind.status, f"{path} answered {answer.status}"
    look(page, kind.name)


def test_every_page_is_valid_html(demonstration: Site, anybody: BrowserContext, signed_in: SignedIn, vnu: Vnu) -> None:
    if reason := why_no_vnu(Path(settings.BASE_DIR) / "var"):
        pytest.skip(reason)
    pages: dict[str, str] = {}
    for kind in KINDS:
        context = signed_in(kind.role) if kind.role else anybody
        pages[kind.name] = context.request.get(demonstration.url + kind.address(demonstration)).text()
    vnu(pages)


def addresses(resolver: URLResolver, names: tuple[str, ...] = ()) -> list[str]:
    """The names of all addresses, with the names of their areas before them."""
    found: list[str] = []
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = (*names, pattern.namespace) if pattern.namespace else names
            if not str(pattern.pattern).startswith("admin/"):
                found += addresses(pattern, inner)
        elif isinstance(pattern, URLPattern) and pattern.name:
            found.append(":".join((*names, pattern.name)))
    return found


def is_left_out(name: str) -> bool:
    return any(name == pattern or (pattern.endswith("*") and name.startswith(pattern[:-1])) for pattern in LEFT_OUT)


def types_of_pages(site: Site) -> dict[str, str]:
    """The types of the pages that editors write, each by its address after the language."""
    with closing(sqlite3.connect(f"file:{site.data_dir / 'prtr.sqlite3'}?mode=ro", uri=True)) as database:
        rows = database.execute(
            "SELECT url_path, app_label, model FROM wagtailcore_page JOIN django_content_type"
            " ON django_content_type.id = wagtailcore_page.content_type_id"
        )
        return {path.lstrip("/").partition("/")[2]: f"{app}.{model}" for path, app, model in rows}


def test_no_type_of_page_is_forgotten(demonstration: Site) -> None:
    types = types_of_pages(demonstration)
    paths = [kind.address(demonstration).partition("?")[0] for kind in KINDS]
    seen = {types.get(path.lstrip("/").partition("/")[2], "") for path in paths}
    forgotten = [model._meta.label for model in get_page_models() if model._meta.label_lower not in seen]
    assert forgotten == [Page._meta.label], "add them to tests/browser/kinds.py"


def test_no_kind_of_page_is_forgotten(demonstration: Site) -> None:
    seen = set()
    for kind in KINDS:
        path = kind.address(demonstration).partition("?")[0]
        try:
            with translation.override(translation.get_language_from_path(path) or "en"):
                seen.add(resolve(path).view_name)
        except Resolver404:
            assert kind.status == 404, f"{kind.name}: {path} is no address of the site"
    forgotten = [name for name in addresses(get_resolver()) if name not in seen and not is_left_out(name)]
    assert forgotten == [], "add them to tests/browser/kinds.py, or to LEFT_OUT with the reason"
