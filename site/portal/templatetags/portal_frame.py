"""`{% load portal_frame %}`: the few things that error pages may ask, none of which needs a database."""

from django import template
from django.conf import settings

from portal.navigation import home_address as address_of_home

register = template.Library()


@register.simple_tag
def plain_site_name() -> str:
    """Return the name of the site as the settings have it."""
    return settings.WAGTAIL_SITE_NAME


@register.simple_tag
def home_address() -> str:
    """Return the address of the home page in the language of the page."""
    return address_of_home()
