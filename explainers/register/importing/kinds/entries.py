"""Entries of a register: compared by key, revised with their history, dropped and restored (Art. 5(3))."""

from abc import abstractmethod
from collections.abc import Collection, Hashable, Iterable, Sequence
from decimal import Decimal
from typing import Any, ClassVar, NamedTuple

from django.db import models
from django.utils.translation import gettext as _

from register.enums import METHOD_BY_LETTER, ChangeKind, Method, Presence
from register.importing.errors import RowNotNeeded
from register.importing.kinds.base import Context, Draft, Kind
from register.importing.withholding import withheld_id
from register.importing.writing import MOST_PARAMETERS, batches, insert_rows, update_rows
from register.models import EntryChange, WithheldInformation


class Held(NamedTuple):
    """An entry as the register has it."""

    pk: int
    load_id: int | None
    dropped_by_id: int | None
    state: tuple[Any, ...]


class Entries(Kind):
    """A kind of entry. The first two fields of a state, presence and quantity, are its value; the rest are details."""

    model: ClassVar[type[models.Model]]
    identity_fields: ClassVar[tuple[str, ...]]
    state_fields: ClassVar[tuple[str, ...]]
    keyed_by: ClassVar[tuple[str, ...]] = ("facility", "pollutant")  # what an entry's key needs to be made

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._first_line: dict[Hashable, int] = {}
        self._years: set[int] = set()
        self._years_before = set(self._scope().order_by().values_list("reporting_year", flat=True).distinct())
        self._withheld_id: int | None = None
        self._decided_here = set(WithheldInformation.objects.exclude(decided_on=None).values_list("pk", flat=True))
        self._withheld_place = self.state_fields.index("withheld_id")
        cells = context.cells()
        self.year = cells.year(context.last_year)
        self.unit = cells.unit()
        self.quantity = cells.quantity()
        self.quantity_text = cells.text("quantity")
        self.method = cells.word("method", Method.values, letters=METHOD_BY_LETTER)

    # What a kind of entry says about itself --------------------------------------------------------------------------

    @abstractmethod
    def held(self, drafts: Collection[Draft]) -> dict[Hashable, Held]:
        """Return the entries that the register has already for some drafts, by key, with few queries."""

    @abstractmethod
    def entry_key(self, draft: Draft) -> str:
        """Return the key under which the history of an entry is kept."""

    @abstractmethod
    def about(self, draft: Draft) -> dict[str, Any]:
        """Return which facility, pollutant and year an entry is about, for its history."""

    def merged(self, old: tuple[Any, ...], new: tuple[Any, ...]) -> tuple[Any, ...]:
        """Return the state an entry gets when a file says `new` and the register has `old`."""
        return new

    # Reading ---------------------------------------------------------------------------------------------------------

    def refuse_repeats(self, drafts: Sequence[Draft]) -> Sequence[Draft]:
        """Return the drafts of one row; raise RowNotNeeded where an earlier row was about one of the same entries."""
        for draft in drafts:
            first = self._first_line.get(draft.key)
            if first is not None:
                raise RowNotNeeded(
                    _("The row is about the same entry as line %(line)d, which was kept.") % {"line": first}
                )
        for draft in drafts:
            self._first_line[draft.key] = draft.line
        return drafts

    def withheld_id(self, presence: Presence) -> int | None:
        """Return what is said about a confidential value (Art. 12(3)); None for any other."""
        if presence != Presence.CONFIDENTIAL:
            return None
        if self._withheld_id is None:
            self._withheld_id = withheld_id(self.context.mapping.withholding)
        return self._withheld_id

    # Writing ---------------------------------------------------------------------------------------------------------

    def save(self, drafts: Collection[Draft]) -> None:
        """Add, confirm, revise, amend and restore, each with one statement for many entries."""
        held = self.held(drafts)
        added: list[Draft] = []
        confirmed: list[int] = []
        updates: list[tuple[int, tuple[Any, ...]]] = []
        changes: list[EntryChange] = []
        for draft in drafts:
            self._years.add(self._year_of(draft))
            entry = held.get(draft.key)
            if entry is None:
                added.append(draft)
                continue
            # What was decided here to be withheld stays withheld, whatever a file says.
            decided_here = entry.state[self._withheld_place] in self._decided_here
            state = entry.state if decided_here else self.merged(entry.state, draft.state)
            change = self._change(entry, state)
            if change is None:
                self.load.rows_unchanged += 1
                confirmed.append(entry.pk)
                continue
            updates.append((entry.pk, state))
            changes.append(self._history(change, draft, entry.state, state))
        self._insert(added)
        for pks in batches(confirmed, MOST_PARAMETERS):
            self.model._default_manager.filter(pk__in=pks).update(load=self.load)
        self._update(updates)
        EntryChange.objects.bulk_create(changes, batch_size=500)

    def finish(self, *, drop: bool) -> int:
        """Count the entries of the file's years that the file no longer has, and mark them; they are never deleted."""
        if self._years:
            self.load.first_year, self.load.last_year = min(self._years), max(self._years)
        gone = self._scope().filter(dropped_by=None, reporting_year__in=self._years).exclude(load=self.load)
        if not drop:
            return gone.count()
        for entries in batches(gone.select_related(*self.keyed_by).iterator(chunk_size=500), 500):
            EntryChange.objects.bulk_create(
                EntryChange(
                    load=self.load,
                    change=ChangeKind.DROPPED,
                    kind=self.load.kind,
                    facility_id=getattr(entry, "facility_id", None),
                    pollutant_id=getattr(entry, "pollutant_id", None),
                    reporting_year=entry.reporting_year,
                    entry_key=entry.entry_key,
                    before=self._in_json([getattr(entry, name) for name in self.state_fields]),
                )
                for entry in entries
            )
        self.load.rows_dropped = gone.update(dropped_by=self.load)
        return self.load.rows_dropped

    def _scope(self) -> models.QuerySet[Any]:
        return self.model._default_manager.filter(load__register=self.load.register)

    def _year_of(self, draft: Draft) -> int:
        return int(draft.identity[self.identity_fields.index("reporting_year")])

    def _change(self, entry: Held, state: tuple[Any, ...]) -> ChangeKind | None:
        if entry.dropped_by_id is not None:
            self.load.rows_restored += 1
            return ChangeKind.RESTORED
        if entry.state == state:
            return None
        if entry.state[:2] != state[:2]:
            self.load.rows_revised += 1
            return ChangeKind.REVISED
        self.load.rows_amended += 1
        return ChangeKind.AMENDED

    def _history(self, change: ChangeKind, draft: Draft, old: tuple[Any, ...], new: tuple[Any, ...]) -> EntryChange:
        differing = [name for name, a, b in zip(self.state_fields, old, new, strict=True) if a != b]
        return EntryChange(
            load=self.load,
            change=change,
            kind=self.load.kind,
            entry_key=self.entry_key(draft),
            before=self._in_json(old, only=differing),
            after=self._in_json(new, only=differing),
            **self.about(draft),
        )

    def _in_json(self, state: Iterable[Any], only: Collection[str] | None = None) -> dict[str, Any]:
        """Return a state by field name, quantities as decimal text; presence already tells that a value is withheld."""
        return {
            name: f"{value.normalize():f}" if isinstance(value, Decimal) else value
            for name, value in zip(self.state_fields, state, strict=True)
            if name != "withheld_id" and (only is None or name in only)
        }

    def _insert(self, drafts: Sequence[Draft]) -> None:
        load_id = self.load.pk
        insert_rows(
            self.model,
            (*self.identity_fields, *self.state_fields, "load_id", "added_by_id", "dropped_by_id"),
            [(*draft.identity, *draft.state, load_id, load_id, None) for draft in drafts],
        )
        self.load.rows_added += len(drafts)
        self.load.rows_added_late += sum(self._year_of(draft) in self._years_before for draft in drafts)

    def _update(self, updates: Sequence[tuple[int, tuple[Any, ...]]]) -> None:
        update_rows(
            self.model,
            (*self.state_fields, "load_id", "dropped_by_id"),
            [(*state, self.load.pk, None, pk) for pk, state in updates],
        )
