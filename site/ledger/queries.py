"""What pages and interface read of the record."""

from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, datetime, time, timedelta

from design.formats import authority_zone
from ledger.models import Checkpoint, Entry, Opening
from ledger.models.entries import EntryQuerySet
from tracking.numbers import InvalidTrackingNumber, normalise_tracking_number


@dataclass(frozen=True)
class RecordCounts:
    """How much stands in the record: of how many entries only a hash is public, and how many are sealed."""

    entries: int
    not_public: int
    sealed: int


def record_counts() -> RecordCounts:
    """Return how much stands in the record; three queries."""
    newest = Checkpoint.objects.order_by("-size").values_list("size", flat=True).first()
    return RecordCounts(entries=Entry.objects.count(), not_public=Entry.objects.private().count(), sealed=newest or 0)


def entries_matching(*, area: str = "", verb: str = "", reference: str = "", day: date | None = None) -> EntryQuerySet:
    """Return the public entries of an area, an act, a subject and a day in the authority's zone, newest first."""
    entries = Entry.objects.public().select_related("leaf").order_by("-pk")
    if "\x00" in area + verb + reference:  # stands in no text of the record, and PostgreSQL cannot be asked for it
        return entries.none()
    if area:
        entries = entries.filter(area=area)
    if verb:
        entries = entries.filter(verb=verb)
    if reference:
        entries = entries.filter(subject_reference__in={reference, _as_given_out(reference)})
    if day is not None:
        if day.year in {MINYEAR, MAXYEAR}:  # whose ends lie beyond what a clock can say
            return entries.none()
        begins = datetime.combine(day, time.min, tzinfo=authority_zone())
        ends = datetime.combine(day + timedelta(days=1), time.min, tzinfo=authority_zone())
        entries = entries.filter(instant__gte=begins, instant__lt=ends)
    return entries


def first_checkpoint_with(position: int) -> Checkpoint | None:
    """Return the checkpoint that sealed a position; one query."""
    return Checkpoint.objects.filter(size__gt=position).order_by("size").first()


def openable_names(entry: Entry) -> set[str]:
    """Return the names of an entry's commitments whose salts are still there; one query."""
    return set(Opening.objects.filter(entry=entry).values_list("name", flat=True))


def _as_given_out(reference: str) -> str:
    """Return a tracking number as it was given out, however it was typed; anything else in capitals, with dashes."""
    try:
        return normalise_tracking_number(reference)
    except InvalidTrackingNumber:
        return "-".join(reference.upper().split())
