"""Loads: every set of entries that comes into the register is a version with a source (Art. 10(2))."""

from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from accounts.permissions import roles_of
from accounts.roles import Role
from design.freshness import bump_generation
from ledger.domain import SYSTEM_ACTOR, record_event
from ledger.models import Entry
from register.enums import LoadKind
from register.models import (
    RegisterLoad,
)

if TYPE_CHECKING:
    from accounts.models import User

DEFAULT_REGISTER: Final = "national"
AREA: Final = "register"
LOAD: Final = "register_load"
FILE_NAME: Final = "file_name"
_COUNTS: Final = (
    *("rows_read", "rows_added", "rows_added_late", "rows_unchanged", "rows_revised", "rows_amended"),
    *("rows_restored", "rows_dropped", "rows_rejected"),
)


def start_load(
    *,
    kind: LoadKind,
    source: str,
    register: str = DEFAULT_REGISTER,
    file_name: str = "",
    sha256: str = "",
    accidental_unknown: bool = False,
    actor: "User | None" = None,
    at: datetime | None = None,
) -> RegisterLoad:
    """Open a load under which entries can be written; `finish_load` closes it with its counts. Nothing else happens."""
    return RegisterLoad.objects.create(
        kind=kind,
        source=source,
        register=register,
        file_name=file_name,
        sha256=sha256,
        accidental_unknown=accidental_unknown,
        loaded_by=actor,
        loaded_at=at or timezone.now(),
    )


@transaction.atomic
def finish_load(load: RegisterLoad) -> RegisterLoad:
    """Close a load.

    Side effects, in order: its counts and years are saved, the record gets an event that commits to the name of the
    file, public pages are made anew.
    """
    load.save(update_fields=[*_COUNTS, "first_year", "last_year"])
    record_event(
        verb="load_register",
        area=AREA,
        subject_kind=LOAD,
        subject_reference=str(load.pk),
        actor_role=role_of(load.loaded_by),
        facts={
            "register": load.register,
            "kind": load.kind,
            "sha256": load.sha256,
            **{name: getattr(load, name) for name in _COUNTS},
        },
        private=load_words(load),
        at=load.loaded_at,
    )
    bump_generation()
    return load


def load_words(load: RegisterLoad) -> dict[str, str]:
    """Return what the entry about a load commits to: the name of its file, as somebody has given it."""
    return {FILE_NAME: load.file_name} if load.file_name else {}


def words_behind_load(entry: Entry) -> dict[str, str]:
    """Return the words now stored behind an entry about a load."""
    load = RegisterLoad.objects.filter(pk=entry.subject_reference).first()
    return load_words(load) if load else {}


def role_of(actor: "User | None") -> str:
    """Return the role by which somebody acts on the register, for the record; the system's where nobody is named."""
    held = roles_of(actor) if actor is not None else frozenset()
    return next((role.value for role in reversed(Role) if role in held), SYSTEM_ACTOR)
