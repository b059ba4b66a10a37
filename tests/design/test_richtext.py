"""Markup that people wrote cannot act, and a citizen's words come out as they went in."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from design.richtext import plain_text, sanitize
from design.templatetags.design import richtext_safe
from tests.design.html import one, parsed

pytestmark = pytest.mark.any_database

HOSTILE = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' java\tscript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href=//evil.example onclick=alert(1)>x</a>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<form action=/accounts/logout/><button>x</button></form>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<template><img src=x onerror=alert(1)></template>",
    "<p><scr<script>ipt>alert(1)</script>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<textarea></textarea><img src=x onerror=alert(1)>",
    "\x00<scr\x00ipt>alert(1)</script>",
]
ACTIVE_TAGS = "script style img svg math iframe object embed form input button base meta link template noscript".split()  # noqa: SIM905 -- reads as the list it is


def assert_harmless(html: str) -> None:
    soup = parsed(html)
    assert soup.find_all(ACTIVE_TAGS) == []
    for element in soup.find_all(True):
        assert not [name for name in element.attrs if name.startswith("on") or name == "style"]
        for address in (element.get("href"), element.get("src"), element.get("cite")):
            assert address is None or not str(address).strip().lower().startswith(("javascript", "data", "vbscript"))


@pytest.mark.parametrize("payload", HOSTILE)
def test_markup_that_could_act_is_gone(payload: str) -> None:
    assert_harmless(sanitize(f"<p>before</p>{payload}<p>after</p>"))
    assert sanitize(f"<p>before</p>{payload}").startswith("<p>before</p>")


def test_the_text_of_a_script_goes_with_the_script() -> None:
    assert sanitize("<p>a</p><script>alert(1)</script><style>p{}</style><p>b</p>") == "<p>a</p><p>b</p>"


def test_what_an_editor_needs_stays() -> None:
    html = '<h2>A</h2><p>b <b>c</b> <a href="https://example.org/">d</a><br></p><ul><li>e</li></ul>'
    assert sanitize(html) == html
    table = (
        '<table><thead><tr><th scope="col">a</th></tr></thead><tbody><tr><td colspan="2">b</td></tr></tbody></table>'
    )
    assert sanitize(table) == table


@given(st.text())
def test_sanitised_markup_stays_as_it_is_when_sanitised_again(text: str) -> None:
    once = sanitize(text)
    assert sanitize(once) == once
    assert_harmless(once)


@pytest.mark.django_db
def test_an_editors_rich_text_is_expanded_and_sanitised() -> None:
    assert (
        richtext_safe('<p>See <a linktype="page" id="999999">there</a><script>x</script></p>')
        == "<p>See <a>there</a></p>"
    )
    assert richtext_safe(None) == ""


@pytest.mark.parametrize("payload", HOSTILE)
def test_a_citizens_markup_is_shown_as_written(payload: str) -> None:
    html = plain_text(payload)
    assert_harmless(html)
    expected = payload.replace("\x00", "").replace("\t", "\t")
    assert parsed(html).get_text() == expected


def test_paragraphs_and_line_ends_are_kept() -> None:
    assert plain_text("a\r\nb\n\n \nc") == '<p dir="auto">a<br>\nb</p>\n<p dir="auto">c</p>'
    assert plain_text("  \n ") == ""


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("see https://example.org/a?b=1&c=2.", "https://example.org/a?b=1&c=2"),
        ("(see https://example.org/a_(b))", "https://example.org/a_(b)"),
        ("«https://example.org/ä»", "https://example.org/ä"),
        ("HTTP://EXAMPLE.ORG!", "HTTP://EXAMPLE.ORG"),
    ],
)
def test_a_web_address_becomes_a_link_that_vouches_for_nothing(text: str, address: str) -> None:
    link = one(parsed(plain_text(text)), "a")
    assert (link["href"], link.get_text(), link["rel"]) == (address, address, ["nofollow", "ugc", "noopener"])
    assert parsed(plain_text(text)).get_text() == text


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "ftp://example.org/", "https://", "http://...", "www.example.org"]
)
def test_nothing_else_becomes_a_link(text: str) -> None:
    assert "<a" not in plain_text(text)


def test_an_address_cannot_turn_the_reading_direction() -> None:
    html = plain_text("https://example.org/\u202egnp.exe")
    assert one(parsed(html), "a")["href"] == "https://example.org/"


@given(st.text())
def test_no_words_are_lost_or_made_up(text: str) -> None:
    shown = parsed(plain_text(text)).get_text()
    keep = lambda words: "".join(c for c in words if c.isalnum())  # noqa: E731 -- one use, here
    assert keep(shown) == keep(text)


def test_half_a_megabyte_of_brackets_takes_no_time() -> None:
    start = time.perf_counter()
    plain_text("http://a" + "(" * 100_000 + ")" * 400_000)
    plain_text("http://" * 70_000)
    assert time.perf_counter() - start < 2
