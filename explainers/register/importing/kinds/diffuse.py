"""Releases from diffuse sources (Arts. 2(9), 5(2), 7(7)-(8))."""

from collections.abc import Collection, Hashable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from register.enums import DiffuseCategory, Medium
from register.importing.cells import Row, limited, room_for
from register.importing.errors import RowNotNeeded
from register.importing.kinds.base import Context, Draft
from register.importing.kinds.entries import Entries, Held
from register.importing.lookups import Countries, pollutants
from register.models import DiffuseRelease, Pollutant
from register.models.entries import diffuse_key


class DiffuseReleases(Entries):
    """One pollutant, from one kind of source, in one area, to one medium, in one year."""

    model = DiffuseRelease
    identity_fields = ("country", "area", "category", "pollutant_id", "medium", "reporting_year")
    state_fields = ("presence", "quantity_kg", "method", "withheld_id", "methodology")
    keyed_by = ("pollutant",)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        cells = context.cells()
        self.country_text = cells.translated("country", required=False)
        self.countries = Countries()
        self.area = limited(cells.text("area"), room_for(DiffuseRelease, "area"), "area")
        self.category = cells.word("category", DiffuseCategory.values, required=True)
        self.pollutant_text = cells.translated("pollutant")
        self.pollutants = pollutants()
        self.medium = cells.word("medium", Medium.values, required=True)
        self.methodology = limited(cells.text("methodology"), room_for(DiffuseRelease, "methodology"), "methodology")
        self._codes: dict[int, str] = dict(Pollutant.objects.values_list("pk", "code"))
        # A facility belongs to one register; diffuse sources of two registers could meet under the same key.
        self._foreign = set(
            DiffuseRelease.objects.exclude(load__register=self.load.register)
            .exclude(load=None)
            .values_list(*self.identity_fields)
        )

    def read(self, row: Row, line: int) -> Sequence[Draft]:
        """Return one release."""
        country = self.country_text(row)
        identity = (
            self.countries.find(country) if country else "",
            self.area(row),
            self.category(row),
            self.pollutants.find(self.pollutant_text(row)),
            self.medium(row),
            self.year(row),
        )
        if identity in self._foreign:
            raise RowNotNeeded(_("Another register already has an entry for this source, place, pollutant and year."))
        presence, quantity = self.quantity(self.quantity_text(row), self.unit(row))
        state = (presence.value, quantity, self.method(row), self.withheld_id(presence), self.methodology(row))
        return self.refuse_repeats([Draft(line, identity, identity, state)])

    def held(self, drafts: Collection[Draft]) -> dict[Hashable, Held]:
        """Return what is already held for the years of some drafts; diffuse sources are few."""
        years = {draft.identity[5] for draft in drafts}
        rows = DiffuseRelease.objects.filter(reporting_year__in=years).values_list(
            "pk", "load_id", "dropped_by_id", *self.identity_fields, *self.state_fields
        )
        return {row[3:9]: Held(row[0], row[1], row[2], row[9:]) for row in rows.order_by()}

    def entry_key(self, draft: Draft) -> str:
        """Return the key under which the history of an entry is kept."""
        country, area, category, pollutant_id, medium, year = draft.identity
        return diffuse_key(
            country=country,
            area=area,
            category=category,
            pollutant=self._codes[pollutant_id],
            medium=medium,
            year=year,
        )

    def about(self, draft: Draft) -> dict[str, Any]:
        """Return what an entry is about."""
        return {"pollutant_id": draft.identity[3], "reporting_year": draft.identity[5]}
