"""What the demonstration has made and is still there: by table, by range of keys, and by what belongs together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Self

from django.apps import apps
from django.db import models
from django.db.models import Q

from demonstration.models import MadeRows

Model = type[models.Model]
Keys = set[int]
Ranges = list[tuple[int, int]]


def in_ranges(name: str, ranges: Sequence[tuple[int, int]]) -> Q:
    """Return the condition that a field lies in one of some ranges."""
    # Not `range`: fields that lead to other tables do not know it.
    return reduce(or_, (Q(**{f"{name}__gte": first, f"{name}__lte": last}) for first, last in ranges))


@dataclass
class MadeThings:
    """The rows that carry a mark."""

    ranges: dict[Model, Ranges] = field(default_factory=dict)
    keys: dict[Model, Keys] = field(default_factory=dict)
    bundles: dict[str, list[tuple[Model, tuple[int, int]]]] = field(default_factory=dict)

    @classmethod
    def load(cls) -> Self:
        """Return what is marked and still there."""
        made = cls()
        for mark in MadeRows.objects.all():
            model, pair = apps.get_model(mark.model), (mark.first_key, mark.last_key)
            made.ranges.setdefault(model, []).append(pair)
            if mark.bundle:
                made.bundles.setdefault(mark.bundle, []).append((model, pair))
        for model, ranges in made.ranges.items():
            made.keys[model] = set(model._base_manager.filter(in_ranges("pk", ranges)).values_list("pk", flat=True))
        return made

    def bundle_of(self, model: Model, key: int) -> str:
        """Return the name of what a row belongs to; nothing where it stands by itself."""
        for name, parts in self.bundles.items():
            if any(one is model and first <= key <= last for one, (first, last) in parts):
                return name
        return ""

    def bundled_with(self, model: Model, keys: Keys) -> Iterator[tuple[Model, Keys]]:
        """Yield the rows that belong together with some rows."""
        for name in {self.bundle_of(model, key) for key in keys} - {""}:
            for one, (first, last) in self.bundles[name]:
                yield one, {key for key in self.keys[one] if first <= key <= last}

    def same_rows(self, model: Model, keys: Keys) -> Iterator[tuple[Model, Keys]]:
        """Yield the further tables in which the same things are kept: a page's own table beside that of all pages."""
        for one in self.keys:
            if one is not model and issubclass(one, model):
                yield one, keys

    def name_of(self, model: Model, key: int) -> str:
        """Return what a person would call the thing that a row belongs to."""
        bundle = self.bundle_of(model, key)
        if bundle:
            return bundle
        row = model._base_manager.filter(pk=key).first()
        return f"{model._meta.verbose_name} “{row}”"
