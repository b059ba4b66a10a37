"""`{% load privacy %}`: what a form says before anybody sends it, from the rules that are carried out."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from privacy.models import RetentionRule

register = template.Library()


@register.inclusion_tag("privacy/parts/before_you_send.html")
def before_you_send(kind: str) -> dict[str, Any]:
    """Say how long who somebody is is kept with what is about to be sent, and that it can be erased; one query."""
    rule = RetentionRule.objects.filter(kind=kind, is_active=True).first()
    period = rule.period if rule else ""
    counted = rule.counted_from if rule else ""
    sentence = _("They are erased %(period)s %(counted)s.") % {"period": period, "counted": counted} if period else ""
    return {"sentence": sentence}


@register.inclusion_tag("privacy/parts/before_you_sign_up.html")
def before_you_sign_up() -> dict[str, Any]:
    """Say that an account can be looked into and erased."""
    return {}
