"""Pages that no editor writes: the glossary as one list, and how to read a number of the register."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from charts.words import CHANGE_RULES, SHARE_RULES, WordRule
from design.formats import format_number
from design.freshness import public_page
from explainers.models import GlossaryTerm
from register.absences import ABSENCES


@require_safe
@public_page
def glossary(request: HttpRequest) -> HttpResponse:
    """List every term with its definition, in the alphabetical order of the language."""
    terms = sorted(GlossaryTerm.objects.all(), key=lambda term: term.term.casefold())
    return render(request, "explainers/glossary.html", {"terms": terms, "breadcrumbs": _crumbs()})


@require_safe
@public_page
def reading(request: HttpRequest) -> HttpResponse:
    """Explain what stands beside each number: unit, year, medium, method, absences, and the words of direction."""
    context: dict[str, Any] = {
        "absences": ABSENCES.values(),
        "change_words": [{"words": rule.words, "range": _range(rule)} for rule in CHANGE_RULES],
        "share_words": [{"words": rule.words, "range": _range(rule)} for rule in SHARE_RULES],
        "breadcrumbs": _crumbs(),
    }
    return render(request, "explainers/reading.html", context)


def _crumbs() -> list[dict[str, str]]:
    return [{"title": _("Explainers"), "url": reverse("wagtail_serve", args=["explainers/"])}]


def _range(rule: WordRule) -> str:
    """Return the ratios for which a word is said, in percent."""
    lower, upper = (format_number(limit * 100) for limit in (rule.lower, rule.upper))
    if rule.lower == rule.upper:
        return _("%(percent)s%%") % {"percent": lower}
    if not rule.upper.is_finite():
        return _("more than %(percent)s%%") % {"percent": lower}
    limits = {"lower": lower, "upper": upper}
    if rule.lower_included and rule.upper_included:
        return _("from %(lower)s%% to %(upper)s%%, both included") % limits
    if rule.lower_included:
        return _("from %(lower)s%% to less than %(upper)s%%") % limits
    if rule.upper_included:
        return _("more than %(lower)s%%, up to %(upper)s%%") % limits
    return _("between %(lower)s%% and %(upper)s%%") % limits
