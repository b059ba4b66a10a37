"""One consultation, all the way, as each of the people: from an official's draft to the letter about the decision.

The site runs in this process, so that its clock can be moved: weeks pass between the scenes.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.roles import Role
from consultations.enums import DecisionKind, Disposition, MeasureKind, PublicationPreference
from consultations.models import Docket, Submission
from design.formats import authority_zone
from register.enums import ThresholdKind
from tests.browser.conftest import Official, PageAt
from tests.browser.looking import NARROW, WIDE, Camera
from tests.consultations.factories import PollutantFactory

SLUG = "mercury-to-water"
LANGUAGES = ("en", "fr", "ru")
COMMENT = "Un demi-kilogramme est un bon seuil.\n\nMais il faut mesurer chaque mois."
ANSWER = "Les exploitants mesureront quatre fois par an : c’est assez pour voir une tendance."

pytestmark = pytest.mark.django_db(transaction=True)
MoveClock = Callable[[timedelta], None]


@pytest.fixture
def move_clock(monkeypatch: pytest.MonkeyPatch) -> MoveClock:
    """Moves the server's clock forward; sessions and deadlines move with it."""
    passed = timedelta()

    def move(by: timedelta) -> None:
        nonlocal passed
        passed += by
        monkeypatch.setattr(timezone, "now", lambda: datetime.now(UTC) + passed)

    return move


def test_one_consultation_goes_all_the_way(
    live_server: LiveServer,
    official: Official,
    citizen: Page,
    page_at: PageAt,
    move_clock: MoveClock,
    photograph: Camera,
) -> None:
    PollutantFactory()

    officer = official(Role.CASE_OFFICER)
    prepare(officer, live_server.url)
    photograph(officer, "official-prepares", check=False)

    chief = official(Role.DECISION_MAKER)
    desk = f"{live_server.url}/admin/consultations/{Docket.objects.get().pk}/"
    confirm(chief, f"{desk}publish/")
    photograph(chief, "official-publishes", check=False)

    page = f"{live_server.url}/fr/consultations/{SLUG}/"
    read_proposal(citizen, page)
    photograph(citizen, "citizen-reads", check=False)
    number, key = comment(citizen, photograph, move_clock)
    [receipt] = mail.outbox
    assert number in receipt.subject
    assert key in receipt.body

    at_home = page_at(WIDE)
    track(at_home, live_server.url, number, key)
    expect(at_home.locator("main")).to_contain_text("Mais il faut mesurer chaque mois.")
    photograph(at_home, "citizen-tracks")

    stranger = page_at(NARROW)
    track(stranger, live_server.url, number, "")
    assert "Mais il faut mesurer" not in stranger.content()
    photograph(stranger, "stranger-tracks")

    submission = Submission.objects.get()
    confirm(officer, f"{live_server.url}/admin/submissions/{submission.pk}/publish/")
    stranger.goto(f"{page}comments/")
    expect(stranger.locator("main")).to_contain_text("Camille Laurent")
    photograph(stranger, "comment-published")

    too_late(citizen, page, move_clock)
    photograph(citizen, "citizen-too-late")

    answer(officer, f"{live_server.url}/admin/submissions/{submission.pk}/", photograph)
    draft_decision(officer, f"{desk}decision/")
    photograph(officer, "official-drafts-decision", check=False)
    mail.outbox.clear()
    confirm(chief, f"{desk}decision/publish/")

    stranger.goto(page)
    main = stranger.locator("main")
    for said in ("Adoptée avec des modifications", "Le mercure s’accumule dans les poissons.", ANSWER):
        expect(main).to_contain_text(said)
    photograph(stranger, "decision-published")
    [letter] = mail.outbox
    assert letter.to == ["camille@example.org"]
    assert page.removeprefix(live_server.url) in letter.body
    track(at_home, live_server.url, number, key)
    expect(at_home.locator("main")).to_contain_text(ANSWER)
    photograph(at_home, "citizen-answered")


