"""How the public can respond, besides the web form that is always there."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from consultations.enums import OFFLINE_CHANNELS, Channel
from design.languages import localised


class WayToRespond(Orderable):
    """A way to respond; shown only while comments are taken."""

    docket = ParentalKey("consultations.Docket", on_delete=models.CASCADE, related_name="ways")
    channel = models.CharField(
        _("way"), max_length=20, choices=[(channel.value, channel.label) for channel in OFFLINE_CHANNELS]
    )
    details_en = models.TextField(
        _("address, or place and time, in English"),
        max_length=500,
        help_text=_("Everything that somebody needs to use it."),
    )
    details_fr = models.TextField(_("address, or place and time, in French"), max_length=500, blank=True)
    details_ru = models.TextField(_("address, or place and time, in Russian"), max_length=500, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("way to respond")
        verbose_name_plural = _("ways to respond")

    def __str__(self) -> str:
        """Return the channel."""
        return str(Channel(self.channel).label)

    @property
    def details(self) -> str:
        """Everything that somebody needs to use it, in the language of the page."""
        return localised(self, "details")
