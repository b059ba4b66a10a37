"""Names of files: one line, no folders, nothing that turns letters around or hides them."""

import pytest

from files.enums import Kind
from files.names import LONGEST_NAME, clean_name, shown_name


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("letter.pdf", "letter.pdf"),
        ("Lettre d’été.PDF", "Lettre d’été.pdf"),
        ("Письмо о ртути.pdf", "Письмо о ртути.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\aino\\letter.pdf", "letter.pdf"),
        ("two\nlines\r\nhere.pdf", "two lines here.pdf"),
        ("photo\u202efdp.exe", "photofdp.pdf"),
        ("\u2066hid\u200bden\u2069\u200f.pdf", "hidden.pdf"),
        ("null\x00byte.pdf", "nullbyte.pdf"),
        ('a"b<c>d|e?f*g:h.pdf', "a_b_c_d_e_f_g_h.pdf"),
        ("...pdf", "pdf.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("", "file.pdf"),
        ("   .pdf", "pdf.pdf"),
        ("con.pdf", "_con.pdf"),
        ("picture.png", "picture.pdf"),
        ("evil.pdf.exe", "evil.pdf.pdf"),
        ("no ending", "no ending.pdf"),
        ("e\u0301te\u0301.pdf", "été.pdf"),
    ],
)
def test_a_name_is_cleaned_and_its_ending_says_what_the_file_is(given: str, shown: str) -> None:
    assert clean_name(given, Kind.PDF) == shown


def test_a_very_long_name_keeps_its_ending() -> None:
    name = clean_name("a" * 1_000 + ".pdf", Kind.PDF)
    assert (len(name), name[-5:]) == (LONGEST_NAME, "a.pdf")


def test_endings_that_fit_are_kept() -> None:
    assert clean_name("photo.jpeg", Kind.JPEG) == "photo.jpeg"
    assert clean_name("table.txt", Kind.CSV) == "table.txt"
    assert clean_name("page.html", Kind.TEXT) == "page.txt"


def test_a_sentence_quotes_a_name_on_one_line() -> None:
    assert shown_name("a/b\n\u202ec.exe") == "b c.exe"
    assert shown_name("\u200e") == "file"
