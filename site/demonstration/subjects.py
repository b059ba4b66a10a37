"""Tables whose rows say something about rows of any other table: search, references, revisions, logs, tags.

They follow their subject, whoever made them: they go with a row that goes, and stay with one that stays.
"""

from collections.abc import Iterator
from typing import Any, Final

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

from demonstration.made import Keys, MadeThings, Model
from demonstration.marks import marked_models

_AT_ONCE: Final = 500
# Wagtail's tables that lead to any table without saying so by a GenericForeignKey.
_UNDECLARED: Final = {
    "wagtailcore.ReferenceIndex": (("content_type", "object_id"), ("to_content_type", "to_object_id")),
    "wagtailcore.ModelLogEntry": (("content_type", "object_id"),),
}


def _pointers() -> Iterator[tuple[Model, str, str]]:
    """Yield each table that leads to any other, with the two fields by which it does."""
    for model in marked_models():
        for one in model._meta.private_fields:
            if isinstance(one, GenericForeignKey):
                yield model, one.ct_field, one.fk_field
        for kind_field, key_field in _UNDECLARED.get(model._meta.label, ()):
            yield model, kind_field, key_field


def _about(model: Model, kind_field: str, key_field: str, subject: Model, keys: Keys) -> Iterator[models.QuerySet[Any]]:
    """Yield the rows of a table that are about some rows of another, a portion at a time."""
    kind = ContentType.objects.get_for_model(subject, for_concrete_model=False)
    as_text = not isinstance(model._meta.get_field(key_field), models.IntegerField)
    ordered = sorted(keys)
    for start in range(0, len(ordered), _AT_ONCE):
        some = [str(key) if as_text else key for key in ordered[start : start + _AT_ONCE]]
        yield model._base_manager.filter(**{kind_field: kind, f"{key_field}__in": some})


def _with_a_kind(rows: dict[Model, Keys]) -> Iterator[tuple[Model, Keys]]:
    """Yield the tables that a row of another can be about: all but those between many-to-many fields."""
    return ((model, keys) for model, keys in rows.items() if not model._meta.auto_created)


def subjects_kept(made: MadeThings, kept: dict[Model, Keys]) -> dict[Model, Keys]:
    """Return the rows of ours that are about rows that stay."""
    found: dict[Model, Keys] = {}
    for model, kind_field, key_field in _pointers():
        if model not in made.keys:
            continue
        for subject, keys in _with_a_kind(kept):
            for rows in _about(model, kind_field, key_field, subject, keys):
                found.setdefault(model, set()).update(set(rows.values_list("pk", flat=True)) & made.keys[model])
    return found


def delete_about(going: dict[Model, Keys]) -> None:
    """Delete what is about rows that go, with what hangs on it."""
    for model, kind_field, key_field in _pointers():
        for subject, keys in _with_a_kind(going):
            for rows in _about(model, kind_field, key_field, subject, keys):
                rows.delete()
