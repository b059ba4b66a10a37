"""Off-site transfers: of waste, and of pollutants in waste or in waste water (Art. 7(5)(d)-(e))."""

import hashlib
from abc import abstractmethod
from collections import Counter
from collections.abc import Collection, Hashable, Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from register.enums import TREATMENT_BY_LETTER, TransferKind, Treatment, WasteType
from register.importing.cells import Row, limited, room_for
from register.importing.errors import RowNotNeeded
from register.importing.kinds.base import Context, Draft
from register.importing.kinds.entries import Entries, Held
from register.importing.lookups import Countries, Facilities, operations, pollutants
from register.importing.writing import MOST_PARAMETERS, batches
from register.models import Operation, Pollutant, PollutantTransfer, WasteTransfer
from register.models.entries import Transfer, transfer_key


class Transfers(Entries):
    """What a facility sent to a receiver.

    One facility may send the same kind of waste to the same receiver more than once in a year, and registers then have
    several rows that differ in nothing but the quantity. These are several transfers: to reject all but the first would
    understate what left the site. A row that is the same in every field is a repetition, and is rejected.
    """

    model: ClassVar[type[Transfer]]
    keyed_by = ("facility",)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        cells = context.cells()
        self.facilities = Facilities(self.load.register)
        self.facility_text = cells.required("facility")
        self.receiver = [
            limited(cells.text(name), room_for(self.model, name), name)
            for name in ("receiver_name", "receiver_city", "receiver_postal_code")
        ]
        self.street = limited(cells.text("receiver_street"), room_for(self.model, "receiver_street"), "receiver_street")
        self.country_text = cells.translated("receiver_country", required=False)
        self.countries = Countries()
        self._times: Counter[tuple[Any, ...]] = Counter()

    @abstractmethod
    def kind_of(self, row: Row) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
        """Return what was sent and what for, as the database takes it and as the key says it."""

    def read(self, row: Row, line: int) -> Sequence[Draft]:
        """Return one transfer."""
        facility_id = self.facilities.find(self.facility_text(row))
        year = self.year(row)
        kind, kind_in_words = self.kind_of(row)
        presence, quantity = self.quantity(self.quantity_text(row), self.unit(row))
        country = self.country_text(row)
        receiver = (*(read(row) for read in self.receiver), self.countries.find(country) if country else "")
        state = (presence.value, quantity, self.method(row), self.withheld_id(presence), self.street(row))
        about = (self.facilities.public_id(facility_id), year, *kind_in_words, *receiver)
        self._refuse_repetition((*about, *state), line)
        self._times[about] += 1
        key = transfer_key(*about, self._times[about])
        return [Draft(line, key, (facility_id, year, *kind, *receiver, key), state)]

    def held(self, drafts: Collection[Draft]) -> dict[Hashable, Held]:
        """Return the transfers already held under the keys of some drafts."""
        held: dict[Hashable, Held] = {}
        for some in batches((draft.key for draft in drafts), MOST_PARAMETERS):
            rows = self.model._default_manager.filter(entry_key__in=some).values_list(
                "entry_key", "pk", "load_id", "dropped_by_id", *self.state_fields
            )
            held.update((row[0], Held(row[1], row[2], row[3], row[4:])) for row in rows.order_by())
        return held

    def entry_key(self, draft: Draft) -> str:
        """Return the key under which the history of a transfer is kept."""
        return str(draft.key)

    def about(self, draft: Draft) -> dict[str, Any]:
        """Return what a transfer is about."""
        return {"facility_id": draft.identity[0], "reporting_year": draft.identity[1]}

    def _refuse_repetition(self, whole: tuple[Any, ...], line: int) -> None:
        digest = hashlib.blake2b(repr(whole).encode(), digest_size=16).digest()
        first = self._first_line.setdefault(digest, line)
        if first != line:
            raise RowNotNeeded(_("The row says the same as line %(line)d in every field.") % {"line": first})


class WasteTransfers(Transfers):
    """Hazardous or other waste, for disposal or recovery (Art. 7(5)(d)(ii))."""

    model = WasteTransfer
    identity_fields = (
        *("facility_id", "reporting_year", "waste_type", "treatment", "operation_id"),
        *("receiver_name", "receiver_city", "receiver_postal_code", "receiver_country", "entry_key"),
    )
    state_fields = ("presence", "quantity_kg", "method", "withheld_id", "receiver_street")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        cells = context.cells()
        self.waste_type = cells.word("waste_type", WasteType.values, required=True)
        self.treatment = cells.word("treatment", Treatment.values, letters=TREATMENT_BY_LETTER, required=True)
        self.operation_text = cells.translated("operation", required=False)
        self.operations = operations()
        self._codes: dict[int, str] = dict(Operation.objects.values_list("pk", "code"))

    def kind_of(self, row: Row) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
        """Return the type of waste, whether it is for disposal or recovery, and by which operation."""
        waste_type, treatment = self.waste_type(row), self.treatment(row)
        code = self.operation_text(row)
        operation_id = self.operations.find(code) if code else None
        in_words = self._codes[operation_id] if operation_id else ""
        return (waste_type, treatment, operation_id), (waste_type, treatment, in_words)


class PollutantTransfers(Transfers):
    """A pollutant in waste, for disposal or recovery (Art. 7(5)(d)(i)), or in waste water (Art. 7(5)(e))."""

    model = PollutantTransfer
    identity_fields = (
        *("facility_id", "reporting_year", "pollutant_id", "destination"),
        *("receiver_name", "receiver_city", "receiver_postal_code", "receiver_country", "entry_key"),
    )
    state_fields = ("presence", "quantity_kg", "method", "withheld_id", "receiver_street")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        cells = context.cells()
        self.pollutant_text = cells.translated("pollutant")
        self.pollutants = pollutants()
        self.destination = cells.word("destination", TransferKind.values, required=True)
        self._codes: dict[int, str] = dict(Pollutant.objects.values_list("pk", "code"))

    def kind_of(self, row: Row) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
        """Return the pollutant and what it left the site for."""
        pollutant_id = self.pollutants.find(self.pollutant_text(row))
        destination = self.destination(row)
        return (pollutant_id, destination), (self._codes[pollutant_id], destination)

    def about(self, draft: Draft) -> dict[str, Any]:
        """Return what a transfer is about."""
        return {**super().about(draft), "pollutant_id": draft.identity[2]}
