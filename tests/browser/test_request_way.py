"""One request for information, all the way, as each of the people: from the question to the published answer.

The site runs in this process, so that its clock can be moved: weeks pass between the scenes.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.domain import give_role
from accounts.models import User
from accounts.roles import Role
from design.formats import date_of
from inforequests.enums import (
    AnswerPrivacy,
    Disposition,
    GroundCode,
    Limb,
    ReviewOutcome,
    ReviewRoute,
    ReviewStage,
    Stage,
    WithheldType,
)
from inforequests.models import Ground, InformationRequest, ReviewBody, ReviewCase
from register.enums import Medium, Presence
from register.models import Release
from tests.browser.conftest import PASSWORD, Official, PageAt
from tests.browser.looking import NARROW, WIDE, Camera
from tests.register.factories import FacilityFactory, PollutantFactory, ReleaseFactory

FIRST = "Combien de mercure l’usine a-t-elle rejeté dans l’eau ?"
SECOND = "Qui l’a mesuré ?"
ANSWER = "Un laboratoire agréé, quatre fois par an."
REASON = "La quantité dirait aux concurrents combien l’usine produit."
ORDER = "Ce qui entre dans une rivière n’est pas un secret d’affaires."
DISCLOSED = "En 2024 : 12,5 kg."

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


def test_one_request_goes_all_the_way(
    live_server: LiveServer,
    official: Official,
    citizen: Page,
    page_at: PageAt,
    move_clock: MoveClock,
    photograph: Camera,
) -> None:
    site = live_server.url
    facility = FacilityFactory.create()
    mercury = PollutantFactory.create(mercury=True)
    release = ReleaseFactory.create(
        facility=facility, pollutant=mercury, medium=Medium.WATER, quantity_kg=Decimal("12.5"), reporting_year=2024
    )

    number, key = ask(citizen, f"{site}/fr/register/facilities/{facility.public_id}/", photograph)
    [receipt] = mail.outbox
    assert number in receipt.subject
    assert key in receipt.body
    request = InformationRequest.objects.get()
    address = f"{site}/fr/requests/tracking/{number}/"

    stranger = page_at(NARROW)
    stranger.goto(address)
    assert FIRST not in stranger.content()
    photograph(stranger, "stranger-tracks")

    move_clock(timedelta(days=1))
    desk = f"{site}/admin/requests/{request.pk}/"
    draft_answers(official(Role.CASE_OFFICER), site, desk, release, photograph)

    chief = official(Role.DECISION_MAKER)
    mail.outbox.clear()
    confirm(chief, f"{desk}send/")
    assert [letter.to for letter in mail.outbox] == [["camille@example.org"]]
    entry = Release.objects.get()
    assert (entry.presence, entry.quantity_kg) == (Presence.CONFIDENTIAL, None)
    stranger.goto(f"{site}/fr/register/facilities/{facility.public_id}/")
    expect(stranger.locator("main")).to_contain_text(REASON)
    photograph(stranger, "register-says-what-is-withheld")

    ask_review(citizen, site, number, key, photograph)
    case = ReviewCase.objects.get()
    reviewer = official(Role.REVIEWER)
    overturn(reviewer, f"{site}/admin/reviews/{case.pk}/", photograph)
    assert InformationRequest.objects.get().stage == Stage.IN_HAND

    at_home = page_at(WIDE)
    track(at_home, site, number, key)
    expect(at_home.locator("main")).to_contain_text(ORDER)
    look_at_choices(at_home, address, photograph)

    move_clock(timedelta(days=2))
    comply(official, desk)
    entry.refresh_from_db()
    assert (entry.presence, entry.quantity_kg) == (Presence.REPORTED, Decimal("12.5"))
    track(at_home, site, number, key)
    expect(at_home.locator("main")).to_contain_text(DISCLOSED)
    photograph(at_home, "citizen-answered")
    case.refresh_from_db()
    assert case.complied_at is not None

    publish(official, desk)
    read_log(stranger, site, photograph)


def look_at_choices(citizen: Page, address: str, photograph: Camera) -> None:
    """The re-opened request, and the pages of what its requester may do besides, without doing it."""
    photograph(citizen, "citizen-reopened")
    for choice in ("publication", "withdraw", "message"):
        citizen.goto(f"{address}{choice}/")
        photograph(citizen, f"citizen-may-{choice}")
    citizen.click("main form button >> nth=0")
    expect(citizen.locator(".error-summary")).to_be_visible()
    photograph(citizen, "citizen-writes-nothing")


def confirm(page: Page, address: str) -> None:
    """An official opens the page of an act, reads what it means, and does it."""
    page.goto(address)
    press(page, address)


def press(page: Page, address: str) -> None:
    with page.expect_navigation():
        page.click(".desk-act form button[type=submit]")
    assert page.url != address, page.inner_text("main")


def ask(page: Page, facility: str, photograph: Camera) -> tuple[str, str]:
    """She comes from a facility's page, asks two things, sends twice by mistake, and has a number and a key."""
    page.goto(facility)
    page.click("main a[href*='/fr/requests/ask/?facility=']")
    page.click("main form button >> nth=0")
    expect(page.locator(".error-summary")).to_be_visible()
    photograph(page, "citizen-asks-nothing")
    page.fill("[name=question_1]", FIRST)
    page.click("main form button[value=another]")
    page.fill("[name=question_2]", SECOND)
    photograph(page, "citizen-asks")
    page.click("main form button >> nth=0")
    expect(page.locator(".request-suggestions")).to_contain_text("Mercure")
    photograph(page, "citizen-may-be-written-to")
    page.fill("[name=name]", "Camille Laurent")
    page.fill("[name=email]", "camille")
    page.check(f"input[value={AnswerPrivacy.PUBLIC}]")
    page.click("main form button >> nth=0")
    expect(page.locator(".error-summary")).to_be_visible()
    photograph(page, "citizen-mistypes")
    page.fill("[name=email]", "camille@example.org")
    address, filled = page.url, what_is_sent(page)
    page.click("main form button >> nth=0")
    number = page.inner_text(".receipt-number .reference")
    key = page.inner_text(".receipt-key .reference")
    photograph(page, "citizen-sends")
    second_click = page.request.post(address, form=filled, headers={"Referer": address})
    assert second_click.url == page.url
    assert InformationRequest.objects.count() == 1
    return number, key


