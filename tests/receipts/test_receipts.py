"""Every submission, request, answer, decision and certificate has a receipt that proves it, in each language."""

import json
import subprocess
import sys
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from pypdf import PdfReader

from accounts.roles import Role
from consultations.models import Docket
from inforequests import domain as requests_domain
from inforequests.enums import Limb
from ledger.domain import erase_openings, seal_entries
from ledger.keys import public_keys
from ledger.models import Entry
from receipts.attachments import attached_receipt
from receipts.checking import check_file, check_receipt
from receipts.domain import make_receipt
from receipts.enums import Check, Outcome
from receipts.kinds import Kind, Slip, kind_named, kinds
from receipts.offline import report_lines
from receipts.printing import receipt_pdf, receipt_text
from receipts.shape import LARGEST, receipt_bytes
from tests.consultations.factories import DocketFactory, send
from tests.inforequests.factories import answer, ask, body, item_of, overturn, person, refused, review
from tests.learning.factories import ProgrammeFactory, award

pytestmark = pytest.mark.django_db
WORDS = "Please measure monthly: #panic() – Ångström, Éloïse, Ж."


@pytest.fixture(autouse=True)
def _own_key(settings: Any, tmp_path: Path) -> None:
    """Each test signs with a key of its own."""
    settings.DATA_DIR = tmp_path


def receipt_of(name: str, reference: str, **how: Any) -> tuple[Kind, Slip, dict[str, Any]]:
    kind = kind_named(name)
    assert kind is not None
    slip = kind.slip(kind.find(reference))
    assert slip is not None
    return kind, slip, make_receipt(kind, slip, **how)


def comment() -> str:
    return send(DocketFactory(open=True), text=WORDS, email="aino@example.org").tracking_number


def decision() -> str:
    return DocketFactory(decided=True).reference


def request() -> str:
    return ask(WORDS, name="Aino Example").request.tracking_number


def answered() -> str:
    sent = ask(WORDS)
    answer(item_of(sent.request))
    made = requests_domain.mark_answer_ready(sent.request, actor=person(Role.CASE_OFFICER))
    requests_domain.send_decision(made, actor=person(Role.DECISION_MAKER))
    return f"{sent.request.tracking_number}.1"


def appeal() -> str:
    body()
    sent = refused()
    requests_domain.open_review(sent.request, key=sent.secret, limb=Limb.REFUSED_IN_FULL, words=WORDS)
    return f"{sent.request.tracking_number}.1"


def reviewed() -> str:
    return f"{overturn(review(refused())).request.tracking_number}.1"


def certificate() -> str:
    return award(ProgrammeFactory()).code


MAKE = {
    "submission": comment,
    "decision": decision,
    "request": request,
    "answer": answered,
    "appeal": appeal,
    "review": reviewed,
    "certificate": certificate,
}


def test_there_is_a_receipt_for_every_kind() -> None:
    assert {kind.name for kind in kinds()} == set(MAKE)


@pytest.mark.parametrize("name", MAKE)
def test_a_receipt_is_genuine_at_once_and_proven_once_sealed(name: str) -> None:
    reference = MAKE[name]()
    early = check_receipt(receipt_of(name, reference)[2], public_keys())
    seal_entries()
    late = check_receipt(receipt_of(name, reference)[2], public_keys())
    assert (early.outcome, late.outcome) == (Outcome.NOT_SEALED, Outcome.PROVEN), report_lines(late)
    assert Check.OPENING_FITS in {finding.check for finding in late.findings}


