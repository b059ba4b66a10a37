"""The record of a whole demonstration, every way walked to its end: whole, and in nobody's words."""

from datetime import datetime

import pytest

from ledger.models import Entry
from tests.ledger.acts import misfits

pytestmark = pytest.mark.django_db


def test_no_fact_of_any_entry_holds_what_somebody_wrote(built: datetime) -> None:
    entries = list(Entry.objects.all())
    areas = {"consultations", "inforequests", "learning", "register"}
    assert {entry.area for entry in entries} >= areas
    assert misfits(entries) == []
