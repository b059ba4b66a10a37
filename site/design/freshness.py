"""When a finished public page may be shown again, and when it has to be made anew.

Public pages are kept by each web process (portal/middleware/page_cache.py) together with the *generation* of what the
public can see: one number in the database, read with every request and changed by every write that a public page may
show. A page of another generation is never shown, in whichever process it was kept.

- A view opts in with `@public_page`, a Wagtail page class with `PublicPageMixin`.
- Writes through models renew the generation by themselves after commit. Writes that go past the models
  (`QuerySet.update`, `bulk_create`, raw SQL) call `bump_generation()`.
- A page that shows a clock says until when it holds: `keep_until(request, instant)`.
"""

import secrets
from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from django.apps import apps
from django.conf import settings
from django.db import connection, connections, models, transaction
from django.db.models.signals import m2m_changed, post_delete, post_migrate, post_save
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from design.models import PublicGeneration

P = ParamSpec("P")
Response = TypeVar("Response", bound=HttpResponseBase)

ALLOWED: Final = "page_cache_allowed"
UNTIL: Final = "page_cache_until"
_MARK: Final = "design_freshness_mark"
_BITS: Final = 62  # fits a signed 64-bit column
# Saving a draft writes only these fields of a page; nobody outside sees them.
_DRAFT_FIELDS: Final = frozenset(
    {"latest_revision", "latest_revision_created_at", "draft_title", "has_unpublished_changes", "last_edited_at"}
)


def current_generation() -> int | None:
    """Return the number of what the public can see now; None where the database has none yet. One raw query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM design_publicgeneration WHERE id = 1")
        row = cursor.fetchone()
    return row[0] if row else None


def bump_generation() -> None:
    """Make every kept page stale, once the present transaction commits (at once, where there is none).

    Calling it many times in one transaction costs one write.
    """
    pending = connection.run_on_commit
    mark = getattr(connection, _MARK, None)
    if connection.in_atomic_block:
        savepoints = frozenset(connection.savepoint_ids)
        # Django makes a new list when a transaction or savepoint ends: the same list means the same transaction, and
        # whatever undoes the savepoints of the first call undoes this write as well.
        if mark is not None and mark[0] is pending and mark[1] <= savepoints:
            return
        setattr(connection, _MARK, (pending, savepoints))
    transaction.on_commit(_renew, robust=True)  # whoever wrote has written: a failure here must not tell them otherwise


def _renew() -> None:
    setattr(connection, _MARK, None)
    number = secrets.randbits(_BITS)
    if not PublicGeneration.objects.filter(pk=1).update(number=number):
        PublicGeneration.objects.update_or_create(pk=1, defaults={"number": number})


def allow_page_cache(carrier: HttpRequest | HttpResponseBase) -> None:
    """Let the page that is being made be kept, if it turns out to be the same for everybody."""
    setattr(carrier, ALLOWED, True)


def keep_until(carrier: HttpRequest | HttpResponseBase, instant: datetime) -> None:
    """Say that the page that is being made holds only until an instant; the earliest instant said counts."""
    until = getattr(carrier, UNTIL, None)
    if until is None or instant < until:
        setattr(carrier, UNTIL, instant)


def keep_until_midnight(carrier: HttpRequest | HttpResponseBase, at: datetime | None = None) -> None:
    """Say that the page holds only for today in the authority's zone: it counts days, or says which day it is."""
    keep_until(carrier, next_midnight(at))


def next_midnight(at: datetime | None = None) -> datetime:
    """Return the instant at which the next day begins in the authority's zone."""
    zone = timezone.get_default_timezone()
    today = (at or timezone.now()).astimezone(zone).date()
    return datetime.combine(today + timedelta(days=1), time.min, tzinfo=zone)


def public_page(
    view: Callable[Concatenate[HttpRequest, P], Response],
) -> Callable[Concatenate[HttpRequest, P], Response]:
    """Decorate a view whose page is the same for everybody who is not signed in."""

    @wraps(view)
    def keeping(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> Response:
        response = view(request, *args, **kwargs)
        allow_page_cache(response)
        return response

    return keeping


class PublicPageMixin:
    """For Wagtail page classes whose page is the same for everybody who is not signed in."""

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Serve the page, and let it be kept."""
        response: HttpResponseBase = super().serve(request, *args, **kwargs)  # type: ignore[misc]  # Page's own
        allow_page_cache(response)
        return response


def watch_models() -> None:
    """Renew the generation with every write through a model, but those in PAGE_CACHE_PRIVATE_MODELS.

    Private is what has to be named, so that a model somebody adds later is watched without being thought of.
    """
    post_save.connect(_saved, dispatch_uid="design.freshness")
    post_delete.connect(_deleted, dispatch_uid="design.freshness")
    m2m_changed.connect(_related, dispatch_uid="design.freshness")
    post_migrate.connect(_migrated, sender=apps.get_app_config("design"), dispatch_uid="design.freshness")


def _saved(sender: type[models.Model], update_fields: frozenset[str] | None = None, **kwargs: Any) -> None:
    if update_fields is not None and update_fields <= _DRAFT_FIELDS:
        return
    if not _is_private(sender):
        bump_generation()


def _deleted(sender: type[models.Model], **kwargs: Any) -> None:
    if not _is_private(sender):
        bump_generation()


def _related(sender: type[models.Model], action: str, **kwargs: Any) -> None:
    if action.startswith("post_") and not _is_private(sender):
        bump_generation()


def _migrated(using: str, **kwargs: Any) -> None:
    """Renew the generation after migrations, whatever they have changed."""
    if PublicGeneration._meta.db_table in connections[using].introspection.table_names():
        bump_generation()


def _is_private(model: type[models.Model]) -> bool:
    labels = settings.PAGE_CACHE_PRIVATE_MODELS
    if model is PublicGeneration or model._meta.apps is not apps:  # the second: those of migrations; see _migrated
        return True
    return model._meta.app_label in labels or model._meta.label_lower in labels
