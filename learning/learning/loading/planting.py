"""Plants programmes where they are not yet: their rules and questions once, their pages below each list of programmes.

What stands already is left alone, whoever has changed it since: an editor's words are never overwritten.
"""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.utils import timezone, translation
from django.utils.html import escape
from wagtail.models import Page

from design.guidance import PlantedGuides, plant_guides
from design.languages import CODES
from design.markup import Address, Block, MarkupError, chunks_of, inline, read_blocks
from learning.loading.reading import (
    CONTENTS,
    EXERCISE,
    GUIDANCE,
    GUIDES,
    ItemText,
    ProgrammeText,
    UnitText,
    read_programmes,
)
from learning.models import (
    Item,
    LearningIndexPage,
    Module,
    ModulePage,
    Option,
    Programme,
    ProgrammePage,
    Unit,
    UnitPage,
)
from learning.refusals import ContentError
from register.models import Pollutant

_SECTIONS: Final = frozenset({"consultations", "requests", "explainers", "register", "learning", "contact"})
_REGISTER: Final = {"register": "register/", "register-search": "register/search/", "register-loads": "register/loads/"}
_BLOCKS: Final = uuid.UUID("5a3cfb0c-4f0e-4d4b-9b53-0a1d6c0f3a77")


@dataclass(frozen=True)
class Planted:
    """How much was new."""

    programmes: int
    pages: int
    items: int
    guides: PlantedGuides


@transaction.atomic
def load_programmes(folder: Path = CONTENTS, *, actor: Any = None) -> Planted:
    """Plant the programmes of a folder and the guidance, below the lists of programmes of the site that is shown.

    Side effects, in order: pages of guidance are made or brought up to date; programmes, modules, units and questions
    that are missing are stored; pages that are missing are made in every language, live. Raises ContentError where
    files do not fit together, a pollutant is unknown, or a language has no list of programmes.
    """
    texts = read_programmes(folder)
    indexes = _indexes()
    guides = plant_guides(indexes.values(), GUIDANCE, GUIDES, actor=actor)
    items = pages = programmes = 0
    for text in texts:
        programme, is_new = _store_programme(text)
        programmes += is_new
        items += _store_items(text, programme)
        pages += _plant_pages(text, programme, indexes, actor)
    return Planted(programmes=programmes, pages=pages, items=items, guides=guides)


def _indexes() -> dict[str, LearningIndexPage]:
    """Return the list of programmes of each language, on the site that is shown."""
    found: dict[str, LearningIndexPage] = {}
    for page in LearningIndexPage.objects.live().select_related("locale"):
        if page.get_url():
            found[page.locale.language_code] = page
    if missing := [code for code in CODES if code not in found]:
        raise ContentError(
            f"There is no list of programmes in {', '.join(missing)}: make that page below the home page first."
        )
    return found


def _store_programme(text: ProgrammeText) -> tuple[Programme, bool]:
    programme, is_new = Programme.objects.get_or_create(
        slug=text.slug,
        defaults={
            "audience": text.audience,
            "assessment_minutes": text.assessment_minutes,
            "certificate_class": text.certificate_class,
            "pass_percent": text.pass_percent,
            "questions_drawn": text.questions_drawn,
            "waiting_hours": text.waiting_hours,
            "valid_months": text.valid_months,
            **text.titles.fields("title"),
            **text.outcomes.fields("outcomes"),
        },
    )
    if is_new:
        for position, module_text in enumerate(text.modules):
            module = Module.objects.create(programme=programme, slug=module_text.slug, sort_order=position)
            for place, unit in enumerate(module_text.units):
                Unit.objects.create(
                    module=module,
                    slug=unit.slug,
                    sort_order=place,
                    minutes=unit.minutes,
                    purpose=unit.purpose,
                    move_on=unit.move_on,
                    requires=" ".join(unit.requires),
                )
    return programme, is_new


def _store_items(text: ProgrammeText, programme: Programme) -> int:
    known = set(programme.items.values_list("key", flat=True))
    units = {unit.slug: unit for unit in Unit.objects.filter(module__programme=programme)}
    new = [item for item in text.items if item.key not in known]
    for item in new:
        _store_item(item, programme, units.get(item.unit))
    return len(new)


def _store_item(text: ItemText, programme: Programme, unit: Unit | None) -> None:
    pollutant = Pollutant.objects.filter(code=text.pollutant).first() if text.pollutant else None
    if text.pollutant and pollutant is None:
        raise ContentError(
            f"{text.key}: the register has no pollutant {text.pollutant}. Run manage.py load_reference first."
        )
    item = Item.objects.create(
        programme=programme,
        unit=unit,
        key=text.key,
        use=text.use,
        kind=text.kind,
        answer=text.answer,
        measured_in=text.measured_in,
        tolerance_percent=text.tolerance_percent,
        question=text.question or "",
        pollutant=pollutant,
        medium=text.medium or "",
        **text.stems.fields("stem"),
        **text.explanations.fields("explanation"),
        **text.feedback_right.fields("feedback_right"),
        **text.feedback_wrong.fields("feedback_wrong"),
    )
    Option.objects.bulk_create(
        Option(
            item=item,
            sort_order=position,
            is_correct=option.is_correct,
            **option.texts.fields("text"),
            **option.feedback.fields("feedback"),
        )
        for position, option in enumerate(text.options)
    )


