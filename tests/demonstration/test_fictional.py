"""Whatever somebody takes out of the demonstration says that nothing of it is real; what a real site gives does not."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation

from design.fictional import fictional_line
from learning.certificates import certificate_pdf, pdf_values
from receipts.domain import make_receipt
from receipts.kinds import kind_named
from receipts.printing import receipt_text
from tests.consultations.factories import DocketFactory, send
from tests.demonstration.test_mail import FICTIONAL
from tests.inforequests.factories import ask
from tests.learning.factories import ProgrammeFactory, award

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def test_the_line_is_in_the_language_of_whoever_reads_it() -> None:
    lines = []
    for code in ("en", "fr", "ru"):
        with translation.override(code):
            lines.append(fictional_line())
    assert lines[0] == FICTIONAL
    assert len(set(lines)) == 3


def test_receipts_say_so_below_their_first_line(settings: Any) -> None:
    numbers = {
        "submission": send(DocketFactory(open=True, around=timezone.now())).tracking_number,
        "request": ask().request.tracking_number,
    }
    assert [receipt_of(name, number).splitlines()[2] for name, number in numbers.items()] == [FICTIONAL, FICTIONAL]
    settings.DEMONSTRATION = False
    assert FICTIONAL not in "".join(receipt_of(name, number) for name, number in numbers.items())


def receipt_of(name: str, number: str) -> str:
    kind = kind_named(name)
    assert kind is not None
    slip = kind.slip(kind.find(number))
    assert slip is not None
    return receipt_text(slip, make_receipt(kind, slip), "key")


def test_a_certificate_says_so_on_the_paper(settings: Any) -> None:
    made = award(ProgrammeFactory(pages=True))
    paper = certificate_pdf(made)
    with translation.override("en"):
        assert pdf_values(made)["fictional"] == FICTIONAL
    settings.DEMONSTRATION = False
    assert pdf_values(made)["fictional"] == ""
    assert certificate_pdf(made) != paper


def test_the_band_of_the_admin_stands_before_everything_else(client: Client, admin_client: Client) -> None:
    html = admin_client.get("/admin/").text
    assert html.index('class="band"') < html.index('class="wrapper"')
    assert "demonstration/admin.css" in html