def in_three_languages(page: Page, name: str, words: str) -> None:
    for code in LANGUAGES:
        page.fill(f"[name={name}_{code}]", f"{words} ({code})")


def prepare(page: Page, site: str) -> None:
    """The case officer opens the file: texts, one measure, one paper, times."""
    page.goto(f"{site}/admin/consultations/new/")
    in_three_languages(page, "title", "Lower threshold for mercury")
    in_three_languages(page, "summary", "Facilities would report smaller releases.")
    in_three_languages(page, "authority", "Environment Agency")
    in_three_languages(page, "legal_basis", "Register Act, section 4")
    page.fill("[name=slug]", SLUG)
    page.fill("[name=contact_email]", "desk@example.org")
    page.click("a[href='#tab-measures']")
    page.click("#id_measures-ADD")
    page.select_option("[name=measures-0-kind]", MeasureKind.RELEASE_THRESHOLD_CHANGED)
    page.click("#inline_child_measures-0 button:visible:has-text('Choose a pollutant')")
    page.click(".modal-body a:has-text('Mercury and compounds')")
    page.locator(".modal-body").wait_for(state="detached")
    page.select_option("[name=measures-0-threshold_kind]", ThresholdKind.RELEASE_WATER)
    page.fill("[name=measures-0-before_quantity_kg]", "1")
    page.fill("[name=measures-0-after_quantity_kg]", "0.5")
    in_three_languages(page, "measures-0-rationale", "Small releases add up.")
    page.click("a[href='#tab-dossier']")
    page.click("#id_documents-ADD")
    page.click("#inline_child_documents-0 button:visible:has-text('Choose a document')")
    page.click(".modal-body a:has-text('Upload')")
    paper: Any = {"name": "impact.txt", "mimeType": "text/plain", "buffer": b"What the proposal costs, and whom."}
    page.set_input_files(".modal-body input[type=file]", paper)
    page.fill(".modal-body input[name$=title]", "Impact of the proposal")
    page.click(".modal-body button[type=submit]:visible")
    page.locator(".modal-body").wait_for(state="detached")
    page.select_option("[name=documents-0-language]", "en")
    in_three_languages(page, "documents-0-title", "Impact of the proposal")
    page.click("a[href='#tab-times']")
    now = timezone.now().astimezone(authority_zone())
    page.fill("[name=period_opens_at]", f"{now:%Y-%m-%d %H:%M}")
    page.fill("[name=period_closes_at]", f"{now + timedelta(days=10):%Y-%m-%d %H:%M}")
    page.fill("[name=decision_expected_by]", f"{now + timedelta(days=60):%Y-%m-%d}")
    page.keyboard.press("Escape")  # the calendar goes, the day stays
    with page.expect_navigation():
        page.click("form[data-edit-form] button[type=submit]:visible, footer button[type=submit]:visible")
    assert Docket.objects.get().is_draft


def confirm(page: Page, address: str) -> None:
    """An official opens the page of an act, reads what it means, and does it."""
    page.goto(address)
    with page.expect_navigation():
        page.click(".desk-act form button[type=submit]")
    assert page.url != address, page.inner_text("main")


def read_proposal(page: Page, address: str) -> None:
    """A citizen finds the consultation, and the way to comment on it."""
    page.goto(address.rpartition(SLUG)[0])
    page.click(f"main a[href$='{SLUG}/']")
    expect(page.locator(".measure")).to_contain_text("Mercure et composés")
    expect(page.locator(".measure-after")).to_contain_text("0,5")
    expect(page.locator("#dossier + ul code")).to_have_count(1)


