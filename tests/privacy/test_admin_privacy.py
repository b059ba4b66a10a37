"""The administration of personal data: who sees which page, and what an official can do."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.roles import Role
from privacy.models import RetentionRule, Tombstone
from tests.accounts.factories import PersonFactory
from tests.conftest import AssertSameQueries
from tests.consultations.factories import DocketFactory
from tests.privacy.people import NAME, comment

pytestmark = pytest.mark.django_db
RULES, ERASURES, LETTER = "/admin/privacy/rules/", "/admin/privacy/erasures/", "/admin/privacy/erasures/letter/"


@pytest.fixture
def administrator(client: Client) -> Client:
    """The browser of an administrator."""
    client.force_login(PersonFactory(role=Role.ADMINISTRATOR))
    return client


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.ADMINISTRATOR, (200, 200, 200, 200)),
        (Role.AUDITOR, (200, 302, 200, 302)),
        (Role.CASE_OFFICER, (200, 302, 200, 302)),
        (Role.EDITOR, (302, 302, 302, 302)),
        (Role.REVIEWER, (302, 302, 302, 302)),
    ],
)
def test_who_opens_which_page(client: Client, role: Role, expected: tuple[int, ...]) -> None:
    client.force_login(PersonFactory(role=role))
    rule = RetentionRule.objects.get(kind="letters")
    pages = (RULES, f"{RULES}{rule.pk}/change/", ERASURES, LETTER)
    assert tuple(client.get(page).status_code for page in pages) == expected


def test_an_administrator_changes_a_period_and_the_public_page_follows(administrator: Client) -> None:
    rule = RetentionRule.objects.get(kind="letters")
    changed = {"amount": "9", "unit": "months", "is_active": "on", "legal_basis_en": "Data Act, section 7"}
    assert administrator.post(f"{RULES}{rule.pk}/change/", changed).status_code == 302
    page = Client().get("/en/privacy/").content.decode()
    assert ("9 months after the day they were written" in page, "Data Act, section 7" in page) == (True, True)


def test_nobody_gives_a_period_to_what_was_said(administrator: Client) -> None:
    rule = RetentionRule.objects.get(kind="submission_words")
    changed = {"amount": "9", "unit": "months", "is_active": "on", "legal_basis_en": "Data Act, section 7"}
    response = administrator.post(f"{RULES}{rule.pk}/change/", changed)
    assert (response.status_code, list(response.context["form"].errors)) == (200, ["amount"])


def test_an_erasure_by_letter_leaves_a_line_that_names_nobody(administrator: Client) -> None:
    sent = comment(DocketFactory(open=True, around=timezone.now()), at=timezone.now()).submission
    asked = {"number": sent.tracking_number.lower(), "reason": "Letter of 3 March, file 12/2026"}
    assert list(administrator.post(LETTER, asked).context["form"].errors) == ["sure"]
    assert administrator.post(LETTER, {**asked, "sure": "on"}).headers["Location"] == ERASURES
    assert Tombstone.objects.get().reason == "Letter of 3 March, file 12/2026"
    listed = administrator.get(ERASURES).content.decode()
    assert (sent.tracking_number in listed, NAME in listed) == (True, False)
    again = administrator.post(LETTER, {**asked, "sure": "on"})
    assert list(again.context["form"].errors) == ["number"]


@pytest.mark.parametrize("number", ["", "C-7KQ2", "C-0000-0000-0", "nobody"])
def test_a_number_that_nobody_has_is_named(administrator: Client, number: str) -> None:
    response = administrator.post(LETTER, {"number": number, "reason": "Letter", "sure": "on"})
    assert list(response.context["form"].errors) == ["number"]


def test_the_list_asks_the_database_as_often_for_three_erasures_as_for_one(
    administrator: Client, assert_same_queries: AssertSameQueries
) -> None:
    def erase() -> None:
        Tombstone.objects.create(holding="submission", reference="C-1", erased_at=timezone.now(), cause="asked")

    assert_same_queries(administrator, lambda: ERASURES, erase)


def test_the_desk_of_a_comment_shows_the_tombstone(administrator: Client) -> None:
    sent = comment(DocketFactory(open=True, around=timezone.now()), at=timezone.now()).submission
    administrator.post(LETTER, {"number": sent.tracking_number, "reason": "Letter", "sure": "on"})
    response = administrator.get("/admin/submissions/")
    assert (NAME in response.content.decode(), "Name erased on" in response.content.decode()) == (False, True)
