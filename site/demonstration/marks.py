"""Marks what a stage makes: every row that appears in any table while it works, and nobody else's.

While a stage works, no one else can write: SQLite's write lock is held from the beginning of the transaction, and on
PostgreSQL the tables are locked against writers (readers go on). So the rows made are exactly the rows beyond the last
key that each table had before.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.apps import apps
from django.db import connection, models
from django.db.models import Max

from demonstration.models import Build, ChangedRow, MadeRows

# Not part of anybody's site: sessions, the queue of jobs (which empties itself) and its workers, Django's own lists of
# models.
_UNMARKED: Final = frozenset({"contenttypes", "demonstration", "design", "django_tasks_database", "jobs", "sessions"})
Model = type[models.Model]


def marked_models() -> list[Model]:
    """Return every table in which the demonstration may make rows, those between many-to-many fields included."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.app_label not in _UNMARKED
    ]


@contextmanager
def marking(build: Build, bundle: str = "") -> Iterator[None]:
    """Mark everything that is made inside, as belonging together where `bundle` names it; needs a transaction."""
    if not connection.in_atomic_block:
        raise RuntimeError("Marks are made in the transaction of what they mark.")
    keep_others_out()
    before = {model: _last_key(model) for model in marked_models()}
    yield
    for model, key in before.items():
        last = _last_key(model)
        if last > key:
            label = model._meta.label
            MadeRows.objects.create(build=build, bundle=bundle, model=label, first_key=key + 1, last_key=last)


def change_row(build: Build, row: models.Model, **values: Any) -> None:
    """Change a row that was there before, and remember how it was, so that removal can put it back."""
    before = {name: _plain(getattr(row, _column(row, name))) for name in values}
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    after = {name: _plain(getattr(row, _column(row, name))) for name in values}
    ChangedRow.objects.create(build=build, model=row._meta.label, key=row.pk, before=before, after=after)


def _column(row: models.Model, name: str) -> str:
    return row._meta.get_field(name).attname  # type: ignore[union-attr]  # only concrete fields are changed


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | None) else str(value)


def keep_others_out() -> None:
    """Let other writers wait until this transaction ends; on SQLite they do so already."""
    if connection.vendor != "postgresql":
        return
    names = ", ".join(sorted(connection.ops.quote_name(model._meta.db_table) for model in marked_models()))
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE")


def _last_key(model: Model) -> int:
    """Return the greatest key of a table; keys are numbers that only ever grow, in every table that we have."""
    last = model._base_manager.aggregate(last=Max("pk"))["last"]
    if not isinstance(last, int | None):
        raise TypeError(f"The keys of {model._meta.label} are no numbers: say in `_UNMARKED` why that does no harm.")
    return last or 0
