"""Erasing oneself: what goes and what stays is said before, asked once more, and then done for good."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from consultations.enums import PublicationPreference
from consultations.models import Docket, Submission
from design.formats import format_date_short
from privacy.enums import Reach
from privacy.models import Tombstone
from tests.accounts.factories import PersonFactory
from tests.consultations.factories import DocketFactory, publish
from tests.privacy.people import (
    ADDRESS_OF_AINO,
    ADDRESS_OF_BO,
    NAME,
    NAME_OF_BO,
    comment,
    give_key,
    prove_address,
    request_of_aino,
)

pytestmark = pytest.mark.django_db
ERASE = "/en/privacy/erase/"


@pytest.fixture
def docket() -> Docket:
    """A consultation that takes comments now."""
    return DocketFactory(open=True, around=timezone.now())


def test_whoever_has_shown_nothing_is_asked_first(client: Client) -> None:
    assert client.get(ERASE).headers["Location"] == "/en/privacy/mine/"
    assert client.post(ERASE, {"things": "submission:C-7KQ2-M4XD-9"}).headers["Location"] == "/en/privacy/mine/"


def test_it_is_explained_asked_twice_and_done(client: Client, docket: Docket) -> None:
    sent = publish_now(docket)
    number = sent.tracking_number
    prove_address(client, ADDRESS_OF_AINO)
    explained = client.get(ERASE).content.decode()
    assert [said in explained for said in ("Goes for good", "Stays", "Your name, organisation")] == [True] * 3

    chosen = {"things": f"submission:{number}", "reach": Reach.IDENTITY}
    asked = client.post(ERASE, chosen).content.decode()
    assert "This cannot be undone." in asked
    assert Tombstone.objects.count() == 0

    back = client.post(ERASE, {**chosen, "step": "confirmed", "go": "back"})
    assert (back.status_code, Tombstone.objects.count()) == (200, 0)

    done = client.post(ERASE, {**chosen, "step": "confirmed"}).content.decode()
    assert f"Comment {number}" in done
    assert Tombstone.objects.get().reference == number
    day = format_date_short(timezone.now())
    public = client.get(f"/en/consultations/{docket.slug}/comments/").content.decode()
    assert (NAME in public, f"Name erased on {day}" in public) == (False, True)


def publish_now(docket: Docket) -> Submission:
    """A comment of Aino's that everybody reads with her name."""
    return publish(comment(docket, at=timezone.now()).submission, at=timezone.now())


def test_a_name_alone_can_be_taken_out_of_what_is_published(client: Client, docket: Docket) -> None:
    sent = publish_now(docket)
    prove_address(client, ADDRESS_OF_AINO)
    chosen = {"things": f"submission:{sent.tracking_number}", "reach": Reach.NAME, "step": "confirmed"}
    assert client.post(ERASE, chosen).status_code == 302
    stored = Submission.objects.get(pk=sent.pk)
    assert stored.publication_preference == PublicationPreference.WITHOUT_NAME
    assert (stored.email, Tombstone.objects.count()) == (ADDRESS_OF_AINO, 0)
    assert NAME not in client.get(f"/en/consultations/{docket.slug}/comments/").content.decode()


def test_a_name_that_nobody_reads_cannot_be_taken_out(client: Client) -> None:
    asked = request_of_aino(at=timezone.now())
    prove_address(client, ADDRESS_OF_AINO)
    chosen = {"things": f"request:{asked.request.tracking_number}", "reach": Reach.NAME, "step": "confirmed"}
    response = client.post(ERASE, chosen)
    assert response.context["form"].errors == {"reach": ["None of what you chose is published with your name."]}


def test_nobody_erases_anybody_else(client: Client, docket: Docket) -> None:
    now = timezone.now()
    comment(docket, at=now)
    theirs = comment(docket, at=now, email=ADDRESS_OF_BO, name=NAME_OF_BO)
    prove_address(client, ADDRESS_OF_AINO)
    chosen = {"things": f"submission:{theirs.submission.tracking_number}", "reach": Reach.IDENTITY, "step": "confirmed"}
    assert client.post(ERASE, chosen).status_code == 200
    assert Submission.objects.get(pk=theirs.submission.pk).email == ADDRESS_OF_BO
    assert Tombstone.objects.count() == 0


def test_the_tracking_page_leads_there_and_shows_the_tombstone_afterwards(client: Client, docket: Docket) -> None:
    sent = comment(docket, at=timezone.now())
    number = sent.submission.tracking_number
    give_key(client, number, sent.secret)
    tracking = f"/en/consultations/tracking/{number}/"
    assert "/en/privacy/mine/" in client.get(tracking).content.decode()
    client.post(ERASE, {"things": f"submission:{number}", "reach": Reach.IDENTITY, "step": "confirmed"})
    told = client.get(tracking).content.decode()
    assert f"Name erased on {format_date_short(timezone.now())}" in told
    assert "A receipt fetched from now on proves them no longer" in told
    assert "Your name and your addresses were erased; your words stay." in told


def test_the_page_of_a_request_shows_the_tombstone_to_everybody(client: Client) -> None:
    asked = request_of_aino(at=timezone.now())
    number = asked.request.tracking_number
    give_key(client, number, asked.secret)
    assert "nobody can write to you" in client.get(ERASE).content.decode()
    client.post(ERASE, {"things": f"request:{number}", "reach": Reach.IDENTITY, "step": "confirmed"})
    day = f"Name erased on {format_date_short(timezone.now())}"
    assert day in client.get(f"/en/requests/tracking/{number}/").content.decode()
    assert day in Client().get(f"/en/requests/tracking/{number}/").content.decode()


def test_an_account_is_erased_and_signed_out(client: Client) -> None:
    aino = PersonFactory(email=ADDRESS_OF_AINO)
    client.force_login(aino)
    client.post(ERASE, {"things": f"account:account-{aino.pk}", "reach": Reach.IDENTITY, "step": "confirmed"})
    assert not User.objects.filter(pk=aino.pk).exists()
    assert "_auth_user_id" not in client.session


def test_an_official_keeps_the_account_as_long_as_there_is_a_role(client: Client) -> None:
    officer = PersonFactory(role=Role.CASE_OFFICER)
    client.force_login(officer)
    chosen = {"things": f"account:account-{officer.pk}", "reach": Reach.IDENTITY, "step": "confirmed"}
    assert "an administrator first takes your roles" in client.post(ERASE, chosen).content.decode()
    assert User.objects.filter(pk=officer.pk).exists()


def test_forms_say_before_anything_is_sent_how_long_a_name_is_kept(client: Client, docket: Docket) -> None:
    asking = {"whole": "Please measure monthly.", "page": "words"}
    on_comment = client.post(f"/en/consultations/{docket.slug}/comment/", asking).content.decode()
    on_request = client.post("/en/requests/ask/", {"question": "How much?", "page": "questions"}).content.decode()
    on_account = client.get("/accounts/signup/").content.decode()
    kept = "They are erased 12 months after the publication of the decision"
    assert (kept in on_comment, '"/en/privacy/"' in on_comment) == (True, True)
    assert ('"/en/privacy/"' in on_request, "erase your account, at any time" in on_account) == (True, True)


@pytest.mark.parametrize("code", ["en", "fr", "ru"])
def test_the_page_about_privacy_is_built_from_the_rules(client: Client, code: str) -> None:
    page = client.get(f"/{code}/privacy/").content.decode()
    assert page.count("<tr>") == 15
    assert {"en": "12 months", "fr": "12 mois", "ru": "12 месяцев"}[code] in page
    assert f'href="/{code}/privacy/mine/"' in page
