"""The filter behind every search: criteria in, a queryset of current entries out."""

from collections.abc import Callable
from typing import Any, Final

from django.db.models import F, Q, QuerySet

from register.enums import TransferKind, Treatment
from register.models import Activity, Company, DiffuseRelease, Facility, PollutantTransfer, Release, WasteTransfer
from register.models.entries import Entry
from register.selectors.criteria import APPLICABLE, Criteria
from register.selectors.enums import EntryKind, Order
from register.text_matching import containing_words

ENTRY_MODELS: Final[dict[EntryKind, type[Entry]]] = {
    EntryKind.RELEASES: Release,
    EntryKind.WASTE: WasteTransfer,
    EntryKind.TRANSFERS: PollutantTransfer,
    EntryKind.DIFFUSE: DiffuseRelease,
}
# What a row of a page shows, and no column more: most of a page's time would go into reading the others.
_RELATED: Final = {
    EntryKind.RELEASES: ("facility", "pollutant", "load", "withheld"),
    EntryKind.WASTE: ("facility", "operation", "load", "withheld"),
    EntryKind.TRANSFERS: ("facility", "pollutant", "load", "withheld"),
    EntryKind.DIFFUSE: ("pollutant", "load", "withheld"),
}
_SHOWN: Final = {
    "facility": ("facility__name", "facility__public_id", "facility__city"),
    "pollutant": ("pollutant__name_en", "pollutant__name_fr", "pollutant__name_ru", "pollutant__slug"),
    "operation": ("operation__code",),
    "load": (
        "load__source",
        "load__source_fr",
        "load__source_ru",
        "load__file_name",
        "load__loaded_at",
        "load__accidental_unknown",
    ),
    "withheld": ("withheld",),
}
# Fewer facilities than this are named one by one, which finds their entries by index; more stay a subquery.
_FEW_FACILITIES: Final = 1000
_OPERATION_LETTERS: Final = {"D": Treatment.DISPOSAL, "R": Treatment.RECOVERY}
_DESTINATIONS: Final = {
    "D": (TransferKind.WASTE_DISPOSAL,),
    "R": (TransferKind.WASTE_RECOVERY,),
}


def entries_matching(criteria: Criteria) -> QuerySet[Any]:
    """Return the current entries that meet every applicable criterion, unordered and without their related records.

    Criteria of facilities cost one query of their own, here: words are looked for once, not once for each later query.
    """
    entries: QuerySet[Any] = ENTRY_MODELS[criteria.kind]._default_manager.filter(dropped_by=None).order_by()
    facilities = Facility.objects.order_by()
    asked = [name for name in criteria.asked if name in APPLICABLE[criteria.kind]]
    for name in asked:
        if name in _FACILITY_FILTERS and criteria.kind is not EntryKind.DIFFUSE:
            facilities = _FACILITY_FILTERS[name](facilities, getattr(criteria, name))
        else:
            entries = _FILTERS[name](entries, criteria)
    if facilities.query.where:
        entries = _of_facilities(entries, facilities)
    return entries


def _of_facilities(entries: QuerySet[Any], facilities: QuerySet[Facility]) -> QuerySet[Any]:
    """Return the entries of some facilities."""
    found = list(facilities.values_list("pk", flat=True)[: _FEW_FACILITIES + 1])
    return entries.filter(facility__in=found if len(found) <= _FEW_FACILITIES else facilities.values("pk"))


def with_related(entries: QuerySet[Any], kind: EntryKind) -> QuerySet[Any]:
    """Return entries with everything that a row of theirs shows."""
    related = _RELATED[kind]
    own = [field.name for field in ENTRY_MODELS[kind]._meta.concrete_fields]
    return entries.select_related(*related).only(*own, *(name for key in related for name in _SHOWN[key]))


class PageOfEntries:
    """Entries in an order, for a paginator: a page is found by its keys first, and then read whole.

    Sorting a hundred thousand narrow keys is many times faster than sorting rows with all that they show.
    """

    def __init__(self, entries: QuerySet[Any], kind: EntryKind, order: Order) -> None:
        self.entries = entries
        self.kind = kind
        self.keys = ordered(entries, kind, order).values_list("pk", flat=True)

    def count(self) -> int:
        """Return how many there are."""
        return self.entries.count()

    def __getitem__(self, page: slice) -> list[Any]:
        keys = list(self.keys[page])
        model = ENTRY_MODELS[self.kind]
        held = {entry.pk: entry for entry in with_related(model._default_manager.filter(pk__in=keys), self.kind)}
        return [held[key] for key in keys]


