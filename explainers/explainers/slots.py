"""The written parts of an explainer: how each is stored, which state it is in, and what is said where it is empty."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db import models
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField

from explainers.enums import DECLARED_STATES, SlotKind, SlotState

TEXT_FEATURES: Final = ["bold", "italic", "link", "ol", "ul", "superscript", "subscript"]

CITATION: Final = re.compile(r"\s*\[\^([-\w]+)\]")

# What an editor is told beside each field.
GUIDANCE: Final[Mapping[SlotKind, str | Promise]] = {
    SlotKind.WHAT_IS_IT: _("In two or three sentences: what it looks, smells or feels like, and where one meets it."),
    SlotKind.USES: _("What people make with it, today and in the past."),
    SlotKind.SOURCES: _("Industry, homes and traffic, and nature: say which part each has, where that is known."),
    SlotKind.FATE: _("How it moves through air, water and soil, how long it stays, and whether it builds up."),
    SlotKind.EXPOSURE: _("Breathing, eating or drinking, touching. Never conclude from a release that anybody met it."),
    SlotKind.HEALTH: _("What much of it does at once, and little of it over years. Say how sure this is."),
    SlotKind.CHILDREN: _("Children and pregnant women: what is different for them."),
    SlotKind.ENVIRONMENT: _("What it does to plants, animals, water and climate."),
    SlotKind.WHAT_CAN_I_DO: _("Steps that one person can take, as a list. Say whom to ask."),
    SlotKind.AGREEMENTS: _("Treaties and laws that limit it, with their year."),
}

EMPTY_SENTENCES: Final[Mapping[SlotState, str | Promise]] = {
    SlotState.UNKNOWN: _("Nobody knows this yet."),
    SlotState.NOT_APPLICABLE: _("This question does not apply to this pollutant."),
    SlotState.UNWRITTEN: _("Nobody has written this yet."),
}


def text_field(kind: SlotKind) -> RichTextField:
    """Return the field that holds the text of a slot."""
    return RichTextField(kind.label, blank=True, features=TEXT_FEATURES, help_text=GUIDANCE[kind])


def state_field() -> models.CharField:
    """Return the field that holds what the editor declares of a slot."""
    return models.CharField(
        _("state of the answer"),
        max_length=20,
        choices=[(state.value, state.label) for state in DECLARED_STATES],
        default=SlotState.FILLED,
        help_text=_("Where nobody knows, or the question does not apply, the text may say why, or stay empty."),
    )


def cited_keys(text: str) -> list[str]:
    """Return the keys of the references that a text cites, each once, in their order."""
    return list(dict.fromkeys(CITATION.findall(text)))


def state_of(text: str, declared: str) -> SlotState:
    """Return the state of a slot: an answer that is declared and has no text is not written yet."""
    state = SlotState(declared)
    return SlotState.UNWRITTEN if state is SlotState.FILLED and not text.strip() else state


@dataclass(frozen=True)
class Slot:
    """One question of an explainer with its answer as the page shows it, or the sentence of its silence."""

    kind: SlotKind
    state: SlotState
    text: SafeString
    lacks_source: bool = False

    @property
    def heading(self) -> str | Promise:
        """Return the question."""
        return self.kind.label

    @property
    def empty_sentence(self) -> str | Promise:
        """Return what is said of an empty slot; nothing where it is answered."""
        return EMPTY_SENTENCES.get(self.state, "")

    @property
    def is_written(self) -> bool:
        """Return whether somebody has dealt with the question, be it by saying that nobody knows."""
        return self.state is not SlotState.UNWRITTEN