def what_is_sent(page: Page) -> dict[str, str | float | bool]:
    """The fields of the form that is in front of her."""
    form = page.locator("main form").first
    fields = form.locator("input:not([type=radio]), input[type=radio]:checked, select").all()
    return {str(field.get_attribute("name")): field.input_value() for field in fields}


def draft_answers(page: Page, site: str, desk: str, release: Release, photograph: Camera) -> None:
    """The officer acknowledges, keeps one thing back, answers the other, and marks both as ready."""
    page.goto(f"{site}/admin/requests/")
    photograph(page, "officer-list", check=False)
    confirm(page, f"{desk}acknowledge/")
    withhold_amount(page, f"{desk}questions/1/", release, photograph)
    answer(page, f"{desk}questions/2/answer/", Disposition.PROVIDED, ANSWER)
    confirm(page, f"{desk}ready/")
    page.goto(desk)
    photograph(page, "officer-desk", check=False)


def withhold_amount(page: Page, question: str, release: Release, photograph: Camera) -> None:
    """The officer keeps the amount back as a trade secret; without the consideration it cannot be saved."""
    answer(page, f"{question}answer/", Disposition.WITHHELD, "")
    address = f"{question}keep-back/"
    page.goto(address)
    page.check(f"input[name=ground][value='{Ground.objects.get(code=GroundCode.COMMERCIAL_INDUSTRIAL).pk}']")
    page.check(f"input[name=withheld_type][value={WithheldType.AMOUNT}]")
    page.select_option("[name=entry]", f"{release.load_kind}:{release.entry_key}")
    page.fill("[name=text_fr]", REASON)
    page.fill("[name=public_interest_fr]", "Les riverains veulent le savoir ; le total de la rivière est public.")
    page.check("input[name=concerns_releases] >> nth=0")
    page.click(".desk-act form button[type=submit]")
    expect(page.locator("main")).to_contain_text("12(2)")
    photograph(page, "officer-keeps-back-without-consideration", check=False)
    page.fill("[name=releases_consideration_fr]", "La quantité est inférieure à celle du permis.")
    press(page, address)


