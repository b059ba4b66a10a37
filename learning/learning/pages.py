"""What the pages of learning show: lists with the reader's progress, and units with their exercises."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Locale, Page

from design.formats import format_number
from learning.enums import Audience
from learning.exercises import Exercise, show_exercise
from learning.folds import Progress, UnitProgress
from learning.models import Item, LearningIndexPage, ModulePage, Programme, ProgrammePage, UnitPage
from learning.progress import has_progress, progress_in
from learning.questions import freeze
from learning.rules import unit_key


@dataclass(frozen=True)
class UnitRow:
    """A unit as lists show it."""

    title: str
    url: str
    description: str
    minutes: int
    state: str = ""
    tone: str = "neutral"
    is_done: bool = False


@dataclass(frozen=True)
class ModuleBlock:
    """A module with its units."""

    title: str
    url: str
    introduction: str
    units: list[UnitRow]


@dataclass(frozen=True)
class ProgrammeRow:
    """A programme as the list of programmes shows it."""

    page: ProgrammePage
    programme: Programme
    units: int
    progress: str
    resume_url: str


def index_context(request: HttpRequest, page: LearningIndexPage) -> dict[str, Any]:
    """Return the programmes by audience, how far the reader has got in each, and the guidance."""
    pages = list(ProgrammePage.objects.child_of(page).live().select_related("programme"))
    programmes = {one.pk: one for one in Programme.objects.with_structure().filter(pages__in=pages)}
    known = progress_in(request, programmes.values()) if has_progress(request) else {}
    addresses = _unit_addresses(page, known)
    rows = [
        ProgrammeRow(
            page=one,
            programme=programmes[one.programme_id],
            units=len(programmes[one.programme_id].ordered_units),
            progress=progress_in_words(known.get(one.programme_id)),
            resume_url=_resume(known.get(one.programme_id), addresses),
        )
        for one in pages
    ]
    return {
        "groups": [
            {"audience": audience, "rows": chosen}
            for audience in Audience
            if (chosen := [row for row in rows if row.programme.audience == audience])
        ],
        "guidance": page.get_children().live().in_menu().not_type(ProgrammePage),
        "has_progress": has_progress(request),
    }


def _unit_addresses(page: Page, known: dict[int, Progress]) -> dict[str, str]:
    """Return the addresses of units by their keys, where somebody may want to go on."""
    if not any(progress.is_begun for progress in known.values()):
        return {}
    pages = UnitPage.objects.descendant_of(page).live().select_related("unit__module__programme")
    return {unit_key(one.unit.module.programme, one.unit.slug): one.get_url() or "" for one in pages}


def progress_in_words(progress: Progress | None) -> str:
    """Return "3 of 6 units done"; nothing before anything is done."""
    if progress is None or not progress.is_begun:
        return ""
    return ngettext("%(done)s of %(total)s unit done", "%(done)s of %(total)s units done", progress.total) % {
        "done": format_number(progress.done),
        "total": format_number(progress.total),
    }


def _resume(progress: Progress | None, addresses: dict[str, str]) -> str:
    """Return where to go on; nothing before anything is begun, and after the end."""
    if progress is None or not progress.is_begun or progress.resume_key is None:
        return ""
    return addresses.get(progress.resume_key, "")


def programme_context(request: HttpRequest, page: ProgrammePage) -> dict[str, Any]:
    """Return the modules with their units, and how far the reader has got."""
    programme = Programme.objects.with_structure().get(pk=page.programme_id)
    progress = progress_in(request, [programme])[programme.pk] if has_progress(request) else None
    unit_pages = _unit_pages(page)
    module_pages = {one.module_id: one for one in ModulePage.objects.child_of(page).live()}
    modules = [
        ModuleBlock(
            title=module_pages[module.pk].title,
            url=module_pages[module.pk].get_url() or "",
            introduction=module_pages[module.pk].introduction,
            units=_unit_rows(programme, module.units.all(), unit_pages, progress),
        )
        for module in programme.modules.all()
        if module.pk in module_pages
    ]
    rows = [row for module in modules for row in module.units]
    addresses = {unit_key(programme, one.unit.slug): one.get_url() or "" for one in unit_pages.values()}
    return {
        "programme": programme,
        "modules": modules,
        "unit_count": len(rows),
        "minutes": sum(row.minutes for row in rows),
        "progress": progress_in_words(progress),
        "first_url": rows[0].url if rows else "",
        "resume_url": _resume(progress, addresses),
        "is_finished": bool(progress and progress.is_satisfied),
        "has_assessment": Item.objects.for_assessment().filter(programme=programme).exists(),
        "assessment_url": reverse("learning:assessment", args=[programme.slug]),
    }


def module_context(request: HttpRequest, page: ModulePage) -> dict[str, Any]:
    """Return the units of a module, and how far the reader has got in the programme."""
    module = page.module
    programme = Programme.objects.with_structure().get(pk=module.programme_id)
    progress = progress_in(request, [programme])[programme.pk] if has_progress(request) else None
    units = _unit_rows(programme, module.units.all(), _unit_pages(page), progress)
    return {"programme": programme, "units": units, "progress": progress_in_words(progress)}


def unit_context(request: HttpRequest, page: UnitPage) -> dict[str, Any]:
    """Return the exercises of a unit, what comes before and after it, and whether the reader is done with it."""
    programme_page = page.get_parent().get_parent().specific
    programme = Programme.objects.with_structure().get(pk=programme_page.programme_id)
    progress = progress_in(request, [programme])[programme.pk] if has_progress(request) else None
    own = progress.units.get(unit_key(programme, page.unit.slug)) if progress else None
    pages = _unit_pages(programme_page)
    order = [pages[unit.pk] for unit in programme.ordered_units if unit.pk in pages]
    here = next((position for position, one in enumerate(order) if one.pk == page.pk), None)
    return {
        "programme": programme,
        "programme_page": programme_page,
        "unit": page.unit,
        "exercises": _exercises(page),
        "position": None if here is None else here + 1,
        "unit_count": len(order),
        "previous": order[here - 1] if here else None,
        "next": order[here + 1] if here is not None and here + 1 < len(order) else None,
        "progress": progress_in_words(progress),
        "state": _state(own),
        "is_read": bool(own and own.is_completed),
        "lock": lock_in_words(own, programme, pages),
        "done_url": reverse("learning:unit_done", args=[programme.slug, page.unit.slug]),
    }


def _exercises(page: UnitPage) -> dict[int, Exercise]:
    """Return the exercises of a unit's text by their questions; few queries, however many there are."""
    keys = [block.value["item"].pk for block in page.body if block.block_type == "exercise" and block.value["item"]]
    items = Item.objects.whole().filter(pk__in=keys) if keys else Item.objects.none()
    return {item.pk: show_exercise(freeze(item), item.programme.slug) for item in items}


