"""JSON that is stored exactly as it is hashed."""

import json
from typing import Any

from django.db import models

from ledger.canonical import canonical_json


class CanonicalJSONField(models.TextField):
    """A value kept as canonical JSON text, so that every database gives back the very characters that were hashed."""

    def from_db_value(self, value: Any, *_args: object) -> Any:
        """Return the value that the stored text says."""
        return None if value is None else json.loads(value)

    def to_python(self, value: Any) -> Any:
        """Return the value, however it comes."""
        return json.loads(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> Any:
        """Return the text to be stored."""
        return None if value is None else canonical_json(value)

    def value_to_string(self, obj: models.Model) -> str:
        """Return the text for a dump of the data."""
        return canonical_json(self.value_from_object(obj))
