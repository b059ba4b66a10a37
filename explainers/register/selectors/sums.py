"""Entries added up (Art. 5(1), "aggregated"): only like with like, and every sum says what it leaves out.

Never added together: different pollutants (a kilogram of one is not a kilogram of another, and a sub-entry is already
in its entry), different media, hazardous and other waste, disposal and recovery, the country and an area of it.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db.models import Count, F, Max, Min, Q, QuerySet
from django.db.models import Sum as DatabaseSum
from django.db.models.functions import Coalesce

from register.enums import WITH_QUANTITY, Method, Presence
from register.selectors.criteria import Criteria
from register.selectors.entries import entries_matching
from register.selectors.enums import EntryKind, Order, SumBy

# What is never added together, by kind: the first part of every sum's key.
ALWAYS_APART: Final = {
    EntryKind.RELEASES: ("pollutant", "medium"),
    EntryKind.WASTE: ("waste_type", "treatment"),
    EntryKind.TRANSFERS: ("pollutant", "destination"),
    EntryKind.DIFFUSE: ("pollutant", "medium", "country", "area"),
}
_KEYS: Final = {
    SumBy.YEAR: "reporting_year",
    SumBy.FACILITY: "facility",
    SumBy.PLACE: "facility__city",
    SumBy.ACTIVITY: "facility__activity",
    SumBy.OPERATOR: "company",
    SumBy.COUNTRY: "receiver_country",
    SumBy.OPERATION: "operation",
    SumBy.SOURCE: "category",
}
# Many registers know only the owner of a facility, not its operator (Art. 5(1)(c)); companies have unique names.
_COMPANY: Final = Coalesce("facility__operator__name", "facility__parent_company__name")


@dataclass(frozen=True)
class Sum:
    """One sum: what it is of, how much, from which years, and what it could not hold."""

    key: dict[str, Any]
    quantity_kg: Decimal | None
    first_year: int
    last_year: int
    entries: int
    with_quantity: int
    withheld: int
    methods: dict[Method, int]

    @property
    def without_quantity(self) -> int:
        """Return how many entries have neither a quantity nor a withheld one."""
        return self.entries - self.with_quantity - self.withheld


def sum_keys(kind: EntryKind, by: SumBy) -> tuple[str, ...]:
    """Return the fields by which sums are told apart, the one that was asked for first."""
    apart = ALWAYS_APART[kind]
    if by is SumBy.PLACE and kind is EntryKind.DIFFUSE:
        return ("country", "area", "pollutant", "medium")
    if by is SumBy.POLLUTANT:
        return apart
    if by is SumBy.MEDIUM:
        return (apart[1], apart[0], *apart[2:])
    return (_KEYS[by], *apart)


def sums_of(criteria: Criteria, by: SumBy, order: Order | None = None) -> QuerySet[Any]:
    """Return the sums of the entries that a search finds, as mappings; `as_sum` makes a Sum of one.

    Largest or smallest first is obeyed; every other order is that of the keys.
    """
    keys = sum_keys(criteria.kind, by)
    total = F("total_kg")
    first = {
        Order.LARGEST: [total.desc(nulls_last=True)],
        Order.SMALLEST: [total.asc(nulls_last=True)],
    }.get(order or Order.NEWEST, [])
    entries = entries_matching(criteria)
    if "company" in keys:
        entries = entries.annotate(company=_COMPANY)
    return (
        entries.values(*keys)
        .annotate(
            total_kg=DatabaseSum("quantity_kg"),
            first_year=Min("reporting_year"),
            last_year=Max("reporting_year"),
            entries=Count("pk"),
            with_quantity=Count("pk", filter=Q(presence__in=WITH_QUANTITY)),
            withheld_values=Count("pk", filter=Q(presence=Presence.CONFIDENTIAL)),
            **{f"by_{method}": Count("pk", filter=Q(method=method)) for method in Method},
        )
        .order_by(*first, *(_ordering(key) for key in keys))
    )


def _ordering(key: str) -> Any:
    """Return how a key sorts: years newest first, records by what they are called."""
    names = {
        "reporting_year": F("reporting_year").desc(),
        "pollutant": F("pollutant__position").asc(),
        "facility": F("facility__name").asc(),
        "facility__activity": F("facility__activity__position").asc(nulls_last=True),
        "company": F("company").asc(nulls_last=True),
        "operation": F("operation__position").asc(nulls_last=True),
    }
    return names.get(key, F(key).asc())


def as_sum(row: dict[str, Any], keys: tuple[str, ...]) -> Sum:
    """Return one row of `sums_of` as a Sum."""
    return Sum(
        key={key: row[key] for key in keys},
        quantity_kg=row["total_kg"] if row["with_quantity"] else None,
        first_year=row["first_year"],
        last_year=row["last_year"],
        entries=row["entries"],
        with_quantity=row["with_quantity"],
        withheld=row["withheld_values"],
        methods={method: row[f"by_{method}"] for method in Method if row[f"by_{method}"]},
    )
