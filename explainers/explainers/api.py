"""Explainers for machines: read-only, the same texts as the pages show. Mounted below /api/v1/explainers.

The figures of a pollutant are at /api/v1/register; a text is never given together with numbers that it was not checked
against, so a reader of both asks for both.
"""

from collections.abc import Iterable
from typing import Any, Literal

from django.http import Http404, HttpRequest
from django.utils import translation
from ninja import Query, Router, Schema
from ninja.pagination import paginate

from design.apis import Pages
from design.richtext import expand_and_sanitize
from explainers.enums import SlotState
from explainers.marks import Citations
from explainers.models import ExplainerPage, GlossaryTerm
from explainers.queries import explainer_address

router = Router(tags=["explainers"])


class Asked(Schema):
    """In which language."""

    language: Literal["en", "fr", "ru"] = "en"


class ExplainerOut(Schema):
    """One explainer: what it is about, and whether anybody has written it."""

    slug: str
    pollutant: str
    title: str
    summary: str
    is_written: bool
    url: str


class SlotOut(Schema):
    """One question with the state of its answer, and the answer as HTML; `[^key]` cites a reference."""

    kind: str
    question: str
    state: SlotState
    html: str


class ReferenceOut(Schema):
    """A source that a text cites."""

    key: str
    text: str


class ExplainerDetailOut(ExplainerOut):
    """One explainer with its questions in their order, and its sources."""

    slots: list[SlotOut]
    references: list[ReferenceOut]


class TermOut(Schema):
    """A word of the glossary."""

    key: str
    term: str
    definition: str


@router.get("", response=list[ExplainerOut], summary="All explainers in a language")
@paginate(Pages)
def explainers(request: HttpRequest, asked: Query[Asked]) -> list[dict[str, Any]]:
    """List the live explainers in the order of Annex II."""
    found = ExplainerPage.objects.live().filter(locale__language_code=asked.language).select_related("pollutant")
    with translation.override(asked.language):
        return [_explainer(page) for page in _one_a_pollutant(found.order_by("pollutant__position", "pk"))]


@router.get("/glossary", response=list[TermOut], summary="The words that the site explains")
@paginate(Pages)
def glossary(request: HttpRequest, asked: Query[Asked]) -> list[dict[str, Any]]:
    """List every term with its definition in a language."""
    with translation.override(asked.language):
        terms = GlossaryTerm.objects.all()
        return [{"key": term.key, "term": term.term, "definition": term.definition} for term in terms]


@router.get("/{slug}", response=ExplainerDetailOut, summary="One explainer: questions, answers, sources")
def explainer(request: HttpRequest, slug: str, asked: Query[Asked]) -> dict[str, Any]:
    """Return the explainer of a pollutant; an empty answer says which kind of silence it is."""
    found = ExplainerPage.objects.live().filter(locale__language_code=asked.language, pollutant__slug=slug)
    page = found.select_related("pollutant").order_by("pk").last()
    if page is None:
        raise Http404
    with translation.override(asked.language):
        citations = Citations.of(text for _kind, _state, text in page.written_slots())
        slots = [
            {"kind": kind.value, "question": str(kind.label), "state": state, "html": expand_and_sanitize(text)}
            for kind, state, text in page.written_slots()
        ]
        references = [{"key": one.key, "text": one.in_words} for one in citations.known.values()]
        return {**_explainer(page), "slots": slots, "references": references}


def _one_a_pollutant(pages: Iterable[ExplainerPage]) -> Iterable[ExplainerPage]:
    """Return one page for each pollutant: a site may keep a second tree of pages that it does not show."""
    return {page.pollutant_id: page for page in pages}.values()


def _explainer(page: ExplainerPage) -> dict[str, Any]:
    return {
        "slug": page.slug,
        "pollutant": page.pollutant.code,
        "title": page.title,
        "summary": page.summary,
        "is_written": page.is_written,
        "url": explainer_address(page.pollutant),
    }