@pytest.mark.parametrize("language", ["en", "fr", "ru"])
def test_it_is_printed_in_each_language_tagged_with_number_key_and_words(language: str) -> None:
    number = comment()
    seal_entries()
    with translation.override(language):
        _kind, slip, made = receipt_of("submission", number)
        pdf = receipt_pdf(slip, made, "7KQ2-M4XD-9TWB-3HJR")
        plain = receipt_text(slip, made, "7KQ2-M4XD-9TWB-3HJR")
    reader = PdfReader(BytesIO(pdf))
    text = "\n".join(page.extract_text() for page in reader.pages)
    catalogue: Any = reader.trailer["/Root"]
    for said in (number, "7KQ2-M4XD-9TWB-3HJR", "Please measure monthly", "Ångström"):
        assert said in text
        assert said in plain
    assert catalogue["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in catalogue
    assert catalogue["/Lang"] == language
    assert b"<pdfuaid:part>1" in pdf or b'pdfuaid:part="1"' in pdf
    assert check_file(pdf, public_keys()).outcome is Outcome.PROVEN
    assert made["language"] == language


@pytest.mark.parametrize("name", MAKE)
def test_every_kind_is_printed(name: str) -> None:
    reference = MAKE[name]()
    _kind, slip, made = receipt_of(name, reference)
    pdf = receipt_pdf(slip, made)
    assert attached_receipt(pdf, largest=LARGEST) == receipt_bytes(made)
    assert reference in "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def test_the_printed_lines_are_the_signed_ones() -> None:
    _kind, slip, made = receipt_of("submission", comment())
    printed = {line["label"]: line["value"] for line in made["facts"]}
    assert printed["Received"] == slip.received.value
    made["facts"][0]["value"] = "Sunday 1 March 2026, 12:00 UTC"
    report = check_receipt(made, public_keys())
    assert Check.SIGNATURE_CHANGED in {finding.check for finding in report.findings}


def test_the_access_key_stands_in_no_file_for_machines() -> None:
    made = receipt_of("submission", comment())[2]
    assert "secret" not in json.dumps(made)
    assert "7KQ2" not in receipt_bytes(made).decode()


def test_what_everybody_may_see_holds_neither_lines_nor_words() -> None:
    number = comment()
    made = receipt_of("submission", number, is_open=False)[2]
    text = json.dumps(made, ensure_ascii=False)
    assert [line["label"] for line in made["facts"]] == ["Received"]
    for private in ("measure monthly", "Aino", "aino@example.org", "name"):
        assert private not in text.replace('"name"', "")
    assert check_receipt(made, public_keys()).outcome is Outcome.NOT_SEALED


def test_after_an_erasure_the_receipt_still_proves_the_rest() -> None:
    number = comment()
    seal_entries()
    erase_openings(subject_kind="submission", subject_reference=number, names={"submitter"})
    made = receipt_of("submission", number)[2]
    report = check_receipt(made, public_keys())
    assert report.outcome is Outcome.PROVEN
    assert Check.OPENING_MISSING in {finding.check for finding in report.findings}
    assert "aino@example.org" not in json.dumps(made)


def test_words_changed_behind_the_application_s_back_are_found_by_their_receipt() -> None:
    number = comment()
    submission = kind_named("submission").find(number)
    type(submission).objects.filter(pk=submission.pk).update(text="Do not measure at all.")
    report = check_receipt(receipt_of("submission", number)[2], public_keys())
    assert Check.OPENING_CHANGED in {finding.check for finding in report.findings}


def test_without_its_key_a_site_gives_a_receipt_that_says_that_it_is_not_signed(tmp_path: Path) -> None:
    number = comment()
    seal_entries()
    (tmp_path / "record.key").unlink()
    report = check_receipt(receipt_of("submission", number)[2], public_keys())
    assert report.outcome is Outcome.NOT_SIGNED


def test_the_file_is_checked_offline_with_nothing_but_the_key(tmp_path: Path) -> None:
    number = comment()
    seal_entries()
    _kind, slip, made = receipt_of("submission", number)
    file, pdf, key = tmp_path / "receipt.json", tmp_path / "receipt.pdf", tmp_path / "record.pub"
    file.write_bytes(receipt_bytes(made))
    pdf.write_bytes(receipt_pdf(slip, made))
    key.write_text(f"# The key of the record\n{public_keys()[0]}\n")
    for named in (file, pdf):
        done = subprocess.run(
            [sys.executable, "-m", "receipts.offline", str(named), "--key", str(key)],
            capture_output=True,
            check=False,
            env={"PATH": "/usr/bin"},
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert "This receipt is genuine, and what it says is sealed in the record." in done.stdout
    out = StringIO()
    call_command("verify_receipt", str(file), key=[str(public_keys()[0])], stdout=out)
    assert out.getvalue().count("[ok]") == done.stdout.count("[ok]")


def test_the_command_says_what_is_wrong_and_fails(tmp_path: Path) -> None:
    made = receipt_of("submission", comment())[2]
    file = tmp_path / "receipt.json"
    file.write_bytes(receipt_bytes(made | {"reference": "C-7KQ2-M4XD-9"}))
    out = StringIO()
    with pytest.raises(SystemExit) as left:
        call_command("verify_receipt", str(file), stdout=out)
    assert left.value.code == 1
    assert "[WRONG] The receipt has the number C-7KQ2-M4XD-9, but its entry is about" in out.getvalue()
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("verify_receipt", str(tmp_path / "nothing.json"))
    with pytest.raises(CommandError, match="neither a public key nor a file"):
        call_command("verify_receipt", str(file), key=["nothing"])
    with pytest.raises(CommandError, match="holds no public key"):
        call_command("verify_receipt", str(file), key=["a+b+c"])


def test_the_file_itself_has_one_entry_and_no_second_truth() -> None:
    number = comment()
    made = receipt_of("submission", number)[2]
    assert made["entry"]["id"] == Entry.objects.about("submission", number).get(verb="submission_received").pk
    assert Docket.objects.get().reference == made["entry"]["facts"]["docket"]
