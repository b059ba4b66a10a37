"""Writing the learning record, and registering for a programme."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from learning.enums import Verb
from learning.folds import Fact
from learning.models import LearningRecord, Programme, Registration


def append_record(
    registration: Registration,
    object_key: str,
    verb: Verb,
    *,
    at: datetime,
    attempt: int = 0,
    result: Mapping[str, Any] | None = None,
    data_version: str = "",
) -> LearningRecord:
    """Append a line to the record; the same thing said again changes nothing, and the first line is returned."""
    record, _is_new = LearningRecord.objects.get_or_create(
        registration=registration,
        object_key=object_key,
        attempt=attempt,
        verb=verb,
        defaults={"at": at, "result": dict(result or {}), "data_version": data_version},
    )
    return record


@transaction.atomic
def register_learner(
    user: Any, programme: Programme, *, holder_name: str = "", at: datetime | None = None
) -> Registration:
    """Return the person's registration for a programme, made where there is none.

    Side effects, in order: the registration is stored, "registered" is recorded; a name that is given is kept for the
    certificate.
    """
    moment = at or timezone.now()
    registration, is_new = Registration.objects.get_or_create(
        user=user, programme=programme, defaults={"registered_at": moment, "holder_name": holder_name}
    )
    if is_new:
        append_record(registration, programme.object_key, Verb.REGISTERED, at=moment)
    elif holder_name and registration.holder_name != holder_name:
        registration.holder_name = holder_name
        registration.save(update_fields=["holder_name"])
    return registration


@transaction.atomic
def record_progress(
    registration: Registration, object_key: str, verb: Verb, *, at: datetime | None = None
) -> LearningRecord:
    """Record that a unit was read, or an exercise answered rightly; give the certificate, where it is due by that.

    Side effects, in order: the line is appended; those of `give_due_award`.
    """
    from learning.domain.awards import give_due_award  # noqa: PLC0415 -- awards append records through this module

    moment = at or timezone.now()
    record = append_record(registration, object_key, verb, at=moment)
    give_due_award(registration, at=moment)
    return record


@transaction.atomic
def claim_progress(registration: Registration, facts: Iterable[Fact], *, at: datetime | None = None) -> int:
    """Add what a browser remembered to the record; return how many lines are new. Side effects as above."""
    from learning.domain.awards import give_due_award  # noqa: PLC0415 -- as above

    moment = at or timezone.now()
    before = registration.records.count()
    for fact in facts:
        append_record(registration, fact.object_key, Verb(fact.verb), at=moment, result={"claimed": True})
    give_due_award(registration, at=moment)
    return registration.records.count() - before
