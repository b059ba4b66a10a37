"""Which entries of the register a question is about, so that one can be named where its value is kept back."""

from collections.abc import Mapping
from itertools import chain
from typing import Any, Final

from django.utils.translation import gettext as _

from design.phrases import labelled
from inforequests.models import RequestItem
from register.models import PollutantTransfer, Release, WasteTransfer
from register.models.entries import Entry

_MOST: Final = 2_000  # of each kind: more than any facility reports in thirty years; the newest come first


def entries_for(item: RequestItem) -> Mapping[str, Entry]:
    """Return the newest entries of the question's facility, of its pollutant where it names one, by kind and key.

    Empty where the question names no facility: then nobody can tell which entry is meant.
    """
    if item.facility is None:
        return {}
    of_pollutant: dict[str, Any] = {"pollutant": item.pollutant} if item.pollutant else {}
    releases = Release.objects.current().filter(facility=item.facility, **of_pollutant)
    transfers = PollutantTransfer.objects.current().filter(facility=item.facility, **of_pollutant)
    wastes = WasteTransfer.objects.current().filter(facility=item.facility)
    found = chain(
        releases.select_related("facility", "pollutant", "withheld")[:_MOST],
        transfers.select_related("facility", "pollutant", "withheld")[:_MOST],
        [] if item.pollutant else wastes.select_related("facility", "withheld")[:_MOST],
    )
    return {f"{entry.load_kind}:{entry.entry_key}": entry for entry in found}  # type: ignore[attr-defined]  # all have one


def entry_choices(entries: Mapping[str, Entry]) -> list[tuple[str, str]]:
    """Return the entries as choices, after the choice of none."""
    named = [(key, labelled(entry._meta.verbose_name, entry)) for key, entry in entries.items()]
    return [("", _("No entry of the register is about this.")), *named]


def entry_named(entries: Mapping[str, Entry], key: str) -> Entry | None:
    """Return the chosen entry, if one was chosen."""
    return entries.get(key)
