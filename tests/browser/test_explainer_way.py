"""One citizen comes from the home page to an explainer, its figures and the register, and an editor changes a sentence.

The demonstration is a process of its own, with the texts that everybody sees.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from accounts.roles import Role
from tests.browser.conftest import PageAt, SignedIn, Telephone
from tests.browser.looking import NARROW, WIDE, Camera
from tests.browser.running_site import Site

MERCURY = "mercury-and-compounds"
ADDED = "This sentence was added by an editor."
# Wagtail remembers the form as it was two seconds after the page stands, and keeps drafts of what differs from that.
WATCHES_FOR_EDITS = """() => wagtail.app.getControllerForElementAndIdentifier(
    document.querySelector("[data-edit-form]"), "w-unsaved"
)?.initialFormData"""


def test_a_citizen_reads_in_russian_without_javascript(
    demonstration: Site, telephone: Telephone, photograph: Camera, screenshots: Path
) -> None:
    page = telephone("ru-RU")
    page.goto(f"{demonstration.url}/ru/")

    # From the home page alone: all pollutants, then the one that is looked for.
    page.get_by_role("link", name="Все загрязнители").click()
    page.get_by_label(re.compile("Название, номер")).fill("ртуть")
    page.get_by_role("button", name="Показать").click()
    page.locator(".explainer-list").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ртуть")
    photograph(page, "explainer")

    # The table of the figure holds the number that the fact above it tells.
    page.get_by_text("Числа в виде таблицы").click()
    table = page.locator("figure .table")
    expect(table).to_be_visible()
    newest = page.locator(".fact[data-medium=air] .fact-value").inner_text().replace("\xa0", " ").split()[0]
    assert newest in table.locator("tbody tr").last.inner_text()
    page.locator("figure").screenshot(path=screenshots / "explainer-ru-chart.png")

    # A word is explained where it stands, and a source where it is cited.
    page.locator("main a.term").first.click()
    expect(page.locator(".terms div:target")).to_be_visible()
    page.locator(".citation-mark a").first.click()
    expect(page.locator(".references li:target")).to_be_visible()

    # On to the register, to a consultation, and back.
    explainer = page.url.partition("#")[0]
    page.get_by_role("link", name="Посмотреть, кто о нем отчитывается").click()
    expect(page).to_have_url(f"{demonstration.url}/ru/register/pollutants/{MERCURY}/")
    photograph(page, "register", check=False)
    page.locator("main .leads-to a").click()
    expect(page).to_have_url(explainer)
    page.locator("main .result-list a[href*='/consultations/']").first.click()
    expect(page.locator("main .before-after, main .measure").first).to_be_visible()
    page.goto(explainer)
    page.get_by_role("link", name="Спросить компетентный орган об этом загрязнителе").click()
    assert f"pollutant={MERCURY}" in page.url
    expect(page.locator("main form").first).to_be_visible()


def test_a_table_of_the_figure_opens_with_the_keyboard(demonstration: Site, page_at: PageAt) -> None:
    page = page_at(WIDE)
    page.goto(f"{demonstration.url}/en/explainers/{MERCURY}/")
    summary = page.locator("figure summary").first
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator("figure .table")).to_be_visible()


def test_everything_is_printed(demonstration: Site, page_at: PageAt, screenshots: Path) -> None:
    page = page_at(WIDE)
    page.goto(f"{demonstration.url}/en/explainers/{MERCURY}/")
    page.emulate_media(media="print")
    for part in ("#references", "#terms", ".boxes", "figure .figure-drawing", ".caveats"):
        expect(page.locator(part).first).to_be_visible()
    page.screenshot(path=screenshots / "explainer-print.png", full_page=True)


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_the_page_is_readable_at_twice_the_size(demonstration: Site, page_at: PageAt, width: int) -> None:
    page = page_at(width // 2 if width == WIDE else width)
    page.goto(f"{demonstration.url}/fr/explainers/{MERCURY}/")
    too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert too_wide == 0


def test_an_editor_changes_an_answer_and_publishes_it(
    demonstration: Site, page_at: PageAt, signed_in: SignedIn, screenshots: Path
) -> None:
    editor = page_at(WIDE, signed_in(Role.EDITOR))
    editor.goto(f"{demonstration.url}/admin/explainer_pages/")
    editor.get_by_role("link", name="Ammonia", exact=True).first.click()
    editor.wait_for_load_state("networkidle")
    assert_part_for_each_question(editor)
    editor.locator("[data-contentpath=uses] [contenteditable=true]").click()
    editor.keyboard.press("Control+End")
    editor.wait_for_function(WATCHES_FOR_EDITS)
    # The editing page keeps a draft by itself, a moment after the last key.
    with editor.expect_response(lambda answer: answer.request.method == "POST" and answer.url.endswith("/edit/")):
        editor.keyboard.type(f" {ADDED}")
    editor.screenshot(path=screenshots / "explainer-editing.png", full_page=True)
    editor.locator("footer [data-w-dropdown-target=toggle]").first.click()
    editor.locator("button[name=action-publish]").click()
    expect(editor.get_by_text("has been published")).to_be_visible()

    reader = page_at(NARROW)
    reader.goto(f"{demonstration.url}/en/explainers/ammonia-nh3/")
    expect(reader.locator("main")).to_contain_text(ADDED)


def assert_part_for_each_question(editor: Page) -> None:
    """Every question has a part of its own, with the state of its answer beside the text."""
    assert editor.locator("select[name$=_state]").count() == 10
