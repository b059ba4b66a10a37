"""Small phrases that every area puts together in the same way, each by one pattern that translators see."""

import re
from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from design.languages import current_code

_WRITTEN_IN: Final[Mapping[str, Promise]] = {
    "en": gettext_lazy("Written in English."),
    "fr": gettext_lazy("Written in French."),
    "ru": gettext_lazy("Written in Russian."),
}
_ARTICLE: Final = re.compile(r"Art\. (?P<number>\d+)(?:\((?P<paragraph>\d+)\))?(?:\((?P<letter>[a-z])\))?")


def with_colon(label: Any) -> str:
    """Return a label with its colon: French has a fixed space before it."""
    return _("%(label)s:") % {"label": label}


def labelled(label: Any, text: Any) -> str:
    """Return a label with its colon and what belongs to it, such as "R-7KQ2-M4XD-G: Mercury in the river"."""
    return f"{with_colon(label)} {text}"


def cite_article(article: str) -> str:
    """Return a citation that is stored as "Art. 12(1)(c)" as the language of the page cites: "art. 12, par. 1 c)".

    What is stored in another form is somebody's own words, and is returned as it is.
    """
    parts = _ARTICLE.fullmatch(article)
    if parts is None:
        return article
    values = parts.groupdict()
    if not values["paragraph"]:
        return pgettext("citation", "Art. %(number)s") % values
    if not values["letter"]:
        return pgettext("citation", "Art. %(number)s(%(paragraph)s)") % values
    return pgettext("citation", "Art. %(number)s(%(paragraph)s)(%(letter)s)") % values


def language_note(code: str) -> str:
    """Return a sentence for readers of another language than a text is in; nothing for those of its own."""
    return "" if code == current_code() else str(_WRITTEN_IN.get(code, ""))


def shortened(text: str, longest: int) -> str:
    """Return a text in one line, cut after a whole word where it has more than `longest` characters."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    head, _space, _rest = line[: longest + 1].rpartition(" ")
    return f"{(head or line[:longest]).rstrip(' ,;:.–—-')}…"
