"""After an erasure a receipt says when and why, what it still proves and what no longer; a kept one proves all."""

import html
import json
import re
from datetime import datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from design.formats import date_of, format_date_long
from inforequests.domain import Sent as SentRequest
from ledger.domain import seal_entries
from privacy.domain import erase_held
from privacy.enums import IDENTITY_ERASED, Cause
from privacy.queries import what_is_held
from receipts import erasures
from tests.inforequests.factories import answered
from tests.privacy.people import ADDRESS_OF_AINO, NAME, give_key, holds, request_of_aino

pytestmark = pytest.mark.django_db
CHECK = "/en/receipts/check/"


@pytest.fixture(autouse=True)
def _own_key(settings: Any, tmp_path: Path) -> None:
    """Each test signs with a key of its own."""
    settings.DATA_DIR = tmp_path


def receipt(client: Client, sent: SentRequest, suffix: str, kind: str = "request", ending: str = "") -> bytes:
    """What whoever has the key downloads."""
    give_key(client, sent.request.tracking_number, sent.secret)
    response = client.get(f"/en/receipts/{kind}/{sent.request.tracking_number}{ending}.{suffix}")
    assert response.status_code == 200
    return response.content


def erase(sent: SentRequest, cause: Cause = Cause.ASKED, at: datetime | None = None) -> str:
    """Her wish, or the end of the period; the day of it in words."""
    (held,) = what_is_held(holds(sent))
    moment = at or timezone.now()
    erase_held(held, cause=cause, proof=holds(sent) if cause is Cause.ASKED else None, at=moment)
    seal_entries()
    return format_date_long(date_of(moment))


def checked(client: Client, data: bytes) -> str:
    """What the page says of a file."""
    return plain(client.post(CHECK, {"file": SimpleUploadedFile("receipt.json", data)}).content)


def plain(content: bytes) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", content.decode())))


def verified(data: bytes, folder: Path) -> str:
    """What the command says of a file."""
    path, out = folder / "receipt.json", StringIO()
    path.write_bytes(data)
    call_command("verify_receipt", str(path), stdout=out)
    return out.getvalue()


def test_a_receipt_fetched_afterwards_says_so_in_each_form(client: Client) -> None:
    sent = request_of_aino(at=timezone.now())
    day = erase(sent)
    made = json.loads(receipt(client, sent, "json"))
    text = receipt(client, sent, "txt").decode()
    pages = PdfReader(BytesIO(receipt(client, sent, "pdf"))).pages
    printed = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))
    assert (made["openings"], made["erased"]["because"]) == ({}, "asked")
    assert {"label": "Erased", "value": f"{day}, as the person wished"} in made["facts"]
    for said in (text, printed):
        assert f"{day}, as the person wished" in said
        assert "This receipt still proves that there is this entry" in said
        assert "It proves no longer: “Who asked”, “The words”." in said
        assert "A receipt that was fetched before that day still proves all of it" in said
    assert "The words as they are stored today" in printed


def test_the_page_and_the_command_say_so_too(client: Client, tmp_path: Path) -> None:
    sent = request_of_aino(at=timezone.now())
    day = erase(sent)
    data = receipt(client, sent, "json")
    page, told = checked(client, data), verified(data, tmp_path)
    assert f"The authority erased on {day} who it was, as the person wished." in page
    assert "It proves no longer: “Who asked”, “The words”." in page
    assert "This receipt is genuine" in page
    assert "it binds the name" not in page
    assert "who it was, as the person wished. Of what was private, this receipt shows only what is marked" in told
    assert "This receipt is genuine, and what it says is sealed in the record." in told


def test_one_that_was_kept_proves_all_of_it_and_the_page_says_who_cannot_any_more(
    client: Client, tmp_path: Path
) -> None:
    sent = request_of_aino(at=timezone.now())
    seal_entries()
    kept = receipt(client, sent, "json")
    assert "Since this receipt was given" not in checked(client, kept)
    day = erase(sent)
    page = checked(client, kept)
    assert f"the authority has erased who it was: {day}, as the person wished." in page
    assert NAME in page
    assert "“Who asked” is, letter by letter, what the record is bound to." in verified(kept, tmp_path)


def test_what_the_authority_answered_it_proves_as_before(client: Client) -> None:
    sent = answered(at=timezone.now(), name=NAME, email=ADDRESS_OF_AINO)
    seal_entries()
    kept = receipt(client, sent, "json", "answer", ".1")
    erase(sent)
    made = receipt(client, sent, "txt", "answer", ".1").decode()
    assert "Nothing that this receipt shows was erased: it proves it as before." in made
    assert "Since this receipt was given" not in checked(client, kept)


def test_the_end_of_the_period_is_no_wish(client: Client) -> None:
    sent = request_of_aino(at=timezone.now())
    day = erase(sent, Cause.RETENTION)
    assert f"{day}, because the period of keeping was over" in receipt(client, sent, "txt").decode()


def test_an_erasure_written_into_a_receipt_by_somebody_is_found(client: Client) -> None:
    sent = request_of_aino(at=timezone.now())
    made = json.loads(receipt(client, sent, "json"))
    for erased in ({"at": "9999-12-31T23:59:59.000000-12:00", "because": "asked"}, {"at": "x", "because": "y"}):
        page = checked(client, json.dumps(made | {"erased": erased}).encode())
        assert "This receipt is not what the authority gave: something in it was changed." in page


def test_both_rooms_mean_the_same_act() -> None:
    assert erasures.IDENTITY_ERASED == IDENTITY_ERASED
