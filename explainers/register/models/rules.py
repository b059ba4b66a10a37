"""When the rules of reporting changed: a step in a series can then come from the rule, not from pollution."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from design.languages import localised
from register.enums import Medium
from register.models.vocabulary import Activity, Pollutant


class RuleChange(models.Model):
    """From a reporting year on, another method, factor or threshold: values before and after are not compared."""

    year = models.PositiveSmallIntegerField(_("first reporting year of the new rule"))
    pollutant = models.ForeignKey(
        Pollutant,
        verbose_name=_("pollutant"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="rule_changes",
        help_text=_("Empty where the rule is about all pollutants."),
    )
    medium = models.CharField(
        _("medium"), max_length=10, choices=Medium.choices, blank=True, help_text=_("Empty for all media.")
    )
    activity = models.ForeignKey(
        Activity,
        verbose_name=_("activity"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Empty for all activities; an activity stands for its parts as well."),
    )
    text_en = models.CharField(_("what changed, in English"), max_length=400)
    text_fr = models.CharField(_("what changed, in French"), max_length=400)
    text_ru = models.CharField(_("what changed, in Russian"), max_length=400)

    class Meta:
        ordering = ["year", "pk"]
        verbose_name = _("change of a reporting rule")
        verbose_name_plural = _("changes of reporting rules")

    def __str__(self) -> str:
        """Return the year and what changed."""
        return f"{self.year}: {self.text}"

    @property
    def text(self) -> str:
        """Return what changed, in the language of the page."""
        return localised(self, "text")
