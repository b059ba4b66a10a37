"""Search of the register over 100,000 releases with three criteria, against the same query in plain SQL."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

from django.core.paginator import Page, Paginator
from django.db import connection, transaction
from django.db.models import Count, QuerySet
from harness import Row, best_of

from register.models import Facility, Pollutant, Release
from register.selectors import Criteria, EntryKind, Order, PageOfEntries, entries_matching
from register.views.search import ENTRIES_A_PAGE

RELEASES = 100_000
TIMES = 7
_SELECT = """
    FROM register_release r
    JOIN register_facility f ON f.id = r.facility_id
    JOIN register_activity a ON a.id = f.activity_id
    LEFT JOIN register_company c ON c.id = f.operator_id
    JOIN register_pollutant p ON p.id = r.pollutant_id
    LEFT JOIN register_registerload l ON l.id = r.load_id
    WHERE r.dropped_by_id IS NULL AND
"""


def multiply(wanted: int) -> int:
    """Copies facilities with their releases until there are as many releases as wanted; returns how many there are."""
    facilities = list(Facility.objects.all())
    releases = list(Release.objects.all())
    copy = 0
    with transaction.atomic():
        while (count := Release.objects.count()) < wanted:
            copy += 1
            made = Facility.objects.bulk_create([_copied(facility, copy) for facility in facilities], batch_size=2000)
            ids = {old.pk: new.pk for old, new in zip(facilities, made, strict=True)}
            wanted_now = releases[: wanted - count]
            Release.objects.bulk_create([_moved(release, ids) for release in wanted_now], batch_size=5000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return count


def _copied(facility: Facility, number: int) -> Facility:
    values = {field.attname: getattr(facility, field.attname) for field in Facility._meta.concrete_fields}
    values |= {"id": None, "public_id": f"{facility.public_id}-{number}", "city": f"{facility.city} {number}"}
    if facility.inspire_id:
        values["inspire_id"] = f"{facility.inspire_id}-{number}"
    return Facility(**values)


def _moved(release: Release, ids: dict[int, int]) -> Release:
    values = {field.attname: getattr(release, field.attname) for field in Release._meta.concrete_fields}
    return Release(**values | {"id": None, "facility_id": ids[release.facility_id]})


def as_the_site_does(criteria: Criteria, order: Order) -> list[Any]:
    """The first page of results and the number of all, as the search page asks for them."""
    entries = PageOfEntries(entries_matching(criteria), EntryKind.RELEASES, order)
    page: Page[Any] = Paginator(cast("QuerySet[Any]", entries), ENTRIES_A_PAGE).get_page(1)
    return [page.paginator.count, *page]


def as_plain_sql_does(where: str, order: str, values: list[object]) -> list[Any]:
    """The same count and page, through the database driver alone."""
    connection.ensure_connection()
    driver = connection.connection
    count = driver.execute(f"SELECT COUNT(*) {_SELECT} {where}", values).fetchone()
    page = driver.execute(
        f"SELECT r.*, f.*, a.*, c.*, p.*, l.* {_SELECT} {where} ORDER BY {order} LIMIT {ENTRIES_A_PAGE}",
        values,
    ).fetchall()
    return [count[0], *page]


def measure() -> list[Row]:
    """Two searches: by keys alone, and with a place in words."""
    count = multiply(RELEASES)
    common = Release.objects.values("pollutant", "medium").annotate(rows=Count("pk")).order_by("-rows")[0]
    pollutant = Pollutant.objects.get(pk=common["pollutant"])
    town = Facility.objects.exclude(city="").values("city").annotate(n=Count("pk")).order_by("-n")[0]["city"].split()[0]
    by_key = Criteria(pollutant=pollutant.code, medium=common["medium"], year_from=2010, year_to=2018)
    by_place = replace(by_key, year_from=None, year_to=None, place=town)
    newest = "r.reporting_year DESC, r.id DESC"
    largest = "r.quantity_kg DESC, r.reporting_year DESC, r.id DESC"
    where = "p.code = %s AND r.medium = %s AND "
    years: list[object] = [pollutant.code, common["medium"], 2010, 2018]
    place: list[object] = [pollutant.code, common["medium"], *[f"%{town}%"] * 4]
    words = " OR ".join(f"f.{column} LIKE %s" for column in ("city", "region", "street", "postal_code"))
    rows = []
    for name, criteria, order, sql, sql_order, values in (
        ("pollutant, medium, years", by_key, Order.NEWEST, "r.reporting_year BETWEEN %s AND %s", newest, years),
        ("the same, largest first", by_key, Order.LARGEST, "r.reporting_year BETWEEN %s AND %s", largest, years),
        ("pollutant, medium, place", by_place, Order.NEWEST, f"({words})", newest, place),
    ):
        statement = (where + sql).replace("%s", "?")
        found = as_the_site_does(criteria, order)[0]
        plainly = as_plain_sql_does(statement, sql_order, values)[0]
        ours = best_of(TIMES, _call(as_the_site_does, criteria, order))
        yardstick = best_of(TIMES, _call(as_plain_sql_does, statement, sql_order, values))
        note = f"{found:,} of {count:,} releases found" + (f"; plain SQL found {plainly:,}" if found != plainly else "")
        rows.append(Row(f"search: {name}", "ms", ours * 1000, yardstick * 1000, "plain SQL", at_most=5, note=note))
    return rows


def _call(act: Callable[..., object], *values: object) -> Callable[[], object]:
    return lambda: act(*values)
