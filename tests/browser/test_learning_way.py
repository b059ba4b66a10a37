"""From the home page to a certificate: an NGO's member reads, practises and passes in French; a stranger checks it.

She needs neither an account nor JavaScript until the assessment, and no JavaScript after it.
"""

from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.domain import give_role
from accounts.models import User
from accounts.roles import Role
from learning import domain
from learning.loading import load_programmes
from learning.models import Attempt, Award, Item, Registration
from register.domain.reference import load_reference
from tests.browser.conftest import PASSWORD, PageAt
from tests.browser.looking import NARROW, WIDE, Camera
from tests.learning.factories import mercury_release

PROGRAMME = "comment-so-that-it-counts"
UNITS = 6

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def programmes(live_server: LiveServer) -> None:
    load_reference()
    mercury_release("3.5")
    mercury_release("9", year=2024)
    load_programmes()


def account(address: str, role: Role | None = None) -> User:
    """An account with a confirmed address."""
    person = User.objects.create_user(address, PASSWORD, first_name="Noémie", last_name="Garnier", language="fr")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    if role:
        give_role(person, role, actor=None)
    return person


def sign_in(page: Page, address: str) -> None:
    page.fill("input[name=login]", address)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")


@pytest.mark.usefixtures("programmes")
def test_from_the_home_page_to_a_certificate_that_a_stranger_checks(
    live_server: LiveServer, citizen: Page, page_at: PageAt, photograph: Camera
) -> None:
    member = citizen
    account("noemie@example.org")

    member.goto(f"{live_server.url}/fr/")
    member.locator("nav.sections a[href='/fr/learning/']").dispatch_event("click")
    member.goto(f"{live_server.url}/fr/learning/")
    member.click(f"main a[href$='/{PROGRAMME}/']")
    photograph(member, "programme", check=False)
    member.click("main #progress a.button")
    practise(member, photograph)
    read_units(member)
    expect(member.locator("#progress")).to_contain_text(f"Unités faites\u00a0: {UNITS} sur {UNITS}")
    photograph(member, "everything-read")
    assert Registration.objects.count() == 0

    member.click(f"main #progress a[href$='/{PROGRAMME}/assessment/']")
    member.click("main a[href^='/accounts/login/']")
    sign_in(member, "noemie@example.org")
    member.wait_for_url("**/assessment/")
    expect(member.locator("input[name=name]")).to_have_value("Noémie Garnier")
    photograph(member, "begins", check=False)
    member.click("main form button")
    take_assessment(member, photograph)
    expect(member.locator("h1")).to_have_text("Vous avez réussi")
    photograph(member, "passed")

    made = Award.objects.get()
    assert (made.holder_name, made.language) == ("Noémie Garnier", "fr")
    with member.expect_download() as download:
        member.click(f"main a[href$='/{made.code}.pdf']")
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")
    [letter] = mail.outbox
    assert made.code in letter.body

    stranger = page_at(WIDE)
    check_certificate(stranger, live_server.url, made, photograph)


def practise(page: Page, photograph: Camera) -> None:
    """She answers the first exercise wrongly, reads why, and then rightly."""
    key = str(page.locator(".exercise").first.get_attribute("id")).removeprefix("exercise-")
    options = list(Item.objects.get(programme__slug=PROGRAMME, key=key).options.all())
    wrong = next(option for option in options if not option.is_correct)
    page.locator(".exercise").first.locator(f"input[value='{wrong.pk}']").check()
    page.locator(".exercise").first.locator("button").click()
    expect(page.locator("#result")).to_contain_text("pas")
    expect(page.locator("#result")).to_be_focused()
    expect(page.locator(".exercise")).to_contain_text(wrong.feedback_fr.split(".")[0])
    expect(page.locator(f"input[value='{wrong.pk}']")).to_be_checked()
    photograph(page, "wrong-answer")
    if page.locator(f"input[type=checkbox][value='{wrong.pk}']").count():
        page.uncheck(f"input[value='{wrong.pk}']")
    for option in options:
        if option.is_correct:
            page.check(f"input[value='{option.pk}']")
    page.click(".exercise button")
    expect(page.locator("#result")).to_contain_text("C’est juste.")
    photograph(page, "right-answer")
    page.click("#result a")


def read_units(page: Page) -> None:
    """She marks each unit as read; each leads to the next, the last back to the programme."""
    for _unit in range(UNITS):
        page.click(".unit-end form button")
    page.wait_for_url(f"**/{PROGRAMME}/#progress")


def take_assessment(page: Page, photograph: Camera) -> None:
    """She answers every question rightly, changes her mind once, and hands in."""
    paper = domain.paper_of(Attempt.objects.get())
    for number, item in enumerate(paper, start=1):
        page.wait_for_url(f"**/questions/{number}/")
        for option in item.options:
            if option.is_correct:
                page.check(f"input[value='{option.key}']")
        if not item.options:
            page.fill("input[name=answer]", f"{item.answer:f}".replace(".", ","))
        if number == 1:
            photograph(page, "question")
        page.click("main form button")
    page.wait_for_url("**/check/")
    photograph(page, "check")
    page.click("main .summary-change a >> nth=0")
    page.click("main form button")
    page.wait_for_url("**/check/")
    page.click("main form button")
    page.wait_for_url("**/results/1/")


def check_certificate(page: Page, site: str, made: Award, photograph: Camera) -> None:
    """A stranger types the code wrongly, then rightly, in Russian."""
    page.goto(f"{site}/ru/learning/verify/")
    other = next(sign for sign in "23456789" if sign != made.code[-1])
    page.fill("input[name=code]", made.code[:-1] + other)
    page.click("main form button")
    expect(page.locator(".error-summary")).to_contain_text("опечатка")
    photograph(page, "stranger-mistypes")
    page.fill("input[name=code]", made.code.lower().replace("-", " "))
    page.click("main form button")
    page.wait_for_url(f"**/verify/{made.code}/")
    main = page.locator("main")
    for said in ("Действителен", "Noémie Garnier", made.sha256, "Чего он не доказывает"):
        expect(main).to_contain_text(said)
    photograph(page, "stranger-checks")


@pytest.mark.usefixtures("programmes")
def test_an_editor_changes_a_question_and_a_reader_sees_it(
    live_server: LiveServer, page_at: PageAt, photograph: Camera
) -> None:
    account("edda@example.org", Role.EDITOR)
    editor = page_at(WIDE)
    editor.goto(f"{live_server.url}/accounts/login/?next=/admin/")
    sign_in(editor, "edda@example.org")
    editor.wait_for_url("**/admin/")
    item = Item.objects.for_practice().filter(programme__slug=PROGRAMME).first()
    assert item is not None
    editor.goto(f"{live_server.url}/admin/snippets/learning/item/edit/{item.pk}/")
    photograph(editor, "editor-question", check=False)
    editor.fill("[name=stem_fr]", "Que change cette mesure, au juste ?")
    with editor.expect_navigation():
        editor.click("footer button[type=submit]:visible, form[data-edit-form] button[type=submit]:visible >> nth=0")
    reader = page_at(NARROW)
    reader.goto(f"{live_server.url}/fr/learning/{PROGRAMME}/exercise/{item.key}/")
    expect(reader.locator(".exercise")).to_contain_text("Que change cette mesure, au juste ?")
    photograph(reader, "reader-sees")
