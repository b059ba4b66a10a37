"""The disclosure log as an Atom feed."""

from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from following.feeds import PublicFeed
from inforequests.models import Disclosure
from inforequests.queries import published_answers

_NEWEST: Final = 30


class DisclosureFeed(PublicFeed):
    """The newest answers that everybody may read."""

    feed_id = "urn:prtr:feed:disclosures"

    def title(self) -> str:
        """Return the title of the feed."""
        return _("Disclosure log: what was asked and answered")

    def link(self) -> str:
        """Return the address of the list."""
        return reverse("inforequests:log")

    def subtitle(self) -> str:
        """Return what the feed holds."""
        return _("Answers to requests for information, without the names of who asked.")

    def items(self) -> list[Disclosure]:
        """Return the newest entries."""
        return list(published_answers()[:_NEWEST])

    def item_title(self, item: Disclosure) -> str:
        """Return the title of an entry."""
        return item.title

    def item_description(self, item: Disclosure) -> str:
        """Return what was asked."""
        return "\n\n".join(each.text for each in item.request.sorted_items)

    def item_link(self, item: Disclosure) -> str:
        """Return the address of question and answer."""
        return item.get_absolute_url()

    def item_guid(self, item: Disclosure) -> str:
        """Return what stays the same whatever the address."""
        return f"urn:prtr:request:{item.request.tracking_number}"

    def item_pubdate(self, item: Disclosure) -> datetime:
        """Return when it was published."""
        return item.published_at
