"""Makes a page for every pollutant, and brings the project's own texts to where nobody has written others."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from django.db import models, transaction
from django.utils import translation

from design.freshness import bump_generation
from design.guidance import PlantedGuides, plant_guides
from design.languages import localised
from design.loaded import fingerprints, update_page
from explainers.contents import GUIDANCE, GUIDES, ExplainerText, read_explainer, read_glossary, read_references
from explainers.enums import WRITTEN_SLOTS, SlotState
from explainers.models import ExplainerIndexPage, ExplainerPage, GlossaryTerm, Reference
from register.models import Pollutant

M = TypeVar("M", GlossaryTerm, Reference)
_KEYS: Final = uuid.UUID("5d6b1a0e-0f4e-4c55-9a43-3a5b2f0f9b1c")


@dataclass
class LoadedTexts:
    """What a load of the texts has done."""

    pages_made: int = 0
    pages_changed: int = 0
    pages_edited: int = 0  # differ from the project's text because somebody edited them: left alone
    terms: int = 0
    references: int = 0
    guides: PlantedGuides = field(default_factory=PlantedGuides)


def explained_pollutants() -> models.QuerySet[Pollutant]:
    """Return the pollutants that have a page: all but the sub-entries, which their entry's page explains."""
    return Pollutant.objects.filter(part_of=None)


@transaction.atomic
def load_explainers(*, below: Iterable[ExplainerIndexPage] | None = None, actor: Any = None) -> LoadedTexts:
    """Make the explainers that are missing and bring the others up to date; loading twice changes nothing.

    `below` are the lists to fill, every list there is unless it is given.

    Side effects, in order: references and glossary terms are made or brought up to date; below each list a page is made
    and published for every pollutant without one, and pages get the project's texts; pages of guidance are made or
    brought up to date; public pages are made anew. Never overwritten: whatever somebody has changed since the last
    load, drafts included.
    """
    done = LoadedTexts(
        references=_keep_rows(Reference, read_references()), terms=_keep_rows(GlossaryTerm, read_glossary())
    )
    lists = list(ExplainerIndexPage.objects.select_related("locale") if below is None else below)
    pollutants = list(explained_pollutants())
    for parent in lists:
        held = {page.pollutant_id: page for page in ExplainerPage.objects.child_of(parent).specific()}
        for pollutant in pollutants:
            code = parent.locale.language_code
            with translation.override(code):
                text = read_explainer(pollutant.slug, code)
                page = held.get(pollutant.pk)
                if page is None:
                    _make_page(parent, pollutant, text, actor)
                    done.pages_made += 1
                else:
                    update = update_page(page, _fields(pollutant, text), actor=actor)
                    done.pages_changed += update.is_changed
                    done.pages_edited += update.is_edited
    done.guides = plant_guides(lists, GUIDANCE, GUIDES, actor=actor)
    bump_generation()
    return done


def _make_page(parent: ExplainerIndexPage, pollutant: Pollutant, text: ExplainerText | None, actor: Any) -> None:
    """Make and publish one page; one without a text gets no revision, as nobody has written anything."""
    fields = _fields(pollutant, text)
    page = ExplainerPage(
        pollutant=pollutant, slug=pollutant.slug, locale=parent.locale, live=text is None, loaded=fingerprints(fields)
    )
    # The same page has the same key in each language, also where a language is added later.
    page.translation_key = uuid.uuid5(_KEYS, f"{parent.translation_key}/{pollutant.code}")
    for name, value in fields.items():
        setattr(page, name, value)
    parent.add_child(instance=page)
    if text is not None:
        page.save_revision(user=actor).publish(user=actor, skip_permission_checks=True)


def _fields(pollutant: Pollutant, text: ExplainerText | None) -> dict[str, Any]:
    """Return what a page is given: title, summary, and text and state of each slot."""
    fields: dict[str, Any] = {
        "title": text.title if text else localised(pollutant, "name"),
        "summary": text.summary if text else "",
    }
    for kind in WRITTEN_SLOTS:
        fields[kind.value] = text.texts.get(kind, "") if text else ""
        fields[f"{kind.value}_state"] = (text.states.get(kind) if text else None) or SlotState.FILLED.value
    return fields


def _keep_rows(model: type[M], rows: Iterable[dict[str, Any]]) -> int:
    """Make the rows that are missing, change those that nobody has touched since the last load; return how many."""
    held = {one.key: one for one in model._default_manager.all()}
    count = 0
    for row in rows:
        count += 1
        wanted = fingerprints(row)
        one = held.get(row["key"])
        if one is None:
            model._default_manager.create(**row, loaded=wanted)
            continue
        now = fingerprints({name: getattr(one, name) for name in row})
        mine = [name for name in row if wanted[name] != now[name] and now[name] == one.loaded.get(name)]
        if mine:
            for name in mine:
                setattr(one, name, row[name])
            one.loaded = {**one.loaded, **{name: wanted[name] for name in mine}}
            one.save()
    return count
