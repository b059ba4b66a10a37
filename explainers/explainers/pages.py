"""What the Wagtail pages show: the list of all pollutants, and one pollutant with its questions and its figures."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from design.freshness import keep_until_midnight
from design.languages import current_code
from design.richtext import expand_and_sanitize
from explainers.boxes import four_boxes
from explainers.domain.reviewing import review_note
from explainers.enums import CLAIM_SLOTS, SlotKind, SlotState
from explainers.marks import Citations, TermLinks, marked
from explainers.models import ExplainerIndexPage, ExplainerPage, GlossaryTerm
from explainers.perspectives import perspectives_of
from explainers.slots import Slot, cited_keys
from register.absences import ABSENCES
from register.enums import PollutantGroup, Presence
from register.facts import absences_met, bound_facts, media_without_entries
from register.figures import figure_view, pollutant_chart
from register.forms import PollutantFilterForm
from register.links import pollutant_links
from register.models import Pollutant
from register.queries.listed import pollutant_counts
from register.queries.pollutants import pollutant_results, threshold_table

# After these questions come the figures; before them, a reader has no picture of what is counted.
_BEFORE_FIGURES = (SlotKind.WHAT_IS_IT, SlotKind.USES, SlotKind.SOURCES)
APP = "explainers"


def index_context(request: HttpRequest, page: ExplainerIndexPage) -> dict[str, Any]:
    """Return the explained pollutants by group, those asked for in the filter only, and the guidance below the list."""
    form = PollutantFilterForm(request.GET)
    valid = form.is_valid()
    found = pollutant_results(form.cleaned_data["q"], form.cleaned_data["group"]) if valid else Pollutant.objects.none()
    explainers = ExplainerPage.objects.child_of(page).live().filter(pollutant__in=found).select_related("pollutant")
    order = list(PollutantGroup)
    listed = sorted(
        explainers, key=lambda one: (order.index(PollutantGroup(one.pollutant.group)), one.pollutant.position)
    )
    groups = [
        (PollutantGroup(group).label, list(members))
        for group, members in groupby(listed, key=lambda one: one.pollutant.group)
    ]
    is_filtered = bool(request.GET.get("q") or request.GET.get("group"))
    written = [one for one in listed if one.is_written]
    return {
        "form": form,
        "is_filtered": is_filtered,
        "groups": groups,
        "count": len(listed),
        "written": written,
        "explained": len(written),
        "pollutant_counts": None if is_filtered else pollutant_counts(),
        "guides": page.get_children().live().in_menu().not_type(ExplainerPage),
    }


def explainer_context(request: HttpRequest, page: ExplainerPage) -> dict[str, Any]:
    """Return the answers with their sources and terms, and everything that the register says on the pollutant now."""
    pollutant = Pollutant.objects.select_related("part_of").prefetch_related("sub_entries").get(pk=page.pollutant_id)
    thresholds = threshold_table(pollutant)
    chart = pollutant_chart(pollutant)
    written = list(page.written_slots())
    citations = Citations.of(text for _kind, _state, text in written)
    terms = TermLinks.of(GlossaryTerm.objects.all() if page.is_written else [], current_code())
    slots = [
        Slot(
            kind=kind,
            state=state,
            text=marked(expand_and_sanitize(text), citations, terms),
            lacks_source=state is SlotState.FILLED and kind in CLAIM_SLOTS and not cited_keys(text),
        )
        for kind, state, text in written
    ]
    register_url = pollutant.get_absolute_url()
    ask_url = f"{reverse('inforequests:ask')}?pollutant={pollutant.slug}"
    context: dict[str, Any] = {
        "pollutant": pollutant,
        "is_written": page.is_written,
        "before_figures": [slot for slot in slots if slot.kind in _BEFORE_FIGURES],
        "after_figures": [slot for slot in slots if slot.kind not in _BEFORE_FIGURES],
        "unwritten": [slot for slot in slots if not slot.is_written],
        "references": citations.cited,
        "terms": terms.met,
        "thresholds": thresholds,
        "boxes": four_boxes(page, register_url, ask_url),
        "link_groups": pollutant_links(pollutant, without=APP),
        "register_url": register_url,
        "ask_url": ask_url,
        "not_reported": ABSENCES[Presence.NOT_REPORTED],
    }
    keep_until_midnight(request)  # the links say which consultations are open today
    if chart is not None:
        facts = bound_facts(chart)
        context |= {
            "chart": chart,
            "figure": figure_view(chart),
            "facts": [fact.as_component() for fact in facts],
            "perspectives": perspectives_of(chart, thresholds),
            "media_without_entries": media_without_entries(chart),
            "absences": absences_met(chart),
            "review_note": review_note(page, facts),
        }
    return context