def comment(page: Page, photograph: Camera, move_clock: MoveClock) -> tuple[str, str]:
    """She comments, checks, sends; sends again by mistake; and has a number and a key."""
    page.click("main a.button[href$='/comment/']")
    page.click("main form button >> nth=0")
    expect(page.locator(".error-summary")).to_be_visible()
    photograph(page, "citizen-sends-nothing")
    page.fill("[name=measure_1]", COMMENT)
    move_clock(timedelta(minutes=5))  # people think before they write; machines are held
    page.click("main form button >> nth=0")
    photograph(page, "citizen-may-be-named")
    page.click("main form button >> nth=0")
    expect(page.locator(".error-summary")).to_be_visible()
    photograph(page, "citizen-chooses-nothing")
    page.check(f"input[value={PublicationPreference.WITH_NAME}]")
    page.fill("[name=name]", "Camille Laurent")
    page.fill("[name=email]", "camille@example.org")
    page.click("main form button >> nth=0")
    expect(page.locator(".check-list")).to_contain_text("Mais il faut mesurer chaque mois.")
    photograph(page, "citizen-checks")
    address, filled = page.url, what_is_sent(page)
    page.click("main form button >> nth=0")
    number = page.inner_text(".receipt-number .reference")
    key = page.inner_text(".receipt-key .reference")
    photograph(page, "citizen-sends")
    second_click = page.request.post(address, form=filled, headers={"Referer": address})
    assert second_click.url == page.url
    assert key in second_click.text()
    assert Submission.objects.count() == 1
    return number, key


def what_is_sent(page: Page) -> dict[str, str | float | bool]:
    """The fields of the form that is in front of her."""
    fields = page.locator("main form").first.locator("input").all()
    return {str(field.get_attribute("name")): field.input_value() for field in fields}


def track(page: Page, site: str, number: str, key: str) -> None:
    page.goto(f"{site}/fr/consultations/track/")
    page.fill("[name=number]", number.lower())
    page.fill("[name=key]", key.lower())
    page.click("main form button")
    page.wait_for_url(f"**/tracking/{number}/")


def too_late(page: Page, address: str, move_clock: MoveClock) -> None:
    """She has the form open when comments close; the server says so, and gives her words back."""
    page.goto(f"{address}comment/")
    page.fill("[name=whole]", "Encore un mot.")
    move_clock(timedelta(days=10))
    page.click("main form button >> nth=0")
    expect(page.locator("main")).to_contain_text("Encore un mot.")
    assert Submission.objects.count() == 1


def answer(page: Page, address: str, photograph: Camera) -> None:
    """The case officer answers the point and the reason is there for everybody."""
    page.goto(address)
    page.select_option("select[name$=-disposition]", Disposition.ACCEPTED_IN_PART)
    page.fill("textarea[name$=-reason]", ANSWER)
    page.fill("textarea[name$=-change_made]", "La mesure M1 demande quatre mesures par an.")
    photograph(page, "official-answers", check=False)
    with page.expect_navigation():
        page.click("form[data-edit-form] button[type=submit] >> nth=0")


def draft_decision(page: Page, address: str) -> None:
    """The case officer drafts the decision with its considerations."""
    page.goto(address)
    page.select_option("[name=kind]", DecisionKind.ADOPTED_WITH_CHANGES)
    in_three_languages(page, "summary", "The threshold is 0.5 kg a year.")
    if not page.locator("[name=considerations-0-heading_en]").count():
        page.click("#id_considerations-ADD")
    in_three_languages(page, "considerations-0-heading", "Health")
    for code, words in zip(
        LANGUAGES,
        ("Mercury builds up in fish.", "Le mercure s’accumule dans les poissons.", "Ртуть накапливается в рыбе."),
        strict=True,
    ):
        page.fill(f"[name=considerations-0-text_{code}]", words)
    in_three_languages(page, "register_change", "From the reporting year 2027 on.")
    in_three_languages(page, "review", "Before the Administrative Court, within a month.")
    with page.expect_navigation():
        page.click("form[data-edit-form] button[type=submit]:visible >> nth=0")
