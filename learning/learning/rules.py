"""The rules of programmes, as the folds take them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

from learning.enums import CertificateClass, MoveOn
from learning.folds import ModuleRule, ProgrammeRule, UnitRule
from learning.models import Item, Programme, Unit


def unit_key(programme: Programme, slug: str) -> str:
    """Return what the record calls a unit."""
    return f"unit:{programme.slug}/{slug}"


def item_key(programme: Programme, key: str) -> str:
    """Return what the record calls a question."""
    return f"item:{programme.slug}/{key}"


def rules_of(programmes: Iterable[Programme]) -> dict[int, ProgrammeRule]:
    """Return the rules of programmes (fetched `with_structure`) by their primary keys; one query."""
    listed = list(programmes)
    items: dict[int, list[str]] = defaultdict(list)
    practice = Item.objects.for_practice().filter(programme__in=listed).exclude(unit=None)
    for unit_id, key in practice.order_by("pk").values_list("unit", "key"):
        items[unit_id].append(key)
    return {programme.pk: _rule(programme, items) for programme in listed}


def rule_of(programme: Programme) -> ProgrammeRule:
    """Return the rule of one programme."""
    return rules_of([programme])[programme.pk]


def _rule(programme: Programme, items: dict[int, list[str]]) -> ProgrammeRule:
    def unit_rule(unit: Unit) -> UnitRule:
        return UnitRule(
            key=unit_key(programme, unit.slug),
            move_on=MoveOn(unit.move_on),
            items=tuple(item_key(programme, key) for key in items[unit.pk]),
            requires=tuple(unit_key(programme, slug) for slug in unit.required_slugs),
        )

    return ProgrammeRule(
        key=programme.object_key,
        modules=tuple(
            ModuleRule(key=f"module:{programme.slug}/{module.slug}", units=tuple(map(unit_rule, module.units.all())))
            for module in programme.modules.all()
        ),
        certificate_class=CertificateClass(programme.certificate_class),
        pass_percent=programme.pass_percent,
        waiting=timedelta(hours=programme.waiting_hours),
    )
