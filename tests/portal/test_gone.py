"""What was public and is no longer says so: a stranger can tell it from an address that was mistyped."""

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from accounts.roles import Role
from consultations.domain import withhold_submission
from consultations.enums import ModerationReason
from inforequests.domain import take_from_disclosure_log
from portal.models import HomePage, StandardPage
from tests.consultations.factories import DocketFactory, OfficialFactory, publish, send
from tests.design.html import parsed, texts
from tests.inforequests.factories import ask, disclosed, person

pytestmark = pytest.mark.django_db


def page(slug: str, *, published: bool, live: bool) -> StandardPage:
    """A page below the English home page."""
    home = HomePage.objects.get(slug="home")
    first = timezone.now() if published else None
    return home.add_child(
        instance=StandardPage(title="Notice", slug=slug, locale=home.locale, live=live, first_published_at=first)
    )


def heading(client: Client, address: str) -> tuple[int, list[str]]:
    """The status of an address and what its heading says."""
    response = client.get(address)
    return response.status_code, texts(parsed(response.text), "h1")


def test_a_page_that_an_editor_has_unpublished_is_gone(client: Client) -> None:
    page("notice", published=True, live=True).unpublish()
    assert heading(client, "/en/notice/") == (410, ["This is no longer available"])


def test_a_draft_was_never_there(client: Client) -> None:
    page("draft", published=False, live=False)
    assert heading(client, "/en/draft/") == (404, ["This page cannot be found"])


def test_the_same_words_in_another_language_were_never_there(client: Client) -> None:
    page("notice", published=True, live=False)
    assert client.get("/fr/notice/").status_code == 404


def test_a_page_for_which_an_editor_has_named_another_leads_there(client: Client) -> None:
    page("notice", published=True, live=False)
    Redirect.add_redirect("/en/notice/", Page.objects.get(slug="home"), is_permanent=True)
    assert client.get("/en/notice/").status_code == 301


def test_a_request_that_was_taken_out_of_the_disclosure_log_says_so(client: Client) -> None:
    entry = disclosed().request.disclosure
    take_from_disclosure_log(entry.request, actor=person(Role.CASE_OFFICER))
    response = client.get(entry.get_absolute_url())
    assert response.status_code == 410
    assert texts(parsed(response.text), ".content > p")[0] == (
        "The disclosure log had this request; it has been taken out of it."
    )


def test_of_a_request_that_was_never_in_the_log_a_stranger_learns_nothing(client: Client) -> None:
    number = ask().request.tracking_number
    unknown = client.get("/en/requests/log/R-0000-0000-0/")
    assert (client.get(f"/en/requests/log/{number}/").status_code, unknown.status_code) == (404, 404)


def test_a_comment_that_was_published_and_is_withheld_now_says_why(client: Client) -> None:
    comment = publish(send(DocketFactory(open=True, around=timezone.now())), at=timezone.now())
    address = f"/en/consultations/{comment.docket.slug}/comments/{comment.tracking_number}/"
    assert client.get(address).status_code == 200
    officer = OfficialFactory(role=Role.FACILITATOR)
    withhold_submission(comment, actor=officer, reason=ModerationReason.OFFENSIVE)
    response = client.get(address)
    assert response.status_code == 410
    assert texts(parsed(response.text), ".content > p")[0] == (
        "This comment was published and is shown no longer: it insults people. It is considered all the same."
    )


def test_a_comment_that_nobody_has_published_was_never_there(client: Client) -> None:
    comment = send(DocketFactory(open=True, around=timezone.now()))
    address = f"/en/consultations/{comment.docket.slug}/comments/{comment.tracking_number}/"
    assert client.get(address).status_code == 404
