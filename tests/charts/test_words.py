from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from charts.enums import Direction
from charts.words import CHANGE_RULES, NOT_COMPARABLE, SHARE_RULES, change_rule, share_words


@pytest.mark.parametrize(
    ("after", "words", "direction"),
    [
        ("0", "fell to zero", Direction.FELL),
        ("49.9", "fell by more than half", Direction.FELL),
        ("50", "fell", Direction.FELL),
        ("94.9", "fell", Direction.FELL),
        ("95", "stayed about the same", Direction.ABOUT_SAME),
        ("95.1", "stayed about the same", Direction.ABOUT_SAME),
        ("100", "stayed about the same", Direction.ABOUT_SAME),
        ("104.9", "stayed about the same", Direction.ABOUT_SAME),
        ("105", "stayed about the same", Direction.ABOUT_SAME),
        ("105.1", "rose", Direction.ROSE),
        ("200", "rose", Direction.ROSE),
        ("200.1", "more than doubled", Direction.ROSE),
    ],
)
def test_five_per_cent_either_way_is_about_the_same(after: str, words: str, direction: Direction) -> None:
    rule = change_rule(Decimal(100), Decimal(after))
    assert (str(rule.words), rule.direction) == (words, direction)


def test_from_zero_it_rose_or_stayed() -> None:
    assert str(change_rule(Decimal(0), Decimal(3)).words) == "rose from zero"
    assert str(change_rule(Decimal(0), Decimal(0)).words) == "stayed at zero"


@pytest.mark.parametrize("pair", [(None, Decimal(1)), (Decimal(1), None), (None, None)])
def test_a_missing_value_cannot_be_compared(pair: tuple[Decimal | None, Decimal | None]) -> None:
    assert change_rule(*pair) is NOT_COMPARABLE


@pytest.mark.parametrize(
    ("percent", "words"),
    [
        ("0", "none"),
        ("4.9", "a very small part"),
        ("5", "less than a quarter"),
        ("19.9", "less than a quarter"),
        ("20", "about a quarter"),
        ("26", "about a quarter"),
        ("28.9", "about a quarter"),
        ("29", "about a third"),
        ("33.3", "about a third"),
        ("38", "about a third"),
        ("38.1", "less than half"),
        ("44.9", "less than half"),
        ("45", "about half"),
        ("55", "about half"),
        ("55.1", "more than half"),
        ("61.9", "more than half"),
        ("62", "about two thirds"),
        ("71", "about two thirds"),
        ("71.1", "about three quarters"),
        ("75", "about three quarters"),
        ("80", "about three quarters"),
        ("80.1", "more than three quarters"),
        ("94.9", "more than three quarters"),
        ("95", "almost all"),
        ("99.9", "almost all"),
        ("100", "all"),
    ],
)
def test_a_share_has_one_word(percent: str, words: str) -> None:
    assert share_words(Decimal(percent), Decimal(100)) == words


@given(ratio=st.decimals(min_value=Decimal("0.06"), max_value=Decimal("0.94"), allow_nan=False, places=4))
def test_of_all_fractions_that_are_named_the_nearest_is_said(ratio: Decimal) -> None:
    named = {
        "about a quarter": Decimal("0.25"),
        "about a third": Decimal(1) / 3,
        "about half": Decimal("0.5"),
        "about two thirds": Decimal(2) / 3,
        "about three quarters": Decimal("0.75"),
    }
    said = share_words(ratio, Decimal(1))
    if said in named:
        # The bounds have two digits; closer to another fraction by less than one of them is no mistake.
        assert abs(ratio - named[said]) <= min(abs(ratio - value) for value in named.values()) + Decimal("0.01")


@pytest.mark.parametrize(("part", "whole"), [(1, 0), (2, 1), (-1, 1)])
def test_what_is_no_share_is_refused(part: int, whole: int) -> None:
    with pytest.raises(ValueError, match="is no part of"):
        share_words(Decimal(part), Decimal(whole))


_RATIOS = st.decimals(min_value=0, max_value=1000, allow_nan=False, places=6)


@given(ratio=_RATIOS)
def test_every_change_has_exactly_one_word(ratio: Decimal) -> None:
    assert len([rule for rule in CHANGE_RULES if rule.holds(ratio)]) == 1


@given(ratio=st.decimals(min_value=0, max_value=1, allow_nan=False, places=6))
def test_every_share_has_exactly_one_word(ratio: Decimal) -> None:
    assert len([rule for rule in SHARE_RULES if rule.holds(ratio)]) == 1


@pytest.mark.parametrize("language", ["fr", "ru"])
def test_the_words_exist_in_each_language(language: str) -> None:
    rules = [*CHANGE_RULES, *SHARE_RULES, NOT_COMPARABLE]
    with override("en"):
        english = [str(rule.words) for rule in rules]
    with override(language):
        translated = [str(rule.words) for rule in rules]
    assert [word for word, other in zip(translated, english, strict=True) if word == other] == []
