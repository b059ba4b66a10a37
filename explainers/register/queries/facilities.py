"""Questions about facilities: lists, what one released and sent away, how its entries changed."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import TypeVar

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from register.models import EntryChange, Facility, PollutantTransfer, Release, WasteTransfer
from register.selectors.entries import activity_and_its_parts, facilities_in_place, facilities_run_by
from register.text_matching import Folded, beginnings_of, containing_words

EntryOfFacility = TypeVar("EntryOfFacility", Release, WasteTransfer, PollutantTransfer)


def facility_results(text: str = "", place: str = "", activity: str = "", operator: str = "") -> QuerySet[Facility]:
    """Return facilities by words of name or register number, by place, activity with its parts, and operator."""
    facilities = containing_words(Facility.objects.all(), text, "name", "public_id")
    if place:
        facilities = facilities_in_place(facilities, place)
    if activity:
        facilities = facilities.filter(activity__in=activity_and_its_parts(activity).values("pk"))
    if operator:
        facilities = facilities_run_by(facilities, operator)
    return facilities.select_related("activity", "operator", "parent_company")


def facilities_matching(text: str, limit: int = 10, *, any_word: bool = False) -> list[Facility]:
    """Return at most `limit` facilities for words of name, number or town, names that begin with them first.

    With `any_word`, one of the words is enough.
    """
    starts = beginnings_of(text)
    if not starts:
        return []
    found = containing_words(Facility.objects.all(), text, "name", "public_id", "city", any_word=any_word)
    begins_so = reduce(or_, (Q(folded_start__startswith=start) for start in starts))
    begins = Case(When(begins_so, then=Value(0)), default=Value(1), output_field=IntegerField())
    return list(
        found.alias(folded_start=Folded("name"))
        .select_related("activity", "operator")
        .order_by(begins, "name", "public_id")[:limit]
    )


def _with_facility(facility: Facility, entries: Iterable[EntryOfFacility]) -> list[EntryOfFacility]:
    """Return entries that know the facility already read, so that none of them asks for it again."""
    held = list(entries)
    for entry in held:
        entry.facility = facility
    return held


def releases_of(facility: Facility) -> list[Release]:
    """Return all releases of a facility, dropped ones too, newest year first; one query."""
    return _with_facility(
        facility,
        Release.objects.filter(facility=facility)
        .select_related("pollutant__part_of", "load", "withheld", "dropped_by")
        .order_by("-reporting_year", "pollutant__position", "medium"),
    )


def waste_transfers_of(facility: Facility) -> list[WasteTransfer]:
    """Return all transfers of waste of a facility, dropped ones too, newest year first; one query."""
    return _with_facility(
        facility,
        WasteTransfer.objects.filter(facility=facility)
        .select_related("operation", "load", "withheld", "dropped_by")
        .order_by("-reporting_year", "waste_type", "treatment", F("quantity_kg").desc(nulls_last=True), "pk"),
    )


def pollutant_transfers_of(facility: Facility) -> list[PollutantTransfer]:
    """Return all transfers of pollutants of a facility, dropped ones too, newest year first; one query."""
    return _with_facility(
        facility,
        PollutantTransfer.objects.filter(facility=facility)
        .select_related("pollutant", "load", "withheld", "dropped_by")
        .order_by("-reporting_year", "pollutant__position", "destination", "pk"),
    )


def changes_of(facility: Facility, limit: int = 50) -> list[EntryChange]:
    """Return what later loads changed in a facility's entries, newest first; one query."""
    return list(
        EntryChange.objects.filter(facility=facility)
        .select_related("load", "pollutant")
        .order_by("-load__loaded_at", "-reporting_year", "pk")[:limit]
    )
