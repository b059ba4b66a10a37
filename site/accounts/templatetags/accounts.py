"""`{% load accounts %}`: what the sign-in pages ask about the site."""

from typing import Any

from django import template
from django.conf import settings

from accounts.letters import News, news_for

register = template.Library()


@register.simple_tag
def second_factor_is_off() -> bool:
    """Return whether administration opens without a second factor, as in the demonstration."""
    return not settings.ADMIN_REQUIRES_SECOND_FACTOR


@register.simple_tag
def sign_up_is_open() -> bool:
    """Return whether anybody may make an account."""
    return bool(settings.SIGN_UP_OPEN)


@register.simple_tag(takes_context=True)
def letter_news(context: dict[str, Any]) -> News | None:
    """Return how far the letter has got that this session has asked for; None where there is nothing to say."""
    return news_for(context["request"])
