"""Documents: tagged, the same each time, and whatever somebody wrote in them is data."""

import unicodedata
from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.template import TemplateDoesNotExist
from pypdf import PdfReader

from design.pdf import _UNPRINTABLE, qr_code, render_pdf

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


def text_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def values() -> dict[str, object]:
    return {**VALUES, "qr": qr_code("https://register.example/verify/")}


def test_what_somebody_wrote_is_printed_and_never_run() -> None:
    assert render_pdf("certificate-1.typ", values(), at=AT).startswith(b"%PDF-")


@pytest.mark.parametrize(
    "name",
    [
        "Ada 😀",
        "张伟",
        "ኢትዮጵያ",
        "\N{WOMAN}\N{EMOJI MODIFIER FITZPATRICK TYPE-4}\N{ZERO WIDTH JOINER}\N{MICROSCOPE}",
        "\N{RIGHT-TO-LEFT OVERRIDE}Ada\N{POP DIRECTIONAL FORMATTING} 张",
        "e\N{COMBINING ACUTE ACCENT}\N{TIBETAN VOWEL SIGN II}\N{COMBINING ENCLOSING KEYCAP} 张",
        "\U0010ffff\ue000",
    ],
)
def test_a_name_in_letters_that_no_font_has_is_printed_with_boxes_and_a_sentence(name: str) -> None:
    printed = text_of(render_pdf("certificate-1.typ", {**values(), "name": name}, at=AT))
    assert "A box (□) stands for a character that cannot be printed here." in " ".join(printed.split())


def test_a_document_that_can_show_everything_says_nothing_of_boxes() -> None:
    assert "□" not in text_of(render_pdf("certificate-1.typ", values(), at=AT))


def test_every_character_that_stays_beside_boxes_can_be_printed() -> None:
    everything = [chr(number) for number in range(0x20, 0x2C00) if not _UNPRINTABLE.match(chr(number))]
    for name in ("".join(everything), " ".join(everything)):
        known = [each for each in name if unicodedata.category(each) != "Cn"]
        printed = render_pdf("certificate-1.typ", {**values(), "name": "".join(known)}, at=AT)
        assert "A box" not in text_of(printed)


def test_the_same_values_and_instant_give_the_same_bytes() -> None:
    assert render_pdf("certificate-1.typ", values(), at=AT) == render_pdf("certificate-1.typ", values(), at=AT)


def test_an_unknown_template_is_named() -> None:
    with pytest.raises(TemplateDoesNotExist, match="nowhere"):
        render_pdf("nowhere.typ", {})


def test_a_qr_code_is_a_picture_that_says_nothing_else() -> None:
    drawn = qr_code("https://register.example/")
    assert drawn.startswith("<svg")
    assert "script" not in drawn
