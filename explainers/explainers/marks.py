"""What a page adds to the words of its texts: the numbers of the sources they cite, and links from terms explained.

Texts are sanitised before they come here, so that a tag is a tag and everything between tags is words.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Self

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from explainers.models.glossary import GlossaryTerm
from explainers.models.references import Reference
from explainers.slots import CITATION, cited_keys

_TAG: Final = re.compile(r"""(<(?:[^<>"']|"[^"]*"|'[^']*')*>)""")
_TAG_NAME: Final = re.compile(r"</?\s*([a-zA-Z][a-zA-Z0-9]*)")
# The one linked use of a term on a page: from its definition a link leads back there.
USE_PREFIX: Final = "use-"
# No term is linked inside a link, a heading, or what is raised or lowered.
_CLOSED: Final = frozenset({"a", "h1", "h2", "h3", "h4", "h5", "h6", "sup", "sub"})


@dataclass
class Citations:
    """The sources of a page, numbered in the order in which its texts cite them."""

    known: Mapping[str, Reference]
    cited: list[Reference] = field(default_factory=list)

    @classmethod
    def of(cls, texts: Iterable[str]) -> Self:
        """Return the citations of some texts, none numbered yet; one query where anything is cited."""
        keys = {key for text in texts for key in cited_keys(text)}
        return cls(Reference.objects.in_bulk(keys, field_name="key") if keys else {})

    def mark(self, html: str) -> str:
        """Return a text with a numbered link in place of each citation; one of an unknown source is left out."""
        return CITATION.sub(lambda found: self._link(found[1]), html)

    def _link(self, key: str) -> str:
        reference = self.known.get(key)
        if reference is None:
            return ""
        if reference not in self.cited:
            self.cited.append(reference)
        number = self.cited.index(reference) + 1
        return format_html(
            '\N{WORD JOINER}<sup class="citation-mark"><a href="#ref-{}" aria-label="{}">[{}]</a></sup>',
            key,
            _("Source %(number)s") % {"number": number},
            number,
        )


@dataclass
class TermLinks:
    """The terms of the glossary, and which of them a page has met: each is linked where it occurs first."""

    terms: Mapping[str, GlossaryTerm]
    pattern: re.Pattern[str] | None
    met: list[GlossaryTerm] = field(default_factory=list)

    @classmethod
    def of(cls, terms: Iterable[GlossaryTerm], code: str) -> Self:
        """Return the links for the forms that the terms take in a language; a longer form goes before a shorter."""
        forms = {form.casefold(): term for term in terms for form in term.forms(code)}
        if not forms:
            return cls({}, None)
        words = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
        return cls(forms, re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE))

    def mark(self, html: str) -> str:
        """Return a text in which the first occurrence of each term on the page leads to its definition below."""
        if self.pattern is None:
            return html
        return "".join(self._mark_words(piece) if is_open else piece for piece, is_open in _pieces(html))

    def _mark_words(self, words: str) -> str:
        return self.pattern.sub(self._link, words) if self.pattern else words

    def _link(self, found: re.Match[str]) -> str:
        term = self.terms[found[0].casefold()]
        if term in self.met:
            return found[0]
        self.met.append(term)
        key = escape(term.key)
        return f'<a class="term" id="{USE_PREFIX}{key}" href="#term-{key}">{found[0]}</a>'


def _pieces(html: str) -> Iterator[tuple[str, bool]]:
    """Yield tags and words, and whether a term may be linked there."""
    closed = 0
    for position, piece in enumerate(_TAG.split(html)):
        if position % 2 == 0:
            yield piece, closed == 0
            continue
        name = _TAG_NAME.match(piece)
        if name and name[1].lower() in _CLOSED:
            closed = max(0, closed - 1) if piece.startswith("</") else closed + 1
        yield piece, False


def marked(html: str, citations: Citations, terms: TermLinks) -> SafeString:
    """Return a sanitised text with its terms linked and its sources numbered."""
    return mark_safe(citations.mark(terms.mark(html)))  # noqa: S308 -- sanitised before; what is added is escaped
