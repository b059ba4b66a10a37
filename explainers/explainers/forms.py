"""What an editor's form of an explainer insists on."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from explainers.enums import WRITTEN_SLOTS
from explainers.models.references import Reference
from explainers.slots import cited_keys
from explainers.wording import forbidden_in


class ExplainerPageForm(WagtailAdminPageForm):
    """The form of an explainer: a text cites only what is entered under References, and claims no more than it may."""

    def clean(self) -> dict[str, Any]:
        """Name, beside each text, the first key that no reference has, and words that no mass bears out."""
        cleaned: dict[str, Any] = super().clean()
        cited = {kind.value: cited_keys(cleaned.get(kind.value) or "") for kind in WRITTEN_SLOTS}
        known = set(Reference.objects.values_list("key", flat=True))
        for name, keys in cited.items():
            missing = next((key for key in keys if key not in known), None)
            if missing is not None:
                self.add_error(
                    name,
                    _("There is no reference with the key “%(key)s”. Enter it under References, or correct the key.")
                    % {"key": missing},
                )
        for kind in WRITTEN_SLOTS:
            for words, reason in forbidden_in(cleaned.get(kind.value) or ""):
                self.add_error(
                    kind.value,
                    _("“%(words)s” cannot stand here. %(reason)s") % {"words": words, "reason": reason},
                )
        return cleaned
