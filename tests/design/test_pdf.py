"""Documents: tagged, the same each time, and whatever somebody wrote in them is data."""

from datetime import UTC, datetime

import pytest
from django.template import TemplateDoesNotExist

from design.pdf import qr_code, render_pdf

pytestmark = pytest.mark.any_database
AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
VALUES = {
    "language": "ru",
    **dict.fromkeys(("kind", "site", "authority", "certifies", "has_finished", "title", "check"), "Слова"),
    **dict.fromkeys(("outcomes_title", "code_label", "code", "qr_alt", "caution", "fingerprint_label"), "Words"),
    "name": '#panic("x") $x$ *b* _i_ <label> @ref \\ `raw` // Ångström Éloïse',
    "outcomes": ["#panic()"],
    "lines": [{"label": "#let", "value": "]"}],
    "address": "https://register.example/",
    "fingerprint": "0" * 64,
}


def values() -> dict[str, object]:
    return {**VALUES, "qr": qr_code("https://register.example/verify/")}


def test_what_somebody_wrote_is_printed_and_never_run() -> None:
    assert render_pdf("certificate-1.typ", values(), at=AT).startswith(b"%PDF-")


def test_the_same_values_and_instant_give_the_same_bytes() -> None:
    assert render_pdf("certificate-1.typ", values(), at=AT) == render_pdf("certificate-1.typ", values(), at=AT)


def test_an_unknown_template_is_named() -> None:
    with pytest.raises(TemplateDoesNotExist, match="nowhere"):
        render_pdf("nowhere.typ", {})


def test_a_qr_code_is_a_picture_that_says_nothing_else() -> None:
    drawn = qr_code("https://register.example/")
    assert drawn.startswith("<svg")
    assert "script" not in drawn