def _plant_pages(
    text: ProgrammeText, programme: Programme, indexes: Mapping[str, LearningIndexPage], actor: Any
) -> int:
    """Make the pages that are missing, in every language; return how many."""
    modules = {module.slug: module for module in programme.modules.all()}
    units = {unit.slug: unit for unit in Unit.objects.filter(module__programme=programme)}
    items = {item.key: item.pk for item in programme.items.all()}
    made = 0
    for code in CODES:
        index = indexes[code]
        plant = _Planter(index, text.slug, code, actor)
        programme_page = plant(
            ProgrammePage,
            index,
            programme=programme,
            slug=text.slug,
            title=getattr(text.titles, code),
            summary=getattr(text.summaries, code),
        )
        for module_text in text.modules:
            module_page = plant(
                ModulePage,
                programme_page,
                module=modules.get(module_text.slug),
                slug=module_text.slug,
                title=getattr(module_text.titles, code),
                summary=getattr(module_text.summaries, code),
            )
            for unit_text in module_text.units:
                plant(
                    UnitPage,
                    module_page,
                    unit=units.get(unit_text.slug),
                    slug=unit_text.slug,
                    title=getattr(unit_text.titles, code),
                    summary=getattr(unit_text.descriptions, code),
                    text=(unit_text, code, items, _addresses(text, code)),
                )
        made += plant.made
    return made


class _Planter:
    """Makes a page of one language where there is none yet."""

    def __init__(self, index: LearningIndexPage, programme: str, code: str, actor: Any) -> None:
        self.index = index
        self.programme = programme
        self.code = code
        self.actor = actor
        self.made = 0

    def __call__(
        self,
        model: type[Page],
        parent: Page | None,
        *,
        slug: str,
        title: str,
        summary: str,
        text: tuple[UnitText, str, Mapping[str, int], Address] | None = None,
        **subject: Any,
    ) -> Page | None:
        """Return the page; None where an editor has taken away what it would stand below, or be about."""
        (_name, about), *_rest = subject.items()
        if parent is None or about is None:
            return None
        standing = model.objects.child_of(parent).filter(**subject).first()
        if standing is not None:
            return standing
        page = model(slug=slug, title=title, search_description=summary, locale=self.index.locale, **subject)
        page.introduction = f"<p>{escape(summary)}</p>"
        if text is not None:
            page.introduction, blocks = read_unit(*text)
            page.body = page.body.stream_block.to_python(blocks)
        page.translation_key = uuid.uuid5(self.index.translation_key, f"{self.programme}/{model.__name__}/{slug}")
        # Live at once: the first revision is the first that an editor makes.
        page.first_published_at = page.last_published_at = timezone.now()
        page.owner = self.actor
        with translation.override(self.code):
            parent.add_child(instance=page)
        self.made += 1
        return page


def read_unit(unit: UnitText, code: str, items: Mapping[str, int], address: Address) -> tuple[str, list[Block]]:
    """Return introduction and blocks of a unit's text; the first paragraph is the introduction."""
    first, *chunks = chunks_of(getattr(unit.bodies, code))
    blocks: list[Block] = []
    running: list[str] = []
    for chunk in chunks:
        lines = chunk.splitlines()
        if any(line.startswith(EXERCISE) for line in lines):
            before = "\n".join(line for line in lines if not line.startswith(EXERCISE))
            running += [before] if before.strip() else []
            blocks += read_blocks(running, address)
            running = []
            keys = [line.removeprefix(EXERCISE).strip() for line in lines if line.startswith(EXERCISE)]
            # A question that an editor has taken away leaves its place empty.
            blocks += [{"type": "exercise", "value": {"item": items[key]}} for key in keys if key in items]
        else:
            running.append(chunk)
    blocks += read_blocks(running, address)
    for position, block in enumerate(blocks):
        block["id"] = str(uuid.uuid5(_BLOCKS, f"{unit.slug}/{code}/{position}"))
    return f"<p>{inline(first, address)}</p>", blocks


def _addresses(text: ProgrammeText, code: str) -> Callable[[str], str]:
    """Return what turns the target of a link into its opening tag, in one language."""
    modules = {unit.slug: module.slug for module in text.modules for unit in module.units}

    def tag(target: str) -> str:
        return f'<a href="{escape(path_of(target))}">'

    def path_of(target: str) -> str:
        kind, _colon, name = target.partition(":")
        if kind in {"https", "mailto"}:
            return target
        if kind == "pollutant" and (pollutant := Pollutant.objects.filter(code=name).first()):
            with translation.override(code):
                return pollutant.get_absolute_url()
        return f"/{code}/{_below_home(target, kind, name)}"

    def _below_home(target: str, kind: str, name: str) -> str:
        """Return the part of an address after the language."""
        if kind in _REGISTER and not name:
            return _REGISTER[kind]
        places = {"page": "" if name in _SECTIONS else "learning/", "programme": "learning/"}
        if name and kind in places:
            return f"{places[kind]}{name}/"
        if kind == "unit" and name in modules:
            return f"learning/{text.slug}/{modules[name]}/{name}/"
        if target.startswith("/"):
            return target.removeprefix("/")
        raise MarkupError(f"A link leads to an unknown place: {target!r}.")

    return tag
