"""`{% load portal %}`: what the frame of every page asks the site about itself and its visitor."""

from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.urls import reverse

from accounts.permissions import user_can_enter_admin
from portal import navigation
from portal.models import Authority

register = template.Library()

_LANGUAGE_LINKS = "portal_language_links"


@register.simple_tag(takes_context=True)
def authority(context: Context) -> Authority:
    """Return who is answerable for this site; read once for each request."""
    return Authority.load(request_or_site=context.get("request"))


@register.simple_tag(takes_context=True)
def site_name(context: Context) -> str:
    """Return the name of the site in the language of the page."""
    return Authority.load(request_or_site=context.get("request")).site_name or settings.WAGTAIL_SITE_NAME


@register.simple_tag
def home_address() -> str:
    """Return the address of the home page in the language of the page."""
    return navigation.home_address()


@register.simple_tag
def search_address() -> str:
    """Return the address of the site search."""
    return reverse("search")


@register.simple_tag(takes_context=True)
def site_sections(context: Context) -> list[navigation.Section]:
    """Return the menu."""
    return navigation.sections(context.get("request"))


@register.simple_tag(takes_context=True)
def language_links(context: Context) -> list[navigation.LanguageLink]:
    """Return this page in each language; worked out once for a request, as head and masthead both need it."""
    request = context.get("request")
    known = getattr(request, _LANGUAGE_LINKS, None)
    if known is None:
        known = navigation.language_links(request, context.get("page"))
        if request is not None:
            setattr(request, _LANGUAGE_LINKS, known)
    return known


@register.simple_tag(takes_context=True)
def breadcrumb_trail(context: Context) -> list[Any]:
    """Return the way back up from this page."""
    return navigation.breadcrumb_trail(context.get("request"), context.get("page"), context.get("breadcrumbs"))


@register.simple_tag(takes_context=True)
def has_session(context: Context) -> bool:
    """Return whether the visitor came with a session; without one, asking who they are would spoil shared caching."""
    request = context.get("request")
    return request is not None and bool(_SESSION_COOKIES & set(request.COOKIES))


_SESSION_COOKIES = {settings.SESSION_COOKIE_NAME, "messages"}


@register.simple_tag(takes_context=True)
def may_enter_admin(context: Context) -> bool:
    """Return whether the signed-in person works here."""
    return user_can_enter_admin(context["request"].user)