def answer(page: Page, address: str, disposition: Disposition, text: str) -> None:
    """The officer answers one question."""
    page.goto(address)
    page.check(f"input[name=disposition][value={disposition}]")
    page.fill("[name=text]", text)
    press(page, address)


def track(page: Page, site: str, number: str, key: str) -> None:
    page.goto(f"{site}/fr/requests/track/")
    page.fill("[name=number]", number.lower())
    page.fill("[name=key]", key.lower())
    page.click("main form button")
    page.wait_for_url(f"**/tracking/{number}/")


def ask_review(page: Page, site: str, number: str, key: str, photograph: Camera) -> None:
    """She reads why, and asks for a review by one plain sentence."""
    board = ReviewBody.objects.create(
        route=ReviewRoute.INDEPENDENT_BODY,
        name_en="Information Review Board",
        name_fr="Commission de recours",
        legal_basis_en="Access Act, part 4",
        how_en="It costs nothing.",
        receives_here=True,
    )
    reviewer = User.objects.create_user(f"{Role.REVIEWER.value}@example.org", PASSWORD, first_name="Renske")
    EmailAddress.objects.create(user=reviewer, email=reviewer.email, verified=True, primary=True)
    give_role(reviewer, Role.REVIEWER, actor=None)
    board.members.add(reviewer)
    track(page, site, number, key)
    expect(page.locator("main")).to_contain_text(REASON)
    photograph(page, "citizen-reads-refusal")
    page.click("main a.button[href$='/review/']")
    photograph(page, "citizen-may-ask-review")
    page.click("main form button >> nth=0")
    expect(page.locator(".error-summary")).to_be_visible()
    page.check(f"input[value={Limb.REFUSED_IN_PART}]")
    page.fill("[name=words]", "C’est notre rivière.")
    photograph(page, "citizen-asks-review")
    page.click("main form button >> nth=0")
    expect(page.locator("main")).to_contain_text("C’est notre rivière.")


def overturn(page: Page, address: str, photograph: Camera) -> None:
    """The reviewer reads this case and no other request, records the stage, and overturns."""
    page.goto(address)
    photograph(page, "reviewer-reads", check=False)
    page.goto(f"{address}stage/")
    page.check(f"input[name=stage][value={ReviewStage.INQUIRY}]")
    press(page, f"{address}stage/")
    page.goto(f"{address}decide/")
    page.check(f"input[name=outcome][value={ReviewOutcome.DECISION_OVERTURNED}]")
    page.fill("[name=reasons]", ORDER)
    page.check("input[name=items] >> nth=0")
    page.fill("[name=comply_by]", f"{date_of(timezone.now()) + timedelta(days=10):%Y-%m-%d}")
    page.keyboard.press("Escape")  # the calendar goes, the day stays
    photograph(page, "reviewer-decides", check=False)
    press(page, f"{address}decide/")


def comply(official: Official, desk: str) -> None:
    """The decision-maker discloses the amount, in the register too; the officer answers; it is sent."""
    kept = InformationRequest.objects.get().items.get(number=1).answers.get().withholdings.get()
    chief = official(Role.DECISION_MAKER)
    address = f"{desk}questions/1/kept-back/{kept.pk}/disclose/"
    chief.goto(address)
    chief.fill("[name=quantity_kg]", "12.5")
    press(chief, address)
    officer = official(Role.CASE_OFFICER)
    answer(officer, f"{desk}questions/1/answer/", Disposition.PROVIDED, DISCLOSED)
    confirm(officer, f"{desk}ready/")
    confirm(chief, f"{desk}send/")


def publish(official: Official, desk: str) -> None:
    """The officer publishes what she has agreed to."""
    officer = official(Role.CASE_OFFICER)
    officer.goto(f"{desk}publish/")
    officer.fill("[name=text_fr]", "Le mercure de l’usine")
    press(officer, f"{desk}publish/")


def read_log(page: Page, site: str, photograph: Camera) -> None:
    """A stranger finds question and answer, and nobody's name."""
    page.goto(f"{site}/fr/requests/log/?q=mercure")
    photograph(page, "log")
    page.click("main .result-title a")
    expect(page.locator("main")).to_contain_text(DISCLOSED)
    assert "Camille" not in page.content()
    photograph(page, "disclosed")
