"""Instants and days: a time limit is counted in days of the authority's zone, and a day ends with its last instant."""

from datetime import date, datetime, time, timedelta

from design.formats import authority_zone


def local_date(instant: datetime) -> date:
    """Return the authority's date of an instant; the hour does not matter, nor does a doubled one.

    Raises ValueError for an instant without a zone: nobody knows which day it is.
    """
    if instant.tzinfo is None:
        raise ValueError(f"{instant} has no zone: its day cannot be told.")
    return instant.astimezone(authority_zone()).date()


def first_instant_of(day: date) -> datetime:
    """Return the instant at which a day begins in the authority's zone, also where its midnight is left out."""
    return datetime.combine(day, time.min, tzinfo=authority_zone())


def overdue_since(last_day: date) -> datetime:
    """Return the first instant at which a duty due on a day is not met in time: the last day is whole."""
    return first_instant_of(last_day + timedelta(days=1))
