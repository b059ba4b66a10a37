"""One clock for all workers: the database's, where the database runs on a machine of its own."""

from datetime import datetime

from django.db import connection
from django.utils import timezone


def shared_now() -> datetime:
    """Return the instant by the clock that all workers share, so that two machines never argue about a slot.

    On SQLite all workers are on the one machine that holds the file.
    """
    if connection.vendor != "postgresql":
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (now,) = cursor.fetchone()
    return now
