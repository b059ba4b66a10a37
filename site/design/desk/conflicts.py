"""Two officials at one form: whoever saves second is told what the first has changed, and loses not a word."""

import hashlib
import json
from typing import Any

from django import forms
from django.db import models
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.log_actions import registry

from design.desk.words import time_of
from design.forms import PlainForm, name_what_is_missing


def fingerprints(instance: Any, fields: list[str], relations: list[str]) -> dict[str, str]:
    """Return a short digest of each field and each list of rows as they are held by `instance`."""
    found = {name: _digest(_value(instance, name)) for name in fields}
    for relation in relations:
        rows = getattr(instance, relation).all() if instance.pk else []
        found[relation] = _digest([_row(row) for row in rows])
    return found


def with_value(data: Any, name: str, value: str) -> QueryDict:
    """Return what was sent with one value put in the place of another."""
    changed: QueryDict = data.copy()
    changed[name] = value
    return changed


def _value(instance: Any, name: str) -> str:
    return str(instance._meta.get_field(name).value_from_object(instance))


def _row(row: Any) -> dict[str, str]:
    fields = [field for field in row._meta.concrete_fields if isinstance(field, models.Field)]
    return {field.name: str(field.value_from_object(row)) for field in fields}


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:12]


class ConflictAwareMixin(PlainForm):
    """A model form that remembers what it was loaded with.

    The first time it is sent after somebody else has saved, it is refused with a sentence that says who it was and what
    they changed; sent again, it is stored: the official has decided.
    """

    loaded = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for rows in getattr(self, "formsets", {}).values():
            for row in rows.forms:
                name_what_is_missing(row.fields)
        self.initial["loaded"] = json.dumps(self._stored_fingerprints)

    @cached_property
    def _stored_fingerprints(self) -> dict[str, str]:
        instance = self.instance  # type: ignore[attr-defined]  # mixed into a model form
        if instance.pk is None:
            return {}
        # A fresh copy: the form writes what is typed into its own.
        stored = type(instance)._default_manager.get(pk=instance.pk)
        fields = [name for name in self.fields if name in {field.name for field in stored._meta.concrete_fields}]
        return fingerprints(stored, fields, list(getattr(self, "formsets", {})))

    @property
    def log_subject(self) -> Any:
        """In whose history it stands who saved it last."""
        return self.instance  # type: ignore[attr-defined]  # mixed into a model form

    def clean(self) -> dict[str, Any] | None:
        """Refuse to overwrite unseen what somebody else has saved meanwhile."""
        cleaned = super().clean()
        changed = self._changed_meanwhile()
        if changed:
            self.add_error(None, self._warning(changed))
            # Sent again, it is compared with what is stored now.
            self.data = with_value(self.data, "loaded", json.dumps(self._stored_fingerprints))
        return cleaned

    def _changed_meanwhile(self) -> list[str]:
        try:
            loaded = json.loads(self.data.get("loaded") or "{}")
        except ValueError:
            return []
        if not isinstance(loaded, dict) or not loaded:
            return []
        return [name for name, digest in self._stored_fingerprints.items() if loaded.get(name, digest) != digest]

    def _warning(self, changed: list[str]) -> str:
        entry = registry.get_logs_for_instance(self.log_subject).select_related("user").first()
        return _(
            "%(person)s saved this while you were writing, at %(time)s, and changed: %(what)s. "
            "What you typed is kept below. Compare it with the stored text in another tab; "
            "if you save again, yours takes its place."
        ) % {
            "person": str(entry.user) if entry and entry.user else _("Somebody else"),
            "time": time_of(entry.timestamp) if entry else "–",
            "what": ", ".join(str(self._label(name)) for name in changed),
        }

    def _label(self, name: str) -> Any:
        if name in self.fields:
            return self.fields[name].label
        return self.formsets[name].model._meta.verbose_name_plural  # type: ignore[attr-defined]  # a cluster form
