"""Makes explainers for tests, below the lists of pollutants that every site begins with."""

from typing import Any

from django.utils.translation import override

from design.languages import localised
from explainers.enums import WRITTEN_SLOTS
from explainers.models import ExplainerIndexPage, ExplainerPage, GlossaryTerm, Reference
from register.models import Pollutant
from tests.register.factories import PollutantFactory


def list_in(code: str = "en") -> ExplainerIndexPage:
    """The list of explainers in a language."""
    return ExplainerIndexPage.objects.select_related("locale").get(locale__language_code=code)


def an_explainer(
    pollutant: Pollutant | None = None, *, code: str = "en", written: bool = False, live: bool = True, **fields: Any
) -> ExplainerPage:
    """A page on a pollutant (mercury unless another is given); `written` answers every question."""
    subject = pollutant or PollutantFactory.create(mercury=True)
    parent = list_in(code)
    texts = {kind.value: f"<p>Words about {kind.value}.</p>" for kind in WRITTEN_SLOTS} if written else {}
    with override(code):
        page = ExplainerPage(
            pollutant=subject,
            slug=subject.slug,
            locale=parent.locale,
            live=live,
            **{"title": localised(subject, "name"), **texts, **fields},
        )
    parent.add_child(instance=page)
    return page


def a_term(key: str = "threshold", **fields: Any) -> GlossaryTerm:
    """A word of the glossary."""
    given = {
        "term_en": "threshold",
        "term_fr": "seuil",
        "term_ru": "порог",
        "forms_en": "thresholds",
        "forms_fr": "seuils",
        "forms_ru": "порога\nпорогу\nпорогом\nпороге",
        "definition_en": "The quantity above which one must report.",
        "definition_fr": "La quantité à partir de laquelle il faut déclarer.",
        "definition_ru": "Количество, начиная с которого надо отчитываться.",
    }
    return GlossaryTerm.objects.create(key=key, **{**given, **fields})


def a_reference(key: str = "who_2021", **fields: Any) -> Reference:
    """A source."""
    given = {"title": "Mercury and health", "author": "World Health Organization", "year": 2021, "publisher": "WHO"}
    return Reference.objects.create(key=key, **{**given, **fields})


def address(pollutant: Pollutant, code: str = "en") -> str:
    """Where the explainer of a pollutant is."""
    return f"/{code}/explainers/{pollutant.slug}/"
