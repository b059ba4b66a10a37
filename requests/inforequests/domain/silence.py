"""Silence as a dated fact: told at the legal instant, whenever the job runs."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from inforequests.domain.letters import Letter, write_letter
from inforequests.domain.records import record_act
from inforequests.domain.stored import locked
from inforequests.enums import Limb, Timeliness, Verb
from inforequests.models import InformationRequest, Remedy
from jobs.rounds import Round


@transaction.atomic
def record_silence(request: InformationRequest, *, at: datetime | None = None) -> Remedy | None:
    """Record that the last day passed without a complete answer; return the way to a review that it opened.

    None where that is not so, or is recorded already. What the page says never waits for this: it asks the clock.

    Side effects, in order: the way to a review is stored and the record gets a public entry, both dated at the first
    instant after the last day, however late this runs; the requester is told the ways to a review.
    """
    moment = at or timezone.now()
    request = locked(request)
    clock = request.clock
    if not request.is_open or clock is None or clock.timeliness(moment) is not Timeliness.IGNORED:
        return None
    since = clock.overdue_since
    if request.remedies.filter(limb=Limb.IGNORED, opened_at=since).exists():
        return None
    remedy = Remedy.objects.create(request=request, limb=Limb.IGNORED, opened_at=since)
    unanswered = [item.number for item in request.unanswered_items]
    facts = {"last_day": clock.last_day.isoformat(), "clock": clock.kind, "unanswered": unanswered}
    record_act(Verb.DUE_PASSED, request, by_system=True, at=since, facts=facts)
    write_letter(
        Letter.NOT_IN_TIME, request, at=moment, once_for=clock.pk, is_in_part=len(unanswered) < len(request.items.all())
    )
    return remedy


def record_silences(*, at: datetime | None = None) -> int:
    """Record every silence that nobody has recorded yet, each in a transaction of its own; return how many.

    RoundError at the end, where some could not be recorded: they keep no other requester from her way to a review.
    """
    moment = at or timezone.now()
    overdue = InformationRequest.objects.ignored(moment).order_by("pk").iterator(chunk_size=500)
    with Round("Silence") as the_round:
        return the_round.over(
            overdue,
            lambda request: record_silence(request, at=moment) is not None,
            name=lambda request: f"request {request.pk}",
        )
