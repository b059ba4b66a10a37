"""What the editor's forms insist on beyond single fields: answers that fit the kind, units that fit together."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from learning.enums import CHOICE_KINDS, NEEDS_EXERCISES, ItemKind, MoveOn
from learning.folds import cycle_among
from learning.models import Item, Unit


class WholeForm(WagtailAdminModelForm):
    """A form that looks at its rows once each is right by itself."""

    def is_valid(self) -> bool:
        """Return whether fields, rows, and all of it together are right."""
        if not super().is_valid():
            return False
        for field, message in self.misfits():
            self.add_error(field, message)
        return not self.errors

    def misfits(self) -> list[tuple[str | None, str]]:
        """Return what does not fit together: the field, and a sentence."""
        return []

    def rows(self, relation: str) -> list[dict[str, Any]]:
        """Return the rows of a relation that will stay."""
        forms = self.formsets[relation].forms
        rows: list[dict[str, Any]] = [form.cleaned_data for form in forms if form.cleaned_data]
        return [row for row in rows if not row.get("DELETE")]


class ItemForm(WholeForm):
    """A question: as many right answers as its kind has."""

    def misfits(self) -> list[tuple[str | None, str]]:
        """Return what does not fit the kind."""
        kind = ItemKind(self.cleaned_data["kind"])
        right = sum(bool(row.get("is_correct")) for row in self.rows("options"))
        if kind in CHOICE_KINDS and len(self.rows("options")) < 2:
            return [("kind", _("Give at least two answers to choose from."))]
        if kind is ItemKind.SINGLE and right != 1:
            return [("kind", _("Mark exactly one answer as right, or choose “every right answer of several”."))]
        if kind is ItemKind.MULTIPLE and not right:
            return [("kind", _("Mark at least one answer as right."))]
        return []


class ModuleForm(WholeForm):
    """A module: keys that nobody else has, requirements that lead somewhere and never in a circle."""

    def misfits(self) -> list[tuple[str | None, str]]:
        """Return what does not fit the other units of the programme."""
        own = {row["slug"]: tuple(row.get("requires", "").split()) for row in self.rows("units")}
        elsewhere = Unit.objects.filter(module__programme=self.instance.programme).exclude(module=self.instance)
        others = {unit.slug: unit.required_slugs for unit in elsewhere}
        requires = {**others, **own}
        found: list[tuple[str | None, str]] = []
        if len(own) < len(self.rows("units")) or own.keys() & others.keys():
            found.append((None, _("Two units of the programme have the same key.")))
        unknown = {slug for slugs in own.values() for slug in slugs} - requires.keys()
        if unknown:
            message = _("There is no unit with this key: %(keys)s.")
            found.append((None, message % {"keys": ", ".join(sorted(unknown))}))
        if circle := cycle_among(requires):
            message = _("These units wait for each other, so none could ever count: %(circle)s.")
            found.append((None, message % {"circle": " → ".join(circle)}))
        return found + self._without_exercises(own)

    def _without_exercises(self, own: dict[str, tuple[str, ...]]) -> list[tuple[str | None, str]]:
        """Return the units that are done by exercises and have none."""
        practice = Item.objects.for_practice().filter(programme=self.instance.programme, unit__slug__in=own)
        taught = set(practice.values_list("unit__slug", flat=True))
        needy = [row["slug"] for row in self.rows("units") if MoveOn(row["move_on"]) in NEEDS_EXERCISES]
        message = _("This unit is done by its exercises, and has none yet: %(key)s.")
        return [(None, message % {"key": slug}) for slug in needy if slug not in taught]
