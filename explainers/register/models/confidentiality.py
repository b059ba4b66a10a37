"""What is withheld, and why (Art. 12)."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from design.languages import any_language
from design.phrases import labelled
from register.enums import WithheldType, WithholdingGround


class WithheldInformation(models.Model):
    """What type of information is withheld, and why: the register itself must say both (Art. 12(3))."""

    type_withheld = models.CharField(_("type of information withheld"), max_length=20, choices=WithheldType.choices)
    ground = models.CharField(
        _("ground"),
        max_length=1,
        choices=WithholdingGround.choices,
        blank=True,
        help_text=_("Empty only where a loaded file withholds something and does not say on which ground."),
    )
    reason_en = models.TextField(
        _("reason in English"),
        blank=True,
        help_text=_("Why disclosure would do harm that outweighs the public interest."),
    )
    reason_fr = models.TextField(_("reason in French"), blank=True)
    reason_ru = models.TextField(_("reason in Russian"), blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)

    class Meta:
        verbose_name = _("withheld information")
        verbose_name_plural = _("withheld information")

    def __str__(self) -> str:
        """Return type and ground."""
        return labelled(self.get_type_withheld_display(), self.ground_in_words)

    @property
    def ground_in_words(self) -> str:
        """Return the ground, or the words that say that the source gives none."""
        return self.get_ground_display() if self.ground else gettext("the source does not state the ground")

    @property
    def reason(self) -> str:
        """Return the reason in the language of the page, or the sentence that says that the source gives none."""
        return any_language(self, "reason") or gettext("The source does not state the reason.")
