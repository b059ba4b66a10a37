"""Taking an assessment: beginning a try, keeping answers, handing in."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from design.formats import format_instant
from learning.domain.awards import facts_of, give_due_award
from learning.domain.progress import append_record
from learning.enums import Verb
from learning.folds import Score, next_try_at
from learning.models import Attempt, Item, Programme, Registration
from learning.papers import draw_paper, score_paper
from learning.questions import FrozenItem, Reply, freeze
from learning.refusals import NothingToAskError, TooEarlyError, WrongStateError
from learning.rules import rule_of
from register.queries.versions import data_version


def paper_of(attempt: Attempt) -> list[FrozenItem]:
    """Return the questions of an attempt as they were asked."""
    return [FrozenItem.from_json(plain) for plain in attempt.paper]


@transaction.atomic
def start_attempt(registration: Registration, *, at: datetime | None = None) -> Attempt:
    """Return the try that is under way, or begin a new one.

    Side effects, in order: the paper is drawn, frozen and stored; "launched" is recorded. Raises TooEarlyError before
    the waiting time is over, and NothingToAskError where the pool has no question that can be asked.
    """
    moment = at or timezone.now()
    registration = Registration.objects.select_for_update().select_related("programme").get(pk=registration.pk)
    under_way = registration.attempts.under_way().first()
    if under_way is not None:
        return under_way
    programme = Programme.objects.with_structure().get(pk=registration.programme_id)
    until = next_try_at(rule_of(programme), facts_of(registration))
    if until is not None and moment < until:
        raise TooEarlyError(until, _("You can try again from %(instant)s.") % {"instant": format_instant(until)})
    number = registration.attempts.count() + 1
    pool = [freeze(item) for item in Item.objects.whole().for_assessment().filter(programme=programme)]
    paper = draw_paper(pool, programme.questions_drawn, key=registration.paper_key, attempt=number)
    if not paper:
        raise NothingToAskError(_("This programme has no questions yet. Please come back later."))
    version = data_version().label
    attempt = Attempt.objects.create(
        registration=registration,
        number=number,
        paper=[item.to_json() for item in paper],
        data_version=version,
        started_at=moment,
    )
    append_record(registration, programme.object_key, Verb.LAUNCHED, at=moment, attempt=number, data_version=version)
    return attempt


@transaction.atomic
def save_answer(attempt: Attempt, number: int, reply: Reply) -> Attempt:
    """Keep the answer to one question of a try that is under way, in place of an earlier one.

    Raises WrongStateError where the try was handed in already.
    """
    attempt = Attempt.objects.select_for_update().get(pk=attempt.pk)
    if attempt.submitted_at is not None:
        raise WrongStateError(_("This assessment was handed in already: its answers cannot be changed any more."))
    attempt.answers = {**attempt.answers, str(number): reply.to_json()}
    attempt.save(update_fields=["answers"])
    return attempt


@transaction.atomic
def hand_in(attempt: Attempt, *, language: str, at: datetime | None = None) -> Attempt:
    """Score a try and hand it in; a second click changes nothing.

    Side effects, in order: the try is closed; every answer is recorded as right or not; "passed" or "failed" is
    recorded with the score; those of `give_due_award`.
    """
    moment = at or timezone.now()
    attempt = Attempt.objects.select_for_update().select_related("registration__programme").get(pk=attempt.pk)
    if attempt.submitted_at is not None:
        return attempt
    attempt.submitted_at = moment
    attempt.save(update_fields=["submitted_at"])
    registration, programme = attempt.registration, attempt.registration.programme
    paper = paper_of(attempt)
    score, marks = score_paper(paper, attempt.answers)
    for item, is_right in zip(paper, marks, strict=True):
        append_record(
            registration,
            item.object_key,
            Verb.ANSWERED,
            at=moment,
            attempt=attempt.number,
            result={"right": is_right},
            data_version=attempt.data_version,
        )
    append_record(
        registration,
        programme.object_key,
        Verb.PASSED if score.passes(programme.pass_percent) else Verb.FAILED,
        at=moment,
        attempt=attempt.number,
        result={"right": score.right, "of": score.of},
        data_version=attempt.data_version,
    )
    give_due_award(registration, language=language, at=moment)
    return attempt


def score_of(attempt: Attempt) -> tuple[Score, list[bool]]:
    """Return the score of a try, from its frozen paper and its answers."""
    return score_paper(paper_of(attempt), attempt.answers)
