"""Plants the pages of the demonstration in the page tree, in three languages that are translations of each other."""

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from string import Template
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import escape
from wagtail.models import Locale, Page

from consultations.models import ConsultationIndexPage
from demonstration.party import (
    AUTHORITY,
    EMAIL,
    OPENING_HOURS,
    OPERATORS_EMAIL,
    PHONE,
    PRIVACY_EMAIL,
    REVIEW_ADDRESS,
    REVIEW_BODY,
    REVIEW_EMAIL,
    STREET_ADDRESS,
)
from demonstration.publishing.markup import read_addition
from demonstration.publishing.tree import PLACES, Place
from demonstration.stages.context import register_span
from design.formats import format_date_long
from design.guidance import PageText, plant_guides, read_page
from design.languages import CODES
from design.markup import Block, MarkupError
from design.typography import typeset
from explainers.contents import GUIDANCE as EXPLAINERS_GUIDANCE
from explainers.contents import GUIDES as EXPLAINERS_GUIDES
from explainers.models import ExplainerIndexPage
from inforequests.models import RequestIndexPage
from learning.loading import GUIDANCE as LEARNING_GUIDANCE
from learning.loading import GUIDES as LEARNING_GUIDES
from learning.models import LearningIndexPage
from portal.models import HomePage, StandardPage
from register.models import Facility, Pollutant

_CONTENTS: Final = Path(__file__).resolve().parent.parent / "contents"
TEXTS: Final = _CONTENTS / "pages"
ADDITIONS: Final = _CONTENTS / "additions"  # to the guidance that comes with the platform, by its address
HOME_SLUG: Final = "velmaria"
_HOME: Final = Place("home", HOME_SLUG)
_PAGE_TYPES: Final[dict[str, type[Page]]] = {
    "home": HomePage,
    "consultations": ConsultationIndexPage,
    "explainers": ExplainerIndexPage,
    "learning": LearningIndexPage,
    "requests": RequestIndexPage,
}
_VIEWS: Final = {"register": "register:index", "register-search": "register:search", "register-loads": "register:loads"}


def page_facts(at: datetime) -> dict[str, dict[str, str]]:
    """Return what stands in the texts for `$name`, by language: names, addresses, and years of the register."""
    span = register_span(at)
    common = {
        "first_year": str(span.first_year),
        "last_year": str(span.last_year),
        "rule_change_year": str(span.rule_change_year),
        "year_count": str(span.last_year - span.first_year + 1),
        "facility_count": str(Facility.objects.count()),
        "email": EMAIL,
        "operators_email": OPERATORS_EMAIL,
        "privacy_email": PRIVACY_EMAIL,
        "review_email": REVIEW_EMAIL,
        "telephone": PHONE,
        "postal_address": STREET_ADDRESS,
        "street_address": STREET_ADDRESS,
        "review_address": REVIEW_ADDRESS,
    }
    facts = {}
    for code in CODES:
        with translation.override(code):
            facts[code] = {
                **common,
                "authority": getattr(AUTHORITY, code),
                "review_body": getattr(REVIEW_BODY, code),
                "opening_hours": getattr(OPENING_HOURS, code),
                "built_on": format_date_long(timezone.localdate(at)),
            }
    return facts


def read_text(name: str, code: str, facts: Mapping[str, str], address: Callable[[str], str]) -> PageText:
    """Return a page's text in a language, with the facts filled in and typeset."""
    source = (TEXTS / f"{name}.{code}.md").read_text(encoding="utf-8")
    return read_page(typeset(Template(source).substitute(facts), code), address)


def read_added(slug: str, code: str, facts: Mapping[str, str], address: Callable[[str], str]) -> list[Block]:
    """Return what is added to a page of guidance in a language, with the facts filled in and typeset; often nothing."""
    path = ADDITIONS / f"{slug}.{code}.md"
    if not path.exists():
        return []
    return read_addition(typeset(Template(path.read_text(encoding="utf-8")).substitute(facts), code), address, slug)


