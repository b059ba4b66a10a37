"""`{% load following %}`: the way to follow the subject of a page. Asks no database, so that pages stay as fast."""

from typing import Any

from django import template

from following import subjects

register = template.Library()


@register.inclusion_tag("following/parts/follow.html")
def follow(kind: str, key: str = "") -> dict[str, Any]:
    """Write the link to the page on which a subject can be followed: {% follow "pollutant" pollutant.slug %}."""
    known = subjects.kind_named(kind)
    return {"label": known.invitation, "url": subjects.follow_address(kind, key)} if known else {}


@register.inclusion_tag("following/parts/alternate.html")
def follow_feed(kind: str, key: str = "", title: str = "") -> dict[str, Any]:
    """Write for the head of a page where its feed is, so that feed readers find it."""
    return {"url": subjects.feed_address(kind, key), "title": title} if subjects.kind_named(kind) else {}


@register.simple_tag
def feed_address(kind: str, key: str = "") -> str:
    """Return the address of a subject's Atom feed."""
    return subjects.feed_address(kind, key)


@register.simple_tag
def calendar_address(kind: str, key: str = "") -> str:
    """Return the address of a subject's calendar."""
    return subjects.calendar_address(kind, key)
