"""What a file is, is told by its content: neither its name nor what the browser claims counts."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from files.enums import Kind
from files.kinds import MOST_PAGES, as_markdown
from files.looks import Found, look_at
from files.refusals import FileRefusedError
from tests.files import made

PDF, PNG = made.pdf(), made.picture()


Look = Callable[[bytes], Found]


@pytest.fixture
def look(tmp_path: Path) -> Look:
    def looked(content: bytes) -> Found:
        path = tmp_path / "file"
        path.write_bytes(content)
        return look_at(path)

    return looked


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (Kind.PDF, PDF),
        (Kind.DOCX, made.office(made.WORD)),
        (Kind.XLSX, made.office(made.EXCEL)),
        (Kind.PPTX, made.office(made.SLIDES)),
        (Kind.ODT, made.open_document("text")),
        (Kind.ODS, made.open_document("spreadsheet")),
        (Kind.ODP, made.open_document("presentation")),
        (Kind.PNG, PNG),
        (Kind.JPEG, made.picture("JPEG")),
        (Kind.WEBP, made.picture("WEBP")),
        (Kind.WEBP, made.picture("WEBP", lossless=True)),
        (Kind.GIF, made.picture("GIF")),
        (Kind.CSV, "год;ртуть, кг\n2024;1,5\n2025;0,9\n".encode()),
        (Kind.CSV, "année\tmercure\n2024\t1,5\n".encode("latin-1")),
        (Kind.CSV, "a,b\r\n1,2\r\n".encode("utf-16")),
        (Kind.TEXT, b"Il faut mesurer chaque mois.\n\nVraiment."),
        (Kind.TEXT, "Ртуть".encode("cp1251")),
        (Kind.ZIP, made.archive({"letter.pdf": PDF, "pictures/shore.png": PNG})),
        (Kind.ZIP, made.archive({"letter.pdf": PDF}, packed=False)),
    ],
)
def test_every_kind_on_the_list_is_known_by_its_content(look: Look, kind: Kind, content: bytes) -> None:
    assert look(content).kind == kind


def test_what_matters_about_a_kind_is_found(look: Look) -> None:
    assert look(made.pdf(3)).facts == {"pages": 3}
    assert look(PNG).facts == {"width": 40, "height": 30}
    listed = look(made.archive({"a/": b"", "a/letter.pdf": PDF, "b.txt": b"one"})).facts
    assert listed == {"contents": [{"name": "letter.pdf", "size": len(PDF)}, {"name": "b.txt", "size": 3}]}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (PDF[: len(PDF) // 2], "This PDF is damaged"),
        (b"%PDF-1.7\nstartxref\n0\n%%EOF", "This PDF is damaged"),
        (made.pdf(2, user_password="secret"), "This PDF asks for a password"),
        (PNG[:60], "This picture is damaged"),
        (made.picture("JPEG")[:20], "This picture is damaged"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "This picture is damaged"),
        (made.archive({"letter.pdf": PDF})[:-30], "This archive or document is damaged"),
        (made.archive({}), "There is nothing in this archive."),
        (b"MZ\x90\0" + b"\0" * 300, "“exe”, which is not taken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a file of an older Office"),
        (rb"{\rtf1 hello}", "This is an RTF document."),
        (b"plain\x00words", "none of the kinds that are taken"),
        (made.office(made.MACROS), "There are macros in this document"),
        (made.office(made.WORD, **{"word/vbaProject.bin": b"x"}), "There are macros in this document"),
        (made.open_document("text", **{"Basic/Standard/script-lb.xml": b"x"}), "There are macros in this document"),
        (made.archive({"run.exe": b"MZ"}), "The archive holds “run.exe”"),
        (made.archive({"inner.zip": made.archive({"a.txt": b"a"})}), "The archive holds “inner.zip”"),
    ],
)
def test_what_is_not_taken_gets_a_sentence_that_says_why(look: Look, content: bytes, sentence: str) -> None:
    with pytest.raises(FileRefusedError, match=sentence):
        look(content)


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_part_that_cannot_be_unpacked_is_damage_in_every_way_of_packing(look: Look, method: int) -> None:
    content = bytearray(made.office(made.WORD, method=method))
    begins = content.index(b"[Content_Types].xml") + len("[Content_Types].xml")
    content[begins : begins + 20] = b"\xff" * 20
    with pytest.raises(FileRefusedError, match="This archive or document is damaged"):
        look(bytes(content))


def test_whatever_a_broken_pdf_makes_of_its_reader_the_file_is_damaged(
    look: Look, caplog: pytest.LogCaptureFixture
) -> None:
    """And its words stand in no log: the reader quotes what it cannot read."""
    locked = made.pdf(1, user_password="", owner_password="x")
    assert locked.count(b"/Standard") == 1
    with pytest.raises(FileRefusedError, match="This PDF is damaged"):
        look(locked.replace(b"/Standard", b"/Stammard"))
    with pytest.raises(FileRefusedError, match="This PDF is damaged"):
        look(PDF.replace(b"/Count 1", b"/Author (Aino) x"))
    assert "Aino" not in caplog.text


@pytest.mark.parametrize(
    "content",
    [
        b"\n\n" + PDF,
        PNG + made.archive({"letter.pdf": PDF}),
        made.picture("JPEG") + made.archive({"letter.pdf": PDF}),
        PDF + made.archive({"letter.txt": b"a"}),
        made.picture("GIF", comment=b"%PDF-1.7 "),
        made.archive({"letter.pdf": PDF}, packed=False, comment=b"startxref\n0\n%%EOF"),
    ],
)
def test_a_file_that_is_two_kinds_at_once_is_refused(look: Look, content: bytes) -> None:
    with pytest.raises(FileRefusedError, match=r"two kinds of file at once|none of the kinds"):
        look(content)


def test_bytes_before_an_archive_are_refused(look: Look) -> None:
    inner = made.archive({"letter.txt": b"a"})
    with pytest.raises(FileRefusedError, match="before or behind the contents"):
        look(inner + inner)
    with pytest.raises(FileRefusedError, match="before or behind the contents"):
        look(inner + b"<script>")


@pytest.mark.parametrize(
    "begins", ["<!DOCTYPE html><p>", "  <html>", "<script>alert(1)</script>", '<svg onload="x">', "<?xml?>"]
)
def test_a_page_or_script_that_says_it_is_text_is_only_ever_text(look: Look, begins: str) -> None:
    found = look(f"\ufeff{begins} a,b\n1,2".encode())
    assert (found.kind, found.facts) == (Kind.TEXT, {"looks_like_a_page": True})


def test_a_hundred_thousand_pixels_are_refused_before_anything_is_drawn(look: Look) -> None:
    with pytest.raises(FileRefusedError, match="too many pixels"):
        look(made.huge_picture())
    with pytest.raises(FileRefusedError, match="This picture measures 100,000 by 1 pixels"):
        look(made.huge_picture(100_000, 1))
    with pytest.raises(FileRefusedError, match="This picture measures 16,384 by 16,384 pixels"):
        look(made.huge_webp())


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (made.bomb, "Unpacked it would be 200 MB large"),
        (lambda: made.bomb(20), "Unpacked it would be more than 100 times as large"),
        (lambda: made.office(made.WORD, **{"word/document.xml": b" " * 20_000_000}), "more than 100 times as large"),
        (
            lambda: made.archive({f"{number}.txt": b"a" for number in range(1_001)}),
            "It has 1,001 parts; 1,000 are possible.",
        ),
        (lambda: made.archive({"../../etc/cron.d/evil.txt": b"a"}), "a name that leads out of its folder"),
        (lambda: made.archive({"/etc/passwd.txt": b"a"}), "a name that leads out of its folder"),
        (lambda: made.archive({"..\\evil.txt": b"a"}), "a name that leads out of its folder"),
        (lambda: made.archive({"C:evil.txt": b"a"}), "a name that leads out of its folder"),
        (lambda: made.archive({"a/" * 11 + "deep.txt": b"a"}), "too deep into it"),
    ],
)
def test_an_archive_that_would_harm_whoever_unpacks_it_is_refused(
    look: Look, content: Callable[[], bytes], sentence: str
) -> None:
    with pytest.raises(FileRefusedError, match=sentence):
        look(content())


def test_parts_that_lie_inside_each_other_are_refused(look: Look) -> None:
    """Two names for the same bytes: the way in which a few kilobytes unpack into petabytes."""
    content = bytearray(made.archive({"a.txt": b"a" * 400, "b.txt": b"b" * 400}, packed=False))
    second = content.rindex(b"PK\x01\x02")
    content[second + 42 : second + 46] = (10).to_bytes(4, "little")
    with pytest.raises(FileRefusedError, match="one inside the other"):
        look(bytes(content))


def test_an_archive_with_a_password_is_refused(look: Look) -> None:
    content = bytearray(made.archive({"a.txt": b"a"}))
    listed = content.index(b"PK\x01\x02")
    content[listed + 8] |= 1
    with pytest.raises(FileRefusedError, match="asks for a password"):
        look(bytes(content))


def test_a_pdf_without_end_is_refused(look: Look) -> None:
    with pytest.raises(FileRefusedError, match=f"This PDF has {MOST_PAGES + 1} pages; {MOST_PAGES} are possible."):
        look(made.pdf(MOST_PAGES + 1))


def test_the_readme_states_the_limits_that_hold() -> None:
    readme = (Path(settings.BASE_DIR) / "site/files/README.md").read_text(encoding="utf-8")
    assert as_markdown() in readme, "Paste files.kinds.as_markdown() into site/files/README.md."
