"""Releases: long files with a row for each medium, and wide ones with columns for each (Art. 7(5)(c))."""

from collections.abc import Collection, Hashable, Sequence
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from register.domain.quantities import ImplausibleQuantity, kilograms
from register.enums import METHOD_BY_LETTER, Medium, Method, Presence
from register.importing.cells import Row, Text
from register.importing.errors import RowRejected
from register.importing.kinds.base import Context, Draft
from register.importing.kinds.entries import Entries, Held
from register.importing.lookups import Facilities, pollutants
from register.importing.writing import MOST_PARAMETERS, batches
from register.models import Pollutant, Release
from register.models.entries import release_key

_MEDIA: Final = {medium: place for place, medium in enumerate(Medium.values)}


class Releases(Entries):
    """One pollutant, from one facility, to one medium, in one year: there is one quantity for that, or none."""

    model = Release
    identity_fields = ("facility_id", "pollutant_id", "medium", "reporting_year")
    state_fields = ("presence", "quantity_kg", "method", "withheld_id", "accidental_kg")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        cells = context.cells()
        self.facilities = Facilities(self.load.register)
        self.pollutants = pollutants()
        self._codes: dict[int, str] = dict(Pollutant.objects.values_list("pk", "code"))
        self.facility_text = cells.required("facility")
        self.pollutant_text = cells.translated("pollutant")
        self.medium = cells.word("medium", Medium.values, required=True)
        self.accidental_text = cells.text("accidental")
        self._media: list[tuple[str, list[Text], Text]] = [
            (
                one.medium,
                [cells.columns((column,)) for column in one.columns],
                cells.word("method", Method.values, letters=METHOD_BY_LETTER, column=one.method)
                if one.method
                else self.method,
            )
            for one in context.mapping.media
        ]

    def read(self, row: Row, line: int) -> Sequence[Draft]:
        """Return one release, or for a wide row one for each medium that the row has a number for."""
        facility_id = self.facilities.find(self.facility_text(row))
        pollutant_id = self.pollutants.find(self.pollutant_text(row))
        year = self.year(row)
        unit = self.unit(row)
        if self._media:
            return self._wide(row, line, (facility_id, pollutant_id, year), unit)
        presence, quantity = self.quantity(self.quantity_text(row), unit)
        accidental = self.accidental(self.accidental_text(row), unit, quantity)
        state = (presence.value, quantity, self.method(row), self.withheld_id(presence), accidental)
        return self.refuse_repeats([_draft(line, (facility_id, pollutant_id, self.medium(row), year), state)])

    def accidental(self, text: str, unit: str, total: Decimal | None) -> Decimal | None:
        """Return the part released in extraordinary events (Art. 7(6)); None where the file does not tell."""
        if not text:
            return None
        _presence, accidental = self.quantity(text, unit)
        if not accidental and self.context.accidental_unknown:
            return None
        if accidental is not None and total is not None and accidental > total:
            raise RowRejected(
                _("The accidental part, %(part)s kg, is greater than the whole, %(whole)s kg.")
                % {"part": f"{accidental:f}", "whole": f"{total:f}"}
            )
        return accidental

    def merged(self, old: tuple[Any, ...], new: tuple[Any, ...]) -> tuple[Any, ...]:
        """Keep what an earlier file knew about accidents where this one does not tell, as long as it can be true."""
        known, quantity = old[4], new[1]
        if new[4] is None and known is not None and quantity is not None and known <= quantity:
            return (*new[:4], known)
        return new

    def held(self, drafts: Collection[Draft]) -> dict[Hashable, Held]:
        """Return the releases already held by the facilities and years of some drafts."""
        years = [draft.identity[3] for draft in drafts]
        facilities = list({draft.identity[0] for draft in drafts})
        held: dict[Hashable, Held] = {}
        for some in batches(facilities, MOST_PARAMETERS):
            rows = Release.objects.filter(
                facility_id__in=some, reporting_year__range=(min(years), max(years))
            ).values_list("pk", "load_id", "dropped_by_id", *self.identity_fields, *self.state_fields)
            for row in rows.order_by().iterator(chunk_size=2000):
                held[_packed(row[3:7])] = Held(row[0], row[1], row[2], row[7:])
        return held

    def entry_key(self, draft: Draft) -> str:
        """Return the key under which the history of a release is kept."""
        facility_id, pollutant_id, medium, year = draft.identity
        return release_key(self.facilities.public_id(facility_id), self._codes[pollutant_id], medium, year)

    def about(self, draft: Draft) -> dict[str, Any]:
        """Return what a release is about."""
        facility_id, pollutant_id, _medium, year = draft.identity
        return {"facility_id": facility_id, "pollutant_id": pollutant_id, "reporting_year": year}

    def _wide(self, row: Row, line: int, about: tuple[int, int, int], unit: str) -> Sequence[Draft]:
        facility_id, pollutant_id, year = about
        drafts = []
        for medium, columns, method in self._media:
            value = self._sum([text for read in columns if (text := read(row))], unit)
            if value is not None:
                presence, quantity = value
                state = (presence.value, quantity, method(row), self.withheld_id(presence), None)
                drafts.append(_draft(line, (facility_id, pollutant_id, medium, year), state))
        return self.refuse_repeats(drafts)

    def _sum(self, texts: Sequence[str], unit: str) -> tuple[Presence, Decimal | None] | None:
        """Return the sum of the columns of one medium; a mark in one of them says that the sum is not known."""
        if not texts:
            return None
        total = Decimal(0)
        for text in texts:
            presence, quantity = self.quantity(text, unit)
            if quantity is None:
                return presence, None
            total += quantity
        try:
            return (Presence.REPORTED if total else Presence.ZERO), kilograms(total)
        except ImplausibleQuantity as problem:
            raise RowRejected(str(problem)) from problem


def _draft(line: int, identity: tuple[int, int, str, int], state: tuple[Any, ...]) -> Draft:
    return Draft(line, _packed(identity), identity, state)


def _packed(identity: tuple[int, int, str, int]) -> int:
    """Return one number for facility, pollutant, medium and year: a fifth of the memory of the four."""
    facility_id, pollutant_id, medium, year = identity
    return ((facility_id * 100_000 + pollutant_id) * 10 + _MEDIA[medium]) * 10_000 + year
