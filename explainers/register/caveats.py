"""Caveats chosen by rule from the values in view, and placed beside them: nobody has to remember to write them."""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from design.formats import format_number, format_quantity_kg
from register.enums import Method
from register.models import RuleChange

MOSTLY: Final = Decimal("0.5")  # more than this share of the entries is "mostly estimated"
DOMINANT: Final = Decimal("0.5")  # more than this share of a total means that it follows one facility


class CaveatCode(StrEnum):
    """Names of the caveats, as files and the API give them."""

    RELEASE_IS_NOT_EXPOSURE = "release_is_not_exposure"
    BELOW_THRESHOLD = "below_threshold"
    METHOD_MIX = "method_mix"
    MOSTLY_ESTIMATED = "mostly_estimated"
    RULE_CHANGE = "rule_change"
    GROUP_DOUBLE_COUNTING = "group_double_counting"
    CONFIDENTIAL = "confidential"
    ONE_FACILITY_DOMINATES = "one_facility_dominates"
    ACCIDENTAL_INCLUDED = "accidental_included"
    ACCIDENTAL_UNKNOWN = "accidental_unknown"
    LATE_UPDATES = "late_updates"
    KG_IS_NOT_TOXICITY = "kg_is_not_toxicity"


@dataclass(frozen=True)
class Caveat:
    """What to know about the numbers beside it."""

    code: CaveatCode
    title: str
    text: str


@dataclass(frozen=True)
class Dominance:
    """One facility and its part of a total."""

    facility: str
    share: Decimal
    year: int
    medium: str


@dataclass
class ViewFacts:
    """What the values in view have in common: the rules look at nothing else."""

    methods: Counter[Method] = field(default_factory=Counter)
    absent_may_be_below_threshold: bool = True
    confidential: int = 0
    accidental_kg: Decimal = Decimal(0)
    accidental_unknown: bool = False
    revised: int = 0
    dominance: Dominance | None = None
    sub_entries: list[str] = field(default_factory=list)
    part_of: str = ""
    rule_changes: list[RuleChange] = field(default_factory=list)
    several_pollutants: bool = False


_TITLES: Final[dict[CaveatCode, Promise]] = {
    CaveatCode.RELEASE_IS_NOT_EXPOSURE: gettext_lazy("A release is not an exposure"),
    CaveatCode.BELOW_THRESHOLD: gettext_lazy("Small releases need not be reported"),
    CaveatCode.METHOD_MIX: gettext_lazy("Methods differ"),
    CaveatCode.MOSTLY_ESTIMATED: gettext_lazy("Mostly estimated"),
    CaveatCode.RULE_CHANGE: gettext_lazy("The rule changed"),
    CaveatCode.GROUP_DOUBLE_COUNTING: gettext_lazy("Do not add these"),
    CaveatCode.CONFIDENTIAL: gettext_lazy("Part of the total is missing"),
    CaveatCode.ONE_FACILITY_DOMINATES: gettext_lazy("One facility makes most of it"),
    CaveatCode.ACCIDENTAL_INCLUDED: gettext_lazy("Accidents are included"),
    CaveatCode.ACCIDENTAL_UNKNOWN: gettext_lazy("Accidents cannot be told apart"),
    CaveatCode.LATE_UPDATES: gettext_lazy("Figures are revised"),
    CaveatCode.KG_IS_NOT_TOXICITY: gettext_lazy("Weight does not rank harm"),
}


def caveats_for(facts: ViewFacts) -> list[Caveat]:
    """Return the caveats that the facts in view call for, in their fixed order."""
    texts = {
        CaveatCode.RELEASE_IS_NOT_EXPOSURE: _(
            "A release says how much left a site. It does not say who breathed, drank or touched it, nor what it did."
        ),
        CaveatCode.BELOW_THRESHOLD: _below_threshold(facts),
        CaveatCode.METHOD_MIX: _method_mix(facts),
        CaveatCode.MOSTLY_ESTIMATED: _mostly_estimated(facts),
        CaveatCode.RULE_CHANGE: _rule_change(facts),
        CaveatCode.GROUP_DOUBLE_COUNTING: _double_counting(facts),
        CaveatCode.CONFIDENTIAL: _confidential(facts),
        CaveatCode.ONE_FACILITY_DOMINATES: _dominance(facts),
        CaveatCode.ACCIDENTAL_INCLUDED: _accidental(facts),
        CaveatCode.ACCIDENTAL_UNKNOWN: _accidental_unknown(facts),
        CaveatCode.LATE_UPDATES: _late_updates(facts),
        CaveatCode.KG_IS_NOT_TOXICITY: _not_toxicity(facts),
    }
    return [Caveat(code=code, title=str(_TITLES[code]), text=text) for code, text in texts.items() if text]


