"""Everything the demonstration did stands in the public record in words, not in names of columns or codes."""

from datetime import datetime

import pytest
from django.utils import translation

from design.languages import CODES
from ledger import labels
from ledger.leaves import BLIND
from ledger.models import Entry

pytestmark = pytest.mark.any_database


def untold(entry: Entry) -> set[str]:
    """What the entry's area gave no words for."""
    own = labels.areas()[entry.area]
    named = {
        "verb": [entry.verb],
        "subject": [entry.subject_kind],
        "fact": entry.facts,
        "commitment": entry.commitments,
    }
    has_words = {"verb": own.verbs, "subject": own.subjects, "fact": own.facts, "commitment": own.commitments}
    return {
        f"{entry.area}: {kind} {name}"
        for kind, names in named.items()
        for name in names
        if name != BLIND and not {name, name.rpartition("-")[0]} & set(has_words[kind])
    }


def test_every_public_entry_is_told_in_words(built: datetime) -> None:
    assert set().union(*map(untold, Entry.objects.public())) == set()


@pytest.mark.parametrize("code", CODES)
def test_no_value_of_a_fact_is_a_code(built: datetime, code: str) -> None:
    with translation.override(code):
        told = {value for entry in Entry.objects.public() for _label, value in labels.facts_in_words(entry)}
    assert {value for value in told if value in {"protocol-11-2", "national", "jpeg", "pdf", "web"}} == set()
