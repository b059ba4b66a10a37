"""Facilities: who reports, from where (Arts. 5(1)(a)-(c), 7(5)(a))."""

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from register.enums import ChangeKind, FacilityStatus
from register.importing.cells import Row, limited, room_for
from register.importing.errors import RowNotNeeded, RowRejected
from register.importing.kinds.base import Context, Draft, Kind
from register.importing.lookups import Countries, Facilities, activities, public_id_of
from register.importing.mapping import KEEP_FIRST
from register.importing.withholding import withheld_id
from register.importing.writing import MOST_PARAMETERS, batches, update_rows
from register.models import Activity, Company, EntryChange, Facility

_PLACES: Final = Decimal("0.000001")
_COMPANIES: Final = ("operator", "parent_company")
_TEXTS: Final = ("inspire_id", "name", "operator", "parent_company", "street", "city", "postal_code", "region")
# What a source withholds when it withholds who a facility is (Art. 12(1)(e)): blanks beside it are no oversight.
_WITHHELD_TOGETHER: Final = ("name", "operator", "parent_company", "street", "postal_code", "latitude", "longitude")
_FIELDS: Final = (
    *_TEXTS,
    *("activity_id", "status", "country", "latitude", "longitude", "described_year", "withheld_id"),
)
_STORED: Final = tuple(f"{name}_id" if name in _COMPANIES else name for name in _FIELDS)
_SHOWN_AS: Final = {"activity_id": "activity", "withheld_id": "withheld"}