def _unit_pages(page: Page) -> dict[int, UnitPage]:
    """Return the live unit pages below a page by their units."""
    pages = UnitPage.objects.descendant_of(page).live().select_related("unit").defer("body")
    return {one.unit_id: one for one in pages}


def _unit_rows(
    programme: Programme, units: Any, pages: dict[int, UnitPage], progress: Progress | None
) -> list[UnitRow]:
    rows = []
    for unit in units:
        if page := pages.get(unit.pk):
            own = progress.units.get(unit_key(programme, unit.slug)) if progress else None
            label, tone = _state(own) or ("", "neutral")
            rows.append(
                UnitRow(
                    title=page.title,
                    url=page.get_url() or "",
                    description=page.search_description,
                    minutes=unit.minutes,
                    state=label,
                    tone=tone,
                    is_done=bool(own and own.is_satisfied),
                )
            )
    return rows


def _state(own: UnitProgress | None) -> tuple[str, str] | None:
    """Return the words on a unit's state and their tone; nothing before anything is done in it."""
    if own is None or not own.rule.counts:
        return None
    if own.is_satisfied:
        return _("Done"), "done"
    if own.is_done:
        return _("Waits for another unit"), "neutral"
    if own.is_completed or own.items_right:
        return _("Begun"), "open"
    return None


def lock_in_words(own: UnitProgress | None, programme: Programme, pages: dict[int, UnitPage]) -> str:
    """Return the sentence that says after which unit this one counts; nothing where it counts by itself."""
    if own is None or not own.waits_for:
        return ""
    titles = {unit_key(programme, page.unit.slug): page.title for page in pages.values()}
    names = ", ".join(_("“%(title)s”") % {"title": titles[key]} for key in own.waits_for if key in titles)
    return _("You can read this unit now. It counts once you have finished: %(units)s.") % {"units": names}


def programme_page_for(slug: str) -> ProgrammePage | None:
    """Return the live page of a programme in the language of the request, on the site that is shown."""
    pages = ProgrammePage.objects.live().filter(programme__slug=slug, locale=Locale.get_active())
    return next((page for page in pages.select_related("programme") if page.get_url()), None)