def ordered(entries: QuerySet[Any], kind: EntryKind, order: Order) -> QuerySet[Any]:
    """Return entries in an order that is the same each time it is asked for; entries without a quantity stand last."""
    by_year = ("-reporting_year",)
    names = {"year": "reporting_year", "quantity": "quantity_kg", "facility": "facility__name"}
    names["pollutant"] = "waste_type" if kind is EntryKind.WASTE else "pollutant__position"
    if kind is EntryKind.DIFFUSE:
        names["facility"] = "area"
    name = names[order.value.removeprefix("-")]
    field = F(name)
    first = field.desc(nulls_last=True) if order.value.startswith("-") else field.asc(nulls_last=True)
    if order in {Order.NEWEST, Order.OLDEST}:
        # One key from an index, then the primary key: the newest page of a large register needs no sorting.
        return entries.order_by(name if order is Order.OLDEST else f"-{name}", "-pk")
    return entries.order_by(first, *by_year, "-pk")


def activity_and_its_parts(code: str) -> QuerySet[Activity]:
    """Return an activity of Annex I with all its sub-activities: the annex has three levels."""
    return Activity.objects.filter(Q(code=code) | Q(parent__code=code) | Q(parent__parent__code=code)).order_by()


def facilities_in_place(facilities: QuerySet[Facility], text: str) -> QuerySet[Facility]:
    """Return the facilities whose address holds every word."""
    return containing_words(facilities, text, "city", "region", "street", "postal_code")


def facilities_run_by(facilities: QuerySet[Facility], text: str) -> QuerySet[Facility]:
    """Return the facilities whose operator or parent company holds every word in its name (Art. 5(1)(c))."""
    companies = containing_words(Company.objects.order_by(), text, "name").values("pk")
    return facilities.filter(Q(operator__in=companies) | Q(parent_company__in=companies))


def _doing(facilities: QuerySet[Facility], code: str) -> QuerySet[Facility]:
    return facilities.filter(activity__in=activity_and_its_parts(code).values("pk"))


def _by_receiver(entries: QuerySet[Any], criteria: Criteria) -> QuerySet[Any]:
    return containing_words(entries, criteria.receiver, "receiver_name", "receiver_city")


def _by_operation(entries: QuerySet[Any], criteria: Criteria) -> QuerySet[Any]:
    code = criteria.operation
    if criteria.kind is EntryKind.TRANSFERS:
        return entries.filter(destination__in=_DESTINATIONS.get(code[:1], ()))
    if code in _OPERATION_LETTERS:
        return entries.filter(treatment=_OPERATION_LETTERS[code])
    return entries.filter(operation__code=code)


_FACILITY_FILTERS: Final[dict[str, Callable[[QuerySet[Facility], str], QuerySet[Facility]]]] = {
    "facility": lambda facilities, text: containing_words(facilities, text, "name", "public_id"),
    "place": facilities_in_place,
    "activity": _doing,
    "operator": facilities_run_by,
}
_FILTERS: Final[dict[str, Callable[[QuerySet[Any], Criteria], QuerySet[Any]]]] = {
    "place": lambda entries, criteria: containing_words(entries, criteria.place, "area"),
    "pollutant": lambda entries, criteria: entries.filter(pollutant__code=criteria.pollutant),
    "group": lambda entries, criteria: entries.filter(pollutant__group=criteria.group),
    "waste": lambda entries, criteria: entries.filter(waste_type=criteria.waste),
    "medium": lambda entries, criteria: entries.filter(medium=criteria.medium),
    "receiver": _by_receiver,
    "receiver_country": lambda entries, criteria: entries.filter(receiver_country=criteria.receiver_country),
    "operation": _by_operation,
    "source": lambda entries, criteria: entries.filter(category=criteria.source),
    "year_from": lambda entries, criteria: entries.filter(reporting_year__gte=criteria.year_from),
    "year_to": lambda entries, criteria: entries.filter(reporting_year__lte=criteria.year_to),
    "presence": lambda entries, criteria: entries.filter(presence=criteria.presence),
}