class FacilityDescriptions(Kind):
    """One row a facility. The newest file describes it; what that file leaves blank stays as it was known."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        cells = context.cells()
        mapping = context.mapping
        self.identifier = cells.required("facility")
        self.texts = {name: limited(cells.text(name), _room_for(name), name) for name in _TEXTS}
        self.activity_text = cells.translated("activity", required=False)
        self.activities = activities()
        self.status = cells.word("status", FacilityStatus.values)
        self.country_text = cells.translated("country")
        self.countries = Countries()
        self.coordinates = (cells.text("latitude"), cells.text("longitude"))
        self.numbers = mapping.numbers
        self.year = cells.year(context.last_year) if cells.has("year") else None
        self.mark = mapping.withheld_mark
        self.others = Facilities(self.load.register)
        self._codes: dict[int, str] = dict(Activity.objects.values_list("pk", "code"))
        self._first_line: dict[str, int] = {}
        self._years: set[int] = set()

    def read(self, row: Row, line: int) -> Sequence[Draft]:
        """Return one description."""
        identifier = self.identifier(row)
        public_id = public_id_of(identifier)
        texts = {name: read(row) for name, read in self.texts.items()}
        withheld = bool(self.mark) and texts["name"] == self.mark
        for name, text in texts.items():
            if self.mark and text == self.mark:
                texts[name] = ""
        if not texts["name"] and not withheld:
            raise RowRejected(_("The row says nothing in the field “%(field)s”.") % {"field": "name"})
        activity = self.activity_text(row)
        latitude, longitude = self.position(row)
        facts = {
            **texts,
            "activity_id": self.activities.find(activity) if activity else None,
            "status": self.status(row),
            "country": self.countries.find(self.country_text(row)),
            "latitude": latitude,
            "longitude": longitude,
            "described_year": self.year(row) if self.year else None,
            "withheld_id": withheld_id(self.context.mapping.withholding) if withheld else None,
        }
        self.others.refuse_foreign(identifier)
        return self._once(Draft(line, public_id, (public_id,), tuple(facts[name] for name in _FIELDS)))

    def position(self, row: Row) -> tuple[Decimal | None, Decimal | None]:
        """Return latitude and longitude in degrees (WGS 84); both or neither."""
        texts = [read(row) for read in self.coordinates]
        if not any(texts):
            return None, None
        if not all(texts):
            raise RowRejected(_("One coordinate is given and the other is not."))
        latitude, longitude = (self.numbers.read(text) for text in texts)
        if abs(latitude) > 90 or abs(longitude) > 180:
            raise RowRejected(
                _("Latitude %(latitude)s and longitude %(longitude)s lie nowhere on Earth; they have to be degrees.")
                % {"latitude": texts[0], "longitude": texts[1]}
            )
        return latitude.quantize(_PLACES), longitude.quantize(_PLACES)

    def save(self, drafts: Collection[Draft]) -> None:
        """Add new facilities, and bring those that are known up to date."""
        held: dict[str, Facility] = {}
        for some in batches((str(draft.key) for draft in drafts), MOST_PARAMETERS):
            facilities = Facility.objects.filter(public_id__in=some).select_related("withheld", *_COMPANIES)
            held.update((facility.public_id, facility) for facility in facilities)
        companies = self._companies(drafts)
        added: list[Facility] = []
        changed: list[Facility] = []
        confirmed: list[int] = []
        changes: list[EntryChange] = []
        for draft in drafts:
            new = dict(zip(_FIELDS, draft.state, strict=True))
            if new["described_year"]:
                self._years.add(new["described_year"])
            facility = held.get(str(draft.key))
            if facility is None:
                added.append(self._applied(Facility(public_id=str(draft.key)), new, companies))
                continue
            old = _facts(facility)
            new = _merged(old, new, decided_here=bool(facility.withheld and facility.withheld.decided_on))
            if new == old:
                confirmed.append(facility.pk)
                continue
            changed.append(self._applied(facility, new, companies))
            changes.append(self._history(facility, old, new))
        Facility.objects.bulk_create(added, batch_size=500)
        for pks in batches(confirmed, MOST_PARAMETERS):
            Facility.objects.filter(pk__in=pks).update(load=self.load)
        update_rows(
            Facility,
            (*_STORED, "load_id"),
            [(*(getattr(one, name) for name in _STORED), self.load.pk, one.pk) for one in changed],
        )
        EntryChange.objects.bulk_create(changes, batch_size=500)
        self.load.rows_added += len(added)
        self.load.rows_unchanged += len(confirmed)
        self.load.rows_amended += len(changed)

    def finish(self, *, drop: bool) -> int:
        """Drop nothing: a facility that a newer file leaves out still stands behind its earlier entries."""
        if self._years:
            self.load.first_year, self.load.last_year = min(self._years), max(self._years)
        return 0

    def _once(self, draft: Draft) -> Sequence[Draft]:
        key = str(draft.key)
        first = self._first_line.setdefault(key, draft.line)
        if first == draft.line:
            return [draft]
        if self.context.mapping.on_repeat == KEEP_FIRST:
            return []
        raise RowNotNeeded(_("The row is about the same entry as line %(line)d, which was kept.") % {"line": first})

    def _companies(self, drafts: Iterable[Draft]) -> dict[str, Company]:
        """Return the companies that some drafts name, and make those that are new."""
        places = [_FIELDS.index(name) for name in _COMPANIES]
        names = sorted({draft.state[place] for draft in drafts for place in places} - {""})
        known: dict[str, Company] = {}
        for some in batches(names, MOST_PARAMETERS):
            known.update((one.name, one) for one in Company.objects.filter(name__in=some))
        new = [Company(name=name) for name in names if name not in known]
        for company in Company.objects.bulk_create(new, batch_size=500):
            known[company.name] = company
        return known

    def _applied(self, facility: Facility, facts: dict[str, Any], companies: dict[str, Company]) -> Facility:
        for name, value in facts.items():
            if name not in _COMPANIES:
                setattr(facility, name, value)
            elif value != _company_name(facility, name):
                setattr(facility, name, companies[value] if value else None)
        facility.load = self.load
        return facility

    def _history(self, facility: Facility, old: dict[str, Any], new: dict[str, Any]) -> EntryChange:
        """Return what changed; of a fact that is withheld from now on, only that it is (Art. 12(3))."""
        withheld = new["withheld_id"] is not None
        before: dict[str, Any] = {}
        after: dict[str, Any] = {}
        for name in _FIELDS:
            if old[name] != new[name]:
                hidden = withheld and name in _WITHHELD_TOGETHER
                shown = _SHOWN_AS.get(name, name)
                before[shown] = None if hidden else self._in_words(name, old[name])
                after[shown] = None if hidden else self._in_words(name, new[name])
        return EntryChange(
            load=self.load,
            change=ChangeKind.AMENDED,
            kind=self.load.kind,
            facility=facility,
            reporting_year=new["described_year"],
            entry_key=facility.entry_key,
            before=before,
            after=after,
        )

    def _in_words(self, name: str, value: Any) -> Any:
        if name == "activity_id" and value is not None:
            return self._codes[value]
        if name == "withheld_id":
            return value is not None
        return f"{value:f}" if isinstance(value, Decimal) else value


def _facts(facility: Facility) -> dict[str, Any]:
    """Return what the register has about a facility, companies by name."""
    return {name: _company_name(facility, name) if name in _COMPANIES else getattr(facility, name) for name in _FIELDS}


def _company_name(facility: Facility, field: str) -> str:
    company = getattr(facility, field)
    return company.name if company else ""


def _merged(old: dict[str, Any], new: dict[str, Any], *, decided_here: bool) -> dict[str, Any]:
    """Return what is known once a newer description is added to an older one.

    A blank takes nothing away, unless the source withholds who the facility is. What was decided here to be withheld
    stays withheld, whatever a file says.
    """
    merged = {}
    for name in _FIELDS:
        together = name in _WITHHELD_TOGETHER or name == "withheld_id"
        if decided_here and together:
            merged[name] = old[name]
        elif name == "withheld_id" or (together and new["withheld_id"] is not None):
            merged[name] = new[name]
        else:
            merged[name] = old[name] if new[name] in ("", None) else new[name]
    return merged


def _room_for(name: str) -> int:
    """Return how many characters the register has room for."""
    return room_for(Company, "name") if name in _COMPANIES else room_for(Facility, name)
