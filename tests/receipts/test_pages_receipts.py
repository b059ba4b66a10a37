"""Receipts to download and to check: strangers get nobody's, and whatever is given is answered with a sentence."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.roles import Role
from ledger.domain import seal_entries
from ledger.models import Entry
from receipts.shape import LARGEST
from tests.consultations.factories import DocketFactory, send
from tests.inforequests import factories as requests
from tests.learning.factories import ProgrammeFactory, award
from tracking.numbers import derived_secret, new_secret, new_tracking_number

pytestmark = pytest.mark.django_db
CHECK = "/en/receipts/check/"
WORDS = "Please measure <b>monthly</b>."


@pytest.fixture(autouse=True)
def _own_key(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def ask() -> requests.domain.Sent:
    """A request, which only its asker may see."""
    sent = requests.ask(WORDS, name="Aino Example", at=None)
    seal_entries()
    return sent


def address(sent: requests.domain.Sent, suffix: str, kind: str = "request", ending: str = "") -> str:
    return f"/en/receipts/{kind}/{sent.request.tracking_number}{ending}.{suffix}"


def open_with_key(client: Client, sent: requests.domain.Sent) -> None:
    client.post("/en/requests/track/", {"number": sent.request.tracking_number, "key": sent.secret})


def upload(client: Client, data: bytes, name: str = "receipt.json", language: str = "en") -> str:
    response = client.post(f"/{language}/receipts/check/", {"file": SimpleUploadedFile(name, data)})
    assert response.status_code == 200
    return plain(response)


def by_number(client: Client, number: str, key: str = "") -> str:
    return plain(client.post(CHECK, {"number": number, "key": key}))


def plain(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def test_whoever_has_the_key_gets_the_receipt_in_each_form(client: Client) -> None:
    sent = ask()
    open_with_key(client, sent)
    answers = {suffix: client.get(address(sent, suffix)) for suffix in ("pdf", "json", "txt")}
    number = sent.request.tracking_number
    assert {suffix: answer["Content-Disposition"] for suffix, answer in answers.items()} == {
        suffix: f'attachment; filename="{number}.{suffix}"' for suffix in answers
    }
    assert answers["pdf"]["Content-Type"] == "application/pdf"
    assert sent.secret in answers["txt"].content.decode()
    assert sent.secret not in answers["json"].content.decode()
    assert json.loads(answers["json"].content)["openings"]["text"]["value"] == WORDS
    for name in ("pdf", "json"):
        page = upload(client, answers[name].content, f"receipt.{name}")
        assert "This receipt is genuine, and what it says is sealed in the record." in page
        assert "Please measure &lt;b&gt;monthly&lt;/b&gt;." in page


@pytest.mark.parametrize("suffix", ["pdf", "json", "txt"])
def test_strangers_are_asked_for_the_key(client: Client, suffix: str) -> None:
    mine, theirs = ask(), ask()
    open_with_key(client, mine)
    response = client.get(address(theirs, suffix))
    assert response["Location"] == f"/en/requests/track/?number={theirs.request.tracking_number}"


def test_an_answer_has_a_receipt_too_for_its_requester_alone(client: Client) -> None:
    sent = ask()
    requests.answer(requests.item_of(sent.request))
    made = requests.domain.mark_answer_ready(sent.request, actor=requests.person(Role.CASE_OFFICER))
    requests.domain.send_decision(made, actor=requests.person(Role.DECISION_MAKER))
    path = address(sent, "json", "answer", ".1")
    assert client.get(path).status_code == 302
    open_with_key(client, sent)
    assert "It was 12.5 kg." in client.get(path).content.decode()
    assert path in client.get(f"/en/requests/tracking/{sent.request.tracking_number}/").content.decode()
    assert client.get(address(sent, "json", "answer", ".2")).status_code == 404


def test_a_review_has_a_receipt_when_it_is_asked_for_and_when_it_is_decided(client: Client) -> None:
    case = requests.review(requests.refused())
    sent = requests.domain.Sent(case.request, "", is_new=False)
    assert client.get(address(sent, "json", "appeal", ".1")).status_code == 302
    assert client.get(address(sent, "json", "review", ".1")).status_code == 404
    requests.overturn(case)
    assert client.get(address(sent, "json", "review", ".1")).status_code == 302


def test_who_asked_for_a_review_finds_both_receipts_on_the_page_of_the_request(client: Client) -> None:
    sent = requests.refused()
    open_with_key(client, sent)
    case = requests.review(sent)
    page = f"/en/requests/tracking/{sent.request.tracking_number}/"
    asked, decided = address(sent, "pdf", "appeal", ".1"), address(sent, "pdf", "review", ".1")
    shown = client.get(page).content.decode()
    assert (asked in shown, decided in shown) == (True, False)
    requests.overturn(case)
    assert decided in client.get(page).content.decode()
    seal_entries()
    file = client.get(address(sent, "json", "review", ".1")).content
    found = upload(client, file)
    assert "This receipt is genuine" in found
    assert "Releases are not a trade secret." in found
    assert "Questions to be answered anew" in found


def test_a_decision_s_receipt_is_for_everybody(client: Client) -> None:
    docket = DocketFactory(decided=True)
    seal_entries()
    file = client.get(f"/fr/receipts/decision/{docket.reference}.json").content
    assert json.loads(file)["language"] == "fr"
    assert "Ce récépissé est authentique" in upload(client, file, language="fr")
    undecided = DocketFactory(closed=True, slug="other")
    assert client.get(f"/en/receipts/decision/{undecided.reference}.pdf").status_code == 404


def test_a_certificate_s_code_is_its_key(client: Client) -> None:
    made = award(ProgrammeFactory(pages=True))
    seal_entries()
    page = client.get(f"/en/learning/verify/{made.code}/").content.decode()
    assert f"/en/receipts/certificate/{made.code}.pdf" in page
    assert CHECK in page
    file = client.get(f"/en/receipts/certificate/{made.code}.json").content
    assert "This receipt is genuine" in upload(client, file)
    assert made.public_name in by_number(client, made.code)


def test_by_its_number_everybody_sees_that_it_was_received_and_sealed(client: Client) -> None:
    sent = ask()
    page = by_number(client, sent.request.tracking_number.lower().replace("-", " "))
    entry = Entry.objects.about("request", sent.request.tracking_number).get(verb="submitted")
    assert f'href="{entry.get_absolute_url()}"' in page
    assert "This receipt is genuine, and what it says is sealed in the record." in page
    for private in ("monthly", "Aino", "Who may read", f"{sent.request.tracking_number}.json"):
        assert private not in page


def test_by_number_and_key_one_sees_and_downloads_all_of_it(client: Client) -> None:
    sent = ask()
    page = by_number(client, sent.request.tracking_number, sent.secret)
    assert "Please measure &lt;b&gt;monthly&lt;/b&gt;." in page
    assert address(sent, "pdf") in page
    assert client.get(address(sent, "pdf")).status_code == 200


def test_before_sealing_the_page_says_to_come_back(client: Client) -> None:
    sent = requests.ask(WORDS, at=None)
    page = by_number(client, sent.request.tracking_number, sent.secret)
    assert "This receipt is genuine, and not sealed yet. Fetch it again in a few minutes." in page


def test_a_changed_receipt_is_named_and_its_words_are_not_repeated(client: Client) -> None:
    sent = ask()
    open_with_key(client, sent)
    made = json.loads(client.get(address(sent, "json")).content)
    made["openings"]["text"]["value"] = "Never measure again."
    page = upload(client, json.dumps(made).encode())
    assert "This receipt is not what the authority gave: something in it was changed." in page
    assert "“The words” was changed: the record is bound to something else." in page
    assert "Never measure again." not in page


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty."),
        (b"hello", "The file cannot be read: it is damaged, or no receipt for checking, such as the plain text."),
        (b"[" * 200_000, "The file is nested deeper than any receipt, so it was not read."),
        (b'{"a": ' + b"9" * 200_000 + b"}", "The file holds a number that no receipt can hold"),
        (b'{"format": "prtr-receipt/9"}', "The file is in another form (prtr-receipt/9) than this check knows"),
        (b"x" * (LARGEST + 1), "The file is larger than any receipt."),
        (b"%PDF-1.7", "There is no receipt in this PDF"),
        (b"\x89PNG\r\n\x1a\n", "This is no receipt: it is neither text nor a PDF."),
    ],
    ids=["empty", "text", "deep", "number", "version", "large", "pdf", "picture"],
)
def test_what_is_no_receipt_is_answered_with_a_sentence(client: Client, data: bytes, sentence: str) -> None:
    assert sentence in upload(client, data, "receipt\u202etxt.exe")


def test_nothing_chosen_and_nothing_typed_are_two_sentences(client: Client) -> None:
    assert "Choose the receipt that you have downloaded" in plain(client.post(CHECK, {}))
    assert "Type the number that is on your receipt." in by_number(client, "")
    assert "Choose the receipt that you have downloaded" not in by_number(client, "")


def test_a_mistyped_number_gets_the_one_that_was_meant(client: Client) -> None:
    sent = ask()
    number = sent.request.tracking_number
    wrong = number[:-1] + ("0" if number[-1] != "0" else "1")
    page = by_number(client, wrong)
    assert "There is no such tracking number" in page
    assert f'href="?number={number}"' in page
    assert f'value="{number}"' in client.get(f"{CHECK}?number={number}").content.decode()


def test_a_number_of_nothing_and_a_wrong_key_are_named(client: Client) -> None:
    sent = ask()
    assert "There is no receipt with this number." in by_number(client, new_tracking_number("C"))
    assert "Numbers of receipts begin with one of these letters: C, R, T." in by_number(
        client, new_tracking_number("Z")
    )
    assert "This key does not belong to this number." in by_number(client, sent.request.tracking_number, new_secret())


def test_guessing_is_limited(client: Client) -> None:
    sent = ask()
    for _guess in range(10):
        by_number(client, new_tracking_number("R"))
    assert client.post(CHECK, {"number": sent.request.tracking_number, "key": ""}).status_code == 429
    assert client.get(address(sent, "json")).status_code == 429


def test_guessing_addresses_counts_as_well(client: Client) -> None:
    for _guess in range(10):
        assert client.get(f"/en/receipts/certificate/{new_tracking_number('T')}.json").status_code == 404
    assert client.get(f"/en/receipts/certificate/{new_tracking_number('T')}.json").status_code == 429


def test_what_has_no_entry_in_the_record_has_no_receipt(client: Client) -> None:
    assert client.get("/en/receipts/nothing/C-7KQ2-M4XD-9.json").status_code == 404
    assert client.get("/en/receipts/answer/R-7KQ2-M4XD-G.json").status_code == 404


def test_a_citizen_finds_her_receipt_after_sending(client: Client) -> None:
    submission = send(DocketFactory(open=True), form_token="a-form", text=WORDS)
    number = submission.tracking_number
    client.post("/en/consultations/track/", {"number": number, "key": derived_secret("a-form")})
    for page in ("", "sent/"):
        html = client.get(f"/en/consultations/tracking/{number}/{page}").content.decode()
        assert all(f"/en/receipts/submission/{number}.{suffix}" in html for suffix in ("pdf", "json", "txt"))


def test_the_page_is_kept_by_nobody_and_every_foot_leads_to_it(client: Client) -> None:
    response = client.get(CHECK)
    assert "no-store" in response["Cache-Control"]
    assert f'href="{CHECK}"' in client.get("/en/").content.decode()
