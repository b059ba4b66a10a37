"""Where one can go from a page: the sections, the same page in the other languages, and the way back up."""

from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve, translate_url
from django.utils.functional import Promise
from django.utils.translation import get_language_from_path, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.models import Page

from design.languages import current_code
from portal.middleware.language import CHOICE as LANGUAGE_CHOICE

# The five sections and their fixed addresses, in the order of the menu.
SECTIONS: Final = (
    ("consultations", gettext_lazy("Consultations")),
    ("requests", gettext_lazy("Ask for information")),
    ("explainers", gettext_lazy("Explainers")),
    ("register", gettext_lazy("Register")),
    ("learning", gettext_lazy("Learning")),
)


@dataclass(frozen=True)
class Section:
    """A section as the menu shows it."""

    title: str | Promise
    url: str
    is_current: bool
    is_this_page: bool


@dataclass(frozen=True)
class LanguageLink:
    """The way to this page in one language; without an absolute address where there is no such translation."""

    code: str
    name: str
    url: str
    is_current: bool
    absolute_url: str = ""


def home_address(code: str | None = None) -> str:
    """Return the address of the home page in a language."""
    return f"/{code or current_code()}/"


def sections(request: HttpRequest | None) -> list[Section]:
    """Return the menu; the section that the request is in is current."""
    path = request.path if request else ""
    found = []
    for slug, title in SECTIONS:
        url = f"{home_address()}{slug}/"
        found.append(Section(title=title, url=url, is_current=path.startswith(url), is_this_page=path == url))
    return found


def language_links(request: HttpRequest | None, page: Page | None) -> list[LanguageLink]:
    """Return this page in each language: a page's live translation, a view's address, or else the home page."""
    here = current_code()
    if page is not None:
        addresses = _translations(request, page)
    elif request is not None:
        addresses = {code: address for code, _name in settings.LANGUAGES if (address := _address_in(request, code))}
    else:
        addresses = {}
    links = []
    for code, name in settings.LANGUAGES:
        url = addresses.get(code, home_address(code))
        # Only a translation is told to search engines: neither home instead of it, nor a choice of language by query.
        is_translation = request is not None and code in addresses and url.startswith(home_address(code))
        absolute_url = request.build_absolute_uri(url) if is_translation and request is not None else ""
        links.append(LanguageLink(code, name, url, is_current=code == here, absolute_url=absolute_url))
    return links


def _translations(request: HttpRequest | None, page: Page) -> dict[str, str]:
    """Return the addresses of the page and its live translations by language code; one query."""
    addresses = {}
    for translation in page.get_translations(inclusive=True).live().select_related("locale"):
        url = translation.get_url(request)
        if url:
            addresses[translation.locale.language_code] = url
    return addresses


def _address_in(request: HttpRequest, code: str) -> str:
    """Return the address of a view in another language; nothing where a page may not exist there."""
    if get_language_from_path(request.path_info) is None:
        query = request.GET.copy()
        query[LANGUAGE_CHOICE] = code
        return f"?{query.urlencode()}"
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return ""
    return "" if match.url_name == "wagtail_serve" else translate_url(request.get_full_path(), code)


def breadcrumb_trail(request: HttpRequest | None, page: Page | None, given: list[Any] | None) -> list[Any]:
    """Return the way back up: Home, then what the view gave, or else the ancestors of the page."""
    home = {"title": _("Home"), "url": home_address()}
    if given is not None:
        return [home, *given] if given else []
    # Depth 1 is the root of the tree and depth 2 the home page of a language.
    if page is None or page.depth <= 2:
        return []
    ancestors = page.get_ancestors().filter(depth__gt=2)
    return [home, *({"title": parent.title, "url": parent.get_url(request)} for parent in ancestors)]
