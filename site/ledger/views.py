"""The record for people: entries, checkpoints, and in plain words what they prove."""

from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from design.freshness import public_page
from ledger import labels
from ledger.example import worked_example
from ledger.forms import EntryFilter
from ledger.leaves import BLIND, leaf_bytes, leaf_hash
from ledger.models import Checkpoint, Entry, Leaf, RecordKey
from ledger.proofs import inclusion_at, latest_checkpoint
from ledger.queries import entries_matching, first_checkpoint_with, openable_names, record_counts

ENTRIES_A_PAGE: Final = 25
CHECKPOINTS_A_PAGE: Final = 50


@public_page
@require_safe
def entry_list(request: HttpRequest) -> HttpResponse:
    """List the public entries, newest first, filtered by area, act, reference and day."""
    form = EntryFilter(request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found = Entry.objects.none() if form.errors else entries_matching(**asked)
    page = Paginator(found, ENTRIES_A_PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "entry": entry,
            "verb": labels.verb_label(entry),
            "area": labels.area_label(entry),
            "subject": labels.subject_label(entry),
            "actor": labels.actor_label(entry),
            "is_sealed": hasattr(entry, "leaf"),
        }
        for entry in page
    ]
    context = {
        "form": form,
        "is_filtered": any(asked.values()),
        "page_obj": page,
        "rows": rows,
        "counts": record_counts(),
        "breadcrumbs": [],
    }
    return render(request, "ledger/entry_list.html", context)


@public_page
@require_safe
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one entry: its facts, what it commits to, its place in the tree and the proof of it."""
    found = get_object_or_404(Entry.objects.select_related("leaf"), pk=pk)
    leaf: Leaf | None = getattr(found, "leaf", None)
    context: dict[str, Any] = {
        "entry": found,
        "leaf": leaf,
        "leaf_hash": (bytes(leaf.hash) if leaf else leaf_hash(found)).hex(),
        "breadcrumbs": _crumbs(),
    }
    if leaf is not None:
        context |= {
            "proof": inclusion_at(leaf.position, latest_checkpoint()),
            "sealed_by": first_checkpoint_with(leaf.position),
        }
    if found.public:
        openable = openable_names(found)
        context |= {
            "verb": labels.verb_label(found),
            "area": labels.area_label(found),
            "subject": labels.subject_label(found),
            "subject_url": labels.subject_address(found),
            "actor": labels.actor_label(found),
            "facts": [{"label": label, "value": value} for label, value in labels.facts_in_words(found)],
            "commitments": [
                {"label": labels.commitment_label(found, name), "name": name, "hash": hash_, "opens": name in openable}
                for name, hash_ in sorted(found.commitments.items())
                if name != BLIND
            ],
            "leaf_text": leaf_bytes(found).decode(),
        }
    return render(request, "ledger/entry.html", context)


@public_page
@require_safe
def position(request: HttpRequest, number: int) -> HttpResponse:
    """Lead to the entry that stands at a position of the tree."""
    return redirect("ledger:entry", get_object_or_404(Leaf, position=number).entry_id)


@public_page
@require_safe
def checkpoint_list(request: HttpRequest) -> HttpResponse:
    """List the checkpoints, newest first, and the keys by which their signatures are checked."""
    page = Paginator(Checkpoint.objects.order_by("-size"), CHECKPOINTS_A_PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "keys": RecordKey.objects.order_by("-valid_from"), "breadcrumbs": _crumbs()}
    return render(request, "ledger/checkpoint_list.html", context)


@public_page
@require_safe
def checkpoint(request: HttpRequest, size: int) -> HttpResponse:
    """Show one checkpoint: the signed note as it is, and how it goes on from the one before."""
    found = get_object_or_404(Checkpoint.objects.select_related("key"), size=size)
    before = Checkpoint.objects.filter(size__lt=size).order_by("-size").first()
    context = {
        "checkpoint": found,
        "before": before,
        "root": bytes(found.root).hex(),
        "breadcrumbs": [*_crumbs(), {"title": _("Checkpoints"), "url": reverse("ledger:checkpoints")}],
    }
    return render(request, "ledger/checkpoint.html", context)


@public_page
@require_safe
def what_it_proves(request: HttpRequest) -> HttpResponse:
    """Explain in plain words what the record proves and what it does not."""
    context = {"example": worked_example(), "breadcrumbs": _crumbs()}
    return render(request, "ledger/what_it_proves.html", context)


def _crumbs() -> list[dict[str, str]]:
    return [{"title": _("Record"), "url": reverse("ledger:entries")}]
