"""Names of countries in the language of the page."""

from collections.abc import Mapping
from typing import Final

from babel import Locale

from design.formats import locale_name
from design.languages import CODES, current_code

# Names of codes that ISO 3166-1 leaves to users (XA to XZ and others), by code and language.
OWN_NAMES: Final[dict[str, Mapping[str, str]]] = {}


def name_country(code: str, names: Mapping[str, str]) -> None:
    """Give a code that ISO 3166-1 leaves to users a name in each language; called from an AppConfig's `ready`."""
    missing = [language for language in CODES if not names.get(language)]
    if missing:
        raise ValueError(f"The country {code} has no name in: {', '.join(missing)}.")
    OWN_NAMES[code] = names


def country_name(code: str) -> str:
    """Return the name of a country for its two letters (ISO 3166-1); the letters where nobody knows them."""
    if code in OWN_NAMES:
        return OWN_NAMES[code][current_code()]
    return str(Locale.parse(locale_name()).territories.get(code, code))
