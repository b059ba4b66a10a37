"""Where no review body is entered: the requester reads the way to a court, and no door that leads nowhere."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from inforequests import domain
from inforequests.enums import Limb, ReviewRoute
from inforequests.models import ReviewBody, ReviewCase
from tests.inforequests.factories import DAY, ask, body, refused
from tests.inforequests.test_request_pages import address, open_with_key

pytestmark = pytest.mark.django_db

RIGHT = "access to a review before a court or another independent and impartial body established by law (Article 14(1))"


def ignored() -> domain.Sent:
    """A request whose last day is long over."""
    return ask(at=timezone.now() - timedelta(days=40))


def test_who_was_refused_or_ignored_is_told_the_way_to_a_court(client: Client) -> None:
    for sent in (refused(at=timezone.now() - DAY), ignored()):
        page = open_with_key(client, sent)
        assert RIGHT in page
        assert "Turn to the court that decides on acts of public authorities" in page
        assert '<a class="button" href="#review">The ways to a review</a>' in page
        assert address(sent, "review/") not in page


def test_the_form_for_a_review_leads_back_to_the_way_and_opens_no_case(client: Client) -> None:
    sent = ignored()
    open_with_key(client, sent)
    response = client.post(address(sent, "review/"), {"limb": Limb.IGNORED.value, "words": "Nobody wrote."})
    assert (response.status_code, response["Location"]) == (302, f"{address(sent)}#review")
    assert not ReviewCase.objects.exists()


def test_a_court_that_takes_no_cases_here_is_named_without_a_door(client: Client) -> None:
    ReviewBody.objects.create(
        route=ReviewRoute.COURT, name_en="Court of Vel", legal_basis_en="Courts Act", how_en="In writing."
    )
    sent = ignored()
    page = open_with_key(client, sent)
    assert "Court of Vel" in page
    assert RIGHT not in page
    assert address(sent, "review/") not in page


def test_a_body_that_takes_cases_here_opens_the_door(client: Client) -> None:
    body()
    sent = ignored()
    page = open_with_key(client, sent)
    assert f'<a class="button" href="{address(sent, "review/")}">' in page
    assert RIGHT not in page


@pytest.mark.parametrize(("language", "word"), [("en", "court"), ("fr", "tribunal"), ("ru", "суд")])
def test_the_way_to_a_court_is_told_in_every_language(client: Client, language: str, word: str) -> None:
    sent = ignored()
    open_with_key(client, sent)
    page = client.get(address(sent).replace("/en/", f"/{language}/")).content.decode()
    assert word in page
