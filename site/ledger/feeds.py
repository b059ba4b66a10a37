"""Checkpoints as an Atom feed: whoever keeps them can show later that nothing was changed."""

from datetime import datetime
from typing import Final

from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from design.formats import format_number
from design.publisher import site_name
from ledger.models import Checkpoint

_NEWEST: Final = 100


class CheckpointFeed(Feed):
    """The newest checkpoints, each with its signed note."""

    feed_type = Atom1Feed

    def title(self) -> str:
        """Return the title of the feed."""
        return _("Checkpoints of the record")

    def link(self) -> str:
        """Return the address of the list."""
        return reverse("ledger:checkpoints")

    def subtitle(self) -> str:
        """Return what the feed holds."""
        return _("Keep these: with them anybody can show later whether an entry was changed.")

    def author_name(self) -> str:
        """Return whose record it is."""
        return site_name()

    def items(self) -> list[Checkpoint]:
        """Return the newest checkpoints."""
        return list(Checkpoint.objects.order_by("-size")[:_NEWEST])

    def item_title(self, item: Checkpoint) -> str:
        """Return how many entries it seals."""
        return _("Checkpoint of %(size)s entries") % {"size": format_number(item.size)}

    def item_description(self, item: Checkpoint) -> str:
        """Return the signed note."""
        return item.note

    def item_link(self, item: Checkpoint) -> str:
        """Return the address of its page."""
        return item.get_absolute_url()

    def item_guid(self, item: Checkpoint) -> str:
        """Return what stays the same whatever the address."""
        return f"urn:prtr:record:checkpoint:{item.size}"

    def item_pubdate(self, item: Checkpoint) -> datetime:
        """Return when it was made."""
        return item.made_at

    def item_updateddate(self, item: Checkpoint) -> datetime:
        """Return the same: nothing that was signed ever changes, and RFC 4287 wants it said."""
        return item.made_at
