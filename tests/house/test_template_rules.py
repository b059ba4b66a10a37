"""House rules for templates and styles: what the security policy forbids, and what keeps them readable."""

import re

import pytest

from tests.house.test_python_rules import status_values
from tests.house.tree import committed, templates, text

LONGEST_TEMPLATE = 160
INLINE = {
    "a style attribute": re.compile(r"<[a-zA-Z][^>]*\sstyle\s*="),
    "a style element": re.compile(r"<style\b"),
    "a script with its text inside": re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")[^>]*>"
    ),
    "an event handler": re.compile(r"<[a-zA-Z][^>]*\son[a-z]+\s*="),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
}

pytestmark = pytest.mark.any_database


@pytest.mark.parametrize("what", INLINE)
def test_no_template_holds_what_the_security_policy_forbids(what: str) -> None:
    found = [
        f"{path}:{number}"
        for path in templates()
        if "/emails/" not in path.as_posix() and not path.as_posix().startswith("site/notices/")
        for number, line in enumerate(without_comments(text(path)).splitlines(), 1)
        if INLINE[what].search(line)
    ]
    assert found == []


def test_a_template_is_short_enough_to_be_read() -> None:
    lengths = {path.as_posix(): len(text(path).splitlines()) for path in templates()}
    assert {path: length for path, length in lengths.items() if length > LONGEST_TEMPLATE} == {}


def test_nothing_is_fetched_from_another_site() -> None:
    loading = re.compile(r"(?:src|href|action|url\()\s*=?\s*[\"'(]?\s*(?:https?:)?//", re.IGNORECASE)
    tags = re.compile(r"<(?:link|script|img|iframe|source|video|audio|form)\b[^>]*>", re.IGNORECASE)
    html = [path.as_posix() for path in templates() if any(map(loading.search, tags.findall(text(path))))]
    css = [
        path.as_posix()
        for path in committed()
        if path.suffix in {".css", ".js"}
        and re.search(r"url\(\s*[\"']?(?:https?:)?//|@import\s+[\"'](?:https?:)?//", text(path))
    ]
    assert html + css == []


def test_safe_is_left_to_the_one_place_that_makes_text_safe() -> None:
    allowed = {"site/accounts/templates/mfa/totp/activate_form.html"}  # the QR code, drawn by allauth itself
    found = {path.as_posix() for path in templates() if re.search(r"\|\s*safe\b|autoescape off", text(path))}
    assert found - allowed == set()


def test_a_component_states_its_variables_at_the_top() -> None:
    components = [path for path in templates() if path.parent.name == "components"]
    silent = [path.as_posix() for path in components if not re.match(r"\s*(?:\{% comment|\{#)", text(path))]
    assert components
    assert silent == []


def test_a_moment_is_written_for_machines_by_the_one_filter_that_leaves_out_what_html_does_not_take() -> None:
    found = [
        f"{path}:{number}"
        for path in templates()
        for number, line in enumerate(text(path).splitlines(), 1)
        for value in re.findall(r'datetime="\{\{([^}]*)\}\}', line)
        if "machine_time" not in value
    ]
    assert found == []


def test_no_template_compares_a_status_with_its_letters() -> None:
    values = status_values()
    comparison = re.compile(r"[!=]=\s*[\"']([^\"']+)[\"']")
    found = [
        f"{path}:{number}: {value!r} is {values[value]}"
        for path in templates()
        if not path.as_posix().startswith("site/design/")  # components know tones of colour, not statuses
        for number, line in enumerate(text(path).splitlines(), 1)
        for value in comparison.findall(line)
        if value in values
    ]
    assert found == []


def without_comments(source: str) -> str:
    """The template with its comments blanked, lines kept."""
    pattern = re.compile(r"\{#.*?#\}|\{% comment.*?%\}.*?\{% endcomment %\}", re.DOTALL)
    return pattern.sub(lambda match: "\n" * match.group(0).count("\n"), source)