def methods_in_words(methods: Counter[Method]) -> str:
    """Return how often each method was used: "measured 12, calculated 3"; words that say so where none is told."""
    if len(methods) == 1:
        return str(next(iter(methods)).label)
    told = [f"{method.label} {format_number(methods[method])}" for method in Method if methods[method]]
    return ", ".join(told) or _("method not stated")


def _below_threshold(facts: ViewFacts) -> str:
    if not facts.absent_may_be_below_threshold:
        return ""
    return _(
        "Operators report a release only when it is above a threshold. "
        "A facility or a year that is missing here may still have released something: missing is not zero."
    )


def _method_mix(facts: ViewFacts) -> str:
    if len(facts.methods) < 2:
        return ""
    return _("Some of these values are measured, some calculated or estimated: %(methods)s.") % {
        "methods": methods_in_words(facts.methods)
    }


def _mostly_estimated(facts: ViewFacts) -> str:
    told = sum(facts.methods.values())
    if not told or Decimal(facts.methods[Method.ESTIMATED]) / told <= MOSTLY:
        return ""
    return _("More than half of the entries are estimates: treat differences as rough.")


def _rule_change(facts: ViewFacts) -> str:
    if not facts.rule_changes:
        return ""
    told = [
        _("From reporting year %(year)s: %(text)s") % {"year": rule.year, "text": rule.text}
        for rule in facts.rule_changes
    ]
    return " ".join([*told, _("A step in that year may come from the rule, not from pollution.")])


def _double_counting(facts: ViewFacts) -> str:
    if facts.part_of:
        return _("These quantities are already counted in %(entry)s: never add the two.") % {"entry": facts.part_of}
    if facts.sub_entries:
        return _("A part of these quantities is also listed on its own (%(entries)s): never add it to them.") % {
            "entries": ", ".join(facts.sub_entries)
        }
    return ""


def _confidential(facts: ViewFacts) -> str:
    if not facts.confidential:
        return ""
    return ngettext(
        "%(count)s value is withheld and is missing from every sum. The type and the reason are on this page.",
        "%(count)s values are withheld and are missing from every sum. The type and the reason are on this page.",
        facts.confidential,
    ) % {"count": format_number(facts.confidential)}


def _dominance(facts: ViewFacts) -> str:
    if facts.dominance is None or facts.dominance.share <= DOMINANT:
        return ""
    return _(
        "In %(year)s %(percent)s%% of what was reported (%(medium)s) came from one facility, %(facility)s: "
        "the total follows it."
    ) % {
        "year": facts.dominance.year,
        "percent": format_number(round(facts.dominance.share * 100)),
        "medium": facts.dominance.medium,
        "facility": facts.dominance.facility,
    }


def _accidental(facts: ViewFacts) -> str:
    if not facts.accidental_kg:
        return ""
    return _(
        "%(quantity)s of these releases came from accidents and other extraordinary events. "
        "A single event may explain a peak."
    ) % {"quantity": format_quantity_kg(facts.accidental_kg)}


def _accidental_unknown(facts: ViewFacts) -> str:
    if not facts.accidental_unknown:
        return ""
    return _(
        "A source of these values writes zero for every accidental quantity, so that zero cannot be told from "
        "“not reported”."
    )


def _late_updates(facts: ViewFacts) -> str:
    if not facts.revised:
        return ""
    return ngettext(
        "A later load revised or dropped %(count)s value. The old value is kept, and figures may change again.",
        "Later loads revised or dropped %(count)s values. The old values are kept, and figures may change again.",
        facts.revised,
    ) % {"count": format_number(facts.revised)}


def _not_toxicity(facts: ViewFacts) -> str:
    if not facts.several_pollutants:
        return ""
    return _(
        "These are different pollutants. A kilogram of one can be a million times more harmful than a kilogram of "
        "another."
    )
