"""The styles keep their promises: contrast, weight, layers, and nothing that a right-to-left language would break."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.any_database

STATIC = Path(settings.BASE_DIR) / "static"
STYLES = sorted((STATIC / "css").glob("*.css"))
SCRIPTS = sorted((STATIC / "js").glob("*.js"))
MOST_BYTES = 25 * 1024
TEXT_CONTRAST = 7.0
MEANING_CONTRAST = 4.5
BACKGROUNDS = ("paper", "surface", "sunk")
WORDS = {
    # the colour of words: what they may stand on
    "ink": BACKGROUNDS,
    "ink-soft": BACKGROUNDS,
    "accent": BACKGROUNDS,
    "accent-strong": (*BACKGROUNDS, "accent-tint"),
    "amber": (*BACKGROUNDS, "amber-tint"),
    "red": (*BACKGROUNDS, "red-tint"),
    "on-accent": ("accent", "accent-strong"),
    "on-band": ("band",),
    "paper": ("done",),
}


def tokens() -> dict[str, dict[str, str]]:
    """The colours of the light and of the dark scheme."""
    source = (STATIC / "css" / "foundation.css").read_text(encoding="utf-8")
    light, dark = re.findall(r":root \{(.*?)\}", source, re.DOTALL)[:2]
    found = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", part)) for part in (light, dark)]
    return {"light": found[0], "dark": {**found[0], **found[1]}}


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_at_least_seven_to_one(scheme: str) -> None:
    colours = tokens()[scheme]
    weak = {
        f"{word} on {ground}": round(contrast(colours[word], colours[ground]), 2)
        for word, grounds in WORDS.items()
        for ground in grounds
        if contrast(colours[word], colours[ground]) < TEXT_CONTRAST
    }
    assert weak == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("line", ["line-strong", "focus"])
def test_lines_that_carry_meaning_stand_out(scheme: str, line: str) -> None:
    colours = tokens()[scheme]
    assert min(contrast(colours[line], colours[ground]) for ground in BACKGROUNDS) >= MEANING_CONTRAST


def test_styles_and_scripts_together_are_light() -> None:
    # Each file travels by itself, so each is compressed by itself.
    assert sum(len(gzip.compress(path.read_bytes(), 9)) for path in (*STYLES, *SCRIPTS)) <= MOST_BYTES


def test_every_rule_is_in_a_layer_and_the_layers_are_in_one_order() -> None:
    order = "@layer reset, tokens, base, layout, components, utilities, print;"
    assert order in (STATIC / "css" / "foundation.css").read_text(encoding="utf-8")
    for path in STYLES:
        source = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        top = re.sub(r"\{(?:[^{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*\}", "{}", source)
        statements = [line.strip() for line in top.split("{}") for line in line.split(";") if line.strip()]
        allowed = re.compile(r"@layer (reset|tokens|base|layout|components|utilities|print)(, \w+)*$")
        assert [statement for statement in statements if not allowed.match(statement)] == [], path.name


def test_no_style_names_left_or_right() -> None:
    physical = re.compile(
        r"(?<![\w-])(?:(?:margin|padding|border)-(?:left|right)|left|right|float:\s*(?:left|right))\s*:"
    )
    found = [
        f"{path.name}:{number}: {line.strip()}"
        for path in STYLES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if physical.search(line) or re.search(r"text-align:\s*(?:left|right)|float:\s*(?:left|right)", line)
    ]
    assert found == []


def test_nothing_comes_from_elsewhere_and_no_font_is_loaded() -> None:
    for path in (*STYLES, *SCRIPTS):
        assert not re.search(r"https?://|@import|@font-face|url\(", path.read_text(encoding="utf-8")), path.name
