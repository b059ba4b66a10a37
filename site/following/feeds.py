"""Atom feeds (RFC 4287): one base class for every feed of the site, and the feed of whatever can be followed."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from design.freshness import allow_page_cache, keep_until
from design.languages import current_code
from design.publisher import publisher, site_name
from following.subjects import Happening, Subject, feed_address, find_subject, happenings_of
from following.texts import writable

NEWEST: Final = 30
_AS_FAR_BACK_AS: Final = timedelta(days=730)
_LOOKED_AT_AGAIN: Final = timedelta(minutes=5)  # what a clock brings about (a closing) is in the feed by then
# A feed without entries has to say when it was changed as well, and the same each time.
_NEVER: Final = datetime(2026, 1, 1, tzinfo=UTC)


class AtomFeed(Atom1Feed):
    """Django's Atom feed with what it leaves out: an update that does not change by itself, and text that stays text.

    Django says of each summary that it is HTML. Ours are plain words, some of them a citizen's: no reader may take
    them for markup, and no character in them may spoil the feed.
    """

    def __init__(self, *args: Any, **head: Any) -> None:
        super().__init__(*args, **_writable(head))

    def add_item(self, *args: Any, **item: Any) -> None:
        """Add an entry, without what cannot be written."""
        super().add_item(*args, **_writable(item))

    def add_root_elements(self, handler: Any) -> None:
        """Write the head of the feed."""
        super().add_root_elements(handler)
        handler.addQuickElement("generator", settings.WAGTAIL_SITE_NAME)

    def latest_post_date(self) -> datetime:
        """Return when something in the feed last changed; the same each time it is asked."""
        dates = [
            date for item in self.items for name in ("updateddate", "pubdate") if (date := item.get(name)) is not None
        ]
        return max(dates, default=_NEVER)

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Write an entry; one without an update of its own was last changed when it was published (both are a must)."""
        if item.get("updateddate") is None:
            item = {**item, "updateddate": item.get("pubdate") or _NEVER}
        super().add_item_elements(handler, {**item, "description": None})
        if item["description"]:
            handler.addQuickElement("summary", item["description"], {"type": "text"})


class PublicFeed(Feed):
    """A feed that is the same for everybody, in the language of its address.

    A feed gives `feed_id`, which stays the same in whatever place the feed stands, and items whose guid does too.
    """

    feed_type = AtomFeed
    feed_id = ""

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Serve the feed, and let it be kept for as long as a clock changes nothing in it."""
        self._refuse_changes(request)
        response = super().__call__(request, *args, **kwargs)
        allow_page_cache(response)
        keep_until(response, timezone.now() + _LOOKED_AT_AGAIN)
        return response

    @staticmethod
    def _refuse_changes(request: HttpRequest) -> None:
        if request.method not in {"GET", "HEAD"}:
            raise Http404

    def feed_guid(self, obj: Any) -> str:
        """Return what stays the same whatever the address; each language is a feed of its own."""
        return f"{self.feed_id_of(obj)}:{current_code()}"

    def feed_id_of(self, obj: Any) -> str:
        """Return the id of the feed without its language."""
        return self.feed_id

    def author_name(self) -> str:
        """Return who answers for the feed: the authority, or the site where the authority has no name yet."""
        names = publisher().name
        return names.by_code.get(current_code()) or names.en or site_name()


class SubjectFeed(PublicFeed):
    """What happened to one subject, newest first."""

    def get_object(self, request: HttpRequest, kind: str) -> Subject:
        """Return the subject; 404 where there is none, or where its news are not everybody's."""
        subject = find_subject(kind, request.GET.get("key", ""))
        if subject is None or not subject.is_public:
            raise Http404
        return subject

    def feed_id_of(self, obj: Any) -> str:
        """Return the id of a subject's feed."""
        return subject_urn("feed", obj.kind, obj.key)

    def title(self, obj: Subject) -> str:
        """Return what is followed."""
        return pgettext("title of a feed", "%(title)s: news") % {"title": obj.title}

    def link(self, obj: Subject) -> str:
        """Return the address of the subject's page."""
        return obj.url

    def feed_url(self, obj: Subject) -> str:
        """Return the address of the feed itself."""
        return feed_address(obj.kind, obj.key)

    def subtitle(self, obj: Subject) -> str:
        """Return whose news they are."""
        return _("News from %(site)s.") % {"site": site_name()}

    def items(self, obj: Subject) -> Sequence[Happening]:
        """Return the newest events."""
        now = timezone.now()
        return happenings_of(obj.kind, obj.key, now - _AS_FAR_BACK_AS, now)[:NEWEST]

    def item_title(self, item: Happening) -> str:
        """Return the event in a few words."""
        return item.title

    def item_description(self, item: Happening) -> str:
        """Return the rest of it."""
        return item.text or item.title

    def item_link(self, item: Happening) -> str:
        """Return where it can be read."""
        return item.url

    def item_guid(self, item: Happening) -> str:
        """Return what stays the same in every language and for ever."""
        return subject_urn("event", item.key)

    def item_pubdate(self, item: Happening) -> datetime:
        """Return when it happened."""
        return item.instant

    def item_updateddate(self, item: Happening) -> datetime:
        """Return when it happened: what has happened is not changed."""
        return item.instant


def _writable(said: dict[str, Any]) -> dict[str, Any]:
    return {name: writable(value) if isinstance(value, str) else value for name, value in said.items()}


def subject_urn(*parts: str) -> str:
    """Return a name for what is told, made of parts: letters, digits and what may stand in one, the rest escaped."""
    return "urn:prtr:" + ":".join(_escaped(part) for part in parts if part)


def _escaped(part: str) -> str:
    """Return a part without what ends or divides a name."""
    allowed = "-._~/=+"
    return "".join(
        character if character.isascii() and (character.isalnum() or character in allowed) else _percent(character)
        for character in part
    )


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode())
