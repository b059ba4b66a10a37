"""The consultations as an Atom feed."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from consultations.models import Docket
from following.feeds import PublicFeed

_NEWEST = 30


class ConsultationFeed(PublicFeed):
    """The newest consultations in the language of the address; an entry is renewed with its decision."""

    feed_id = "urn:prtr:feed:consultations"

    def title(self) -> str:
        """Return the title of the feed."""
        return _("Consultations on changes to the register")

    def link(self) -> str:
        """Return the address of the list."""
        return reverse("wagtail_serve", args=["consultations/"])

    def subtitle(self) -> str:
        """Return what the feed holds."""
        return _("What is proposed, and what was decided.")

    def items(self) -> list[Docket]:
        """Return the newest consultations."""
        return list(Docket.objects.published().select_related("decision").order_by("-published_at")[:_NEWEST])

    def item_title(self, item: Docket) -> str:
        """Return the title of a consultation."""
        return item.title

    def item_description(self, item: Docket) -> str:
        """Return the decision, once there is one, else the summary."""
        decision = item.published_decision
        return f"{decision.get_kind_display()}. {decision.summary}" if decision else item.summary

    def item_link(self, item: Docket) -> str:
        """Return the address of a consultation."""
        return item.get_absolute_url()

    def item_guid(self, item: Docket) -> str:
        """Return what stays the same whatever the address."""
        return f"urn:prtr:consultation:{item.reference}"

    def item_pubdate(self, item: Docket) -> datetime | None:
        """Return when it was published."""
        return item.published_at

    def item_updateddate(self, item: Docket) -> datetime | None:
        """Return when something last changed for the public."""
        decision = item.published_decision
        return decision.published_at if decision else item.discontinued_at or item.published_at
