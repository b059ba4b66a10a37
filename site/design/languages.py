"""Texts held in the three equal languages, and the choice among them."""

from typing import Any, Final

from django.utils.translation import get_language

CODES: Final = ("en", "fr", "ru")
FALLBACK: Final = "en"


def current_code() -> str:
    """Return the language of the page being made, one of CODES."""
    code = (get_language() or FALLBACK).split("-")[0]
    return code if code in CODES else FALLBACK


def localised(holder: Any, field: str, code: str | None = None) -> str:
    """Return `field` of `holder` (`field_en`, `field_fr`, `field_ru`) in a language; English where it is empty."""
    return getattr(holder, f"{field}_{code or current_code()}", "") or getattr(holder, f"{field}_{FALLBACK}")


def any_language(holder: Any, field: str) -> str:
    """Return `field` of `holder` in the language of the page, else in English, else in one in which it was given."""
    return localised(holder, field) or next(
        (text for code in CODES if (text := getattr(holder, f"{field}_{code}", ""))), ""
    )


def code_of_any(holder: Any, field: str) -> str:
    """Return the language in which `any_language` gives `field` of `holder`; the page's own where there is nothing."""
    order = (current_code(), FALLBACK, *CODES)
    return next((code for code in order if getattr(holder, f"{field}_{code}", "")), current_code())
