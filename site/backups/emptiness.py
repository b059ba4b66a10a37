"""Whether a site is empty: nothing is restored over what somebody has made."""

from typing import Final

from django.apps import apps
from django.db import connection
from wagtail.models import Page

from backups.archive import FILES
from backups.folders import list_files, site_folders
from backups.refusals import RefusedError

# What `migrate` makes by itself (the first pages besides), and what comes and goes without anybody's doing. Every other
# row is somebody's: whoever changes one of these needs an account first, and an account is one of the others.
_MADE_BY_MIGRATING: Final = frozenset(
    {
        "auth",
        "contenttypes",
        "design",
        "inforequests.deadlinerule",
        "inforequests.ground",
        "portal",
        "privacy.retentionrule",
        "wagtailcore",
    }
)
_PASSING: Final = frozenset({"django_tasks_database", "jobs", "sessions", "wagtailsearch"})
_NOBODYS: Final = _MADE_BY_MIGRATING | _PASSING
_SHOWN: Final = 3


def refuse_unless_empty(wanted: dict[str, int]) -> None:
    """Insist that the site holds nothing yet; raise RefusedError with what it holds.

    `wanted` are the files of the archive with their sizes: one of them may be there already, from an attempt that was
    broken off.
    """
    how = "Give the site an empty database (DATABASE_URL) and an empty DATA_DIR, and restore into those."
    rows = _filled_tables()
    if rows:
        raise RefusedError(f"This site is not empty: it has {_several(rows)}. {how}")
    files = [
        f"{folder}/{file.name}"
        for folder, path in site_folders().items()
        for file in list_files(path)
        if wanted.get(f"{FILES}/{folder}/{file.name}") != file.size
    ]
    if files:
        raise RefusedError(f"This site is not empty: it has the files {_several(files)}. {how}")


def _filled_tables() -> list[str]:
    """Return what there is rows of, in people's words, that no migration has made."""
    there = set(connection.introspection.table_names())
    found = []
    for model in apps.get_models(include_auto_created=True):
        facts = model._meta
        if not facts.managed or facts.proxy or facts.db_table not in there or issubclass(model, Page):
            continue
        if not {facts.app_label, facts.label_lower} & _NOBODYS and model._base_manager.exists():
            found.append(str(facts.verbose_name_plural))
    return found


def _several(names: list[str]) -> str:
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
