"""Practice without an account: answering an exercise, and marking a unit as read."""

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST

from design.origin import own_pages_only
from learning.domain.progress import record_progress, register_learner
from learning.enums import Verb
from learning.exercises import show_exercise
from learning.models import Item, Programme, ProgrammePage, Unit, UnitPage
from learning.pages import programme_page_for
from learning.progress import is_signed_in, remember
from learning.questions import ReplyProblem, freeze, strategy_for
from learning.questions.strategies import FIELD, right_answer
from learning.rules import unit_key


@own_pages_only
@cache_control(private=True, max_age=0)
@require_http_methods(["GET", "HEAD", "POST"])
def exercise(request: HttpRequest, programme: str, key: str) -> HttpResponseBase:
    """Show an exercise by itself, or what came of an answer: as often as one likes, and nothing is marked."""
    page = _page_or_404(programme)
    item = get_object_or_404(Item.objects.whole().for_practice(), programme=page.programme_id, key=key)
    frozen = freeze(item)
    unit_page = _unit_page(page, item.unit) if item.unit else None
    frame = _frame(page, unit_page, key)
    if request.method != "POST" or not frozen.has_answer:
        return render(request, "learning/exercise.html", {**frame, "exercise": show_exercise(frozen, programme)})
    strategy = strategy_for(frozen.kind)
    try:
        reply = strategy.read(frozen, request.POST)
    except ReplyProblem as problem:
        shown = show_exercise(frozen, programme, problem=str(problem), typed=request.POST.get(FIELD, "")[:200])
        return render(request, "learning/exercise.html", {**frame, "exercise": shown})
    outcome = strategy.explain(frozen, reply)
    shown = show_exercise(frozen, programme, reply=reply, outcome=outcome)
    right = right_answer(frozen) if outcome.is_right else ""
    response = render(request, "learning/exercise.html", {**frame, "exercise": shown, "right_answer": right})
    if outcome.is_right:
        _keep(request, response, page.programme, frozen.object_key, Verb.PASSED)
    return response


@own_pages_only
@require_POST
def unit_done(request: HttpRequest, programme: str, unit: str) -> HttpResponseBase:
    """Keep that the reader has read a unit, and go on to the next one, or back to the programme at its end."""
    page = _page_or_404(programme)
    found = get_object_or_404(Unit, module__programme=page.programme_id, slug=unit)
    order = Programme.objects.with_structure().get(pk=page.programme_id).ordered_units
    following = order[[one.pk for one in order].index(found.pk) + 1 :]
    target: Any = next((one for later in following if (one := _unit_page(page, later))), None)
    response = redirect(target.get_url() if target else f"{page.get_url()}#progress")
    _keep(request, response, page.programme, unit_key(page.programme, found.slug), Verb.COMPLETED)
    return response


def _keep(request: HttpRequest, response: HttpResponseBase, programme: Programme, key: str, verb: Verb) -> None:
    """Keep a step in the account of whoever is signed in, and otherwise in this browser."""
    if is_signed_in(request):
        record_progress(register_learner(request.user, programme), key, verb)
    else:
        remember(request, response, key)


def _page_or_404(slug: str) -> ProgrammePage:
    page = programme_page_for(slug)
    if page is None:
        raise Http404
    return page


def _unit_page(page: ProgrammePage, unit: Unit) -> UnitPage | None:
    return UnitPage.objects.descendant_of(page).live().filter(unit=unit).first()


def _frame(page: ProgrammePage, unit_page: UnitPage | None, key: str) -> dict[str, Any]:
    """Return what the page of an exercise shows around it."""
    trail = [page.get_parent(), page]
    breadcrumbs = [{"title": one.title, "url": one.get_url()} for one in trail]
    back_url = ""
    if unit_page:
        breadcrumbs.append({"title": unit_page.title, "url": unit_page.get_url()})
        back_url = f"{unit_page.get_url()}#exercise-{key}"
    return {
        "breadcrumbs": breadcrumbs,
        "back_url": back_url,
        "unit_title": unit_page.title if unit_page else page.title,
        "title": _("Exercise"),
    }
