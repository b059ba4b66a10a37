"""Erasing oneself in two steps: what goes and what stays, then once more and for good."""

from typing import Final

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from privacy.domain import erase_several, hide_name
from privacy.enums import Reach
from privacy.forms import EraseForm
from privacy.holdings import Held
from privacy.lower_rooms import ACCOUNT
from privacy.proofs import proof_of
from privacy.queries import what_is_held
from privacy.wording import breadcrumbs

CONFIRMED: Final = "confirmed"
_ONLY: Final = "only"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest) -> HttpResponse:
    """Say what goes and what stays, ask what and how much, ask once more, and do it."""
    proof = proof_of(request)
    things = [held for held in what_is_held(proof) if held.is_identified] if proof else []
    if not things:
        return redirect("privacy:mine")
    if request.method != "POST":
        wanted = request.GET.get(_ONLY, "")
        chosen = [held.key for held in things if wanted in {"", held.reference}]
        initial = {"things": chosen, "reach": Reach.IDENTITY}
        return _page(request, EraseForm(things=things, initial=initial), things)
    form = EraseForm(request.POST, things=things)
    if not form.is_valid() or request.POST.get("go") == "back":
        return _page(request, form, things)
    chosen_things, reach = form.chosen, Reach(form.cleaned_data["reach"])
    if request.POST.get("step") != CONFIRMED:
        context = {
            "things": chosen_things,
            "reach": reach,
            "is_name_only": reach is Reach.NAME,
            "confirmed": CONFIRMED,
            "breadcrumbs": breadcrumbs(below_mine=True),
        }
        return render(request, "privacy/confirm.html", context)
    at = timezone.now()
    if reach is Reach.NAME:
        for held in chosen_things:
            hide_name(held, proof=proof, at=at)
        return redirect("privacy:mine")
    done_things, postponed = erase_several(chosen_things, proof=proof, at=at)
    if any(stone.holding == ACCOUNT for stone in done_things):
        logout(request)
    titles = {(held.holding.key, held.lasting_reference): held.title for held in chosen_things}
    context = {
        "done": [titles[stone.holding, stone.reference] for stone in done_things],
        "postponed": [held for held in chosen_things if held.reference in {wish.reference for wish in postponed}],
        "at": at,
        "breadcrumbs": breadcrumbs(below_mine=True),
    }
    return render(request, "privacy/done.html", context)


def _page(request: HttpRequest, form: EraseForm, things: list[Held]) -> HttpResponse:
    context = {"form": form, "things": things, "breadcrumbs": breadcrumbs(below_mine=True)}
    return render(request, "privacy/erase.html", context)