def plant_pages(at: datetime, *, editor: Any) -> HomePage:
    """Make and publish every page in every language; return the English home page.

    Side effects, in order: home pages are made below the root, the others below them, empty, and the guidance that
    comes with the platform; then every page gets its text, with links to the others, and some guidance what is
    Velmarian, as revisions that the editor publishes.
    """
    facts = page_facts(at)
    planted = {code: _plant_language(code) for code in CODES}
    guides = {code: _plant_guidance(planted[code], editor) for code in CODES}
    for code in CODES:
        pages = {**guides[code], **planted[code]}
        for place in (_HOME, *PLACES):
            page = pages[place.name]
            with translation.override(code):
                text = read_text(place.name, code, facts[code], _addresses(pages))
            _write(page, text)
            page.save_revision(user=editor).publish(user=editor)
        for slug, page in guides[code].items():
            with translation.override(code):
                added = read_added(slug, code, facts[code], _addresses(pages))
            if added:
                _append(page, added)
                page.save_revision(user=editor).publish(user=editor)
    return planted[CODES[0]]["home"]


def _plant_language(code: str) -> dict[str, Any]:
    """Make the empty pages of one language, by name; the same page has the same key in each language."""
    locale = Locale.objects.get(language_code=code)
    pages: dict[str, Any] = {}
    for place in (_HOME, *PLACES):
        model: type[Page] = _PAGE_TYPES.get(place.name, StandardPage)
        page = model(
            title=place.slug,
            slug=place.slug if place is not _HOME or code == CODES[0] else f"{HOME_SLUG}-{code}",
            locale=locale,
            live=False,
            show_in_menus=place.in_menus,
        )
        page.translation_key = _key_of(place)
        parent = Page.get_first_root_node() if place is _HOME else pages[place.below]
        parent.add_child(instance=page)
        pages[place.name] = page
    return pages


def _plant_guidance(pages: Mapping[str, Any], editor: Any) -> dict[str, Any]:
    """Plant the guidance of the platform below the pages of one language; return its pages by address."""
    plant_guides([pages["explainers"]], EXPLAINERS_GUIDANCE, EXPLAINERS_GUIDES, actor=editor)
    plant_guides([pages["learning"]], LEARNING_GUIDANCE, LEARNING_GUIDES, actor=editor)
    found = StandardPage.objects.child_of(pages["explainers"]) | StandardPage.objects.child_of(pages["learning"])
    return {page.slug: page for page in found}


def _append(page: Any, blocks: list[Block]) -> None:
    held = [
        {"type": child.block_type, "value": child.block.get_prep_value(child.value), "id": child.id}
        for child in page.body
    ]
    page.body = page.body.stream_block.to_python([*held, *blocks])


def _key_of(place: Place) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"https://velmaria.example/{place.name}")


def _write(page: Any, text: PageText) -> None:
    page.title = text.title
    page.draft_title = text.title
    page.search_description = text.description
    page.introduction = text.introduction
    if isinstance(page, StandardPage | RequestIndexPage):
        page.body = page.body.stream_block.to_python(text.blocks)


def _addresses(pages: Mapping[str, Any]) -> Callable[[str], str]:
    """Return what turns the name of a place into the opening tag of a link, in the language of the page."""

    def tag(target: str) -> str:
        kind, _, name = target.partition(":")
        if kind == "page" and name in pages:
            return f'<a linktype="page" id="{pages[name].pk}">'
        if kind in _VIEWS and not name:
            return f'<a href="{reverse(_VIEWS[kind])}">'
        if kind == "pollutant":
            return f'<a href="{Pollutant.objects.get(code=name).get_absolute_url()}">'
        if kind == "facility":
            return f'<a href="{reverse("register:facility", args=[name])}">'
        if kind in {"https", "mailto"} or target.startswith("/"):
            return f'<a href="{escape(target)}">'
        raise MarkupError(f"A link leads to an unknown place: {target!r}.")

    return tag
