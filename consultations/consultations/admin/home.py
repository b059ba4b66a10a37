"""What waits for an official, on the first page of the admin."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from consultations.acts import Act
from consultations.enums import HandlingState
from consultations.models import Docket, OfficialResponse, Submission
from consultations.permissions import user_has_role_for
from design.desk.waiting import Waiting
from design.formats import date_of, format_number

_DUE_WITHIN: Final = timedelta(days=30)


def waiting_for(person: Any, at: datetime) -> list[Waiting]:
    """Return what waits for a person at an instant; what is empty is left out."""
    counts: list[tuple[Act, Callable[[int], str], QuerySet[Any], str, bool]] = [
        (Act.MARK_READ, _unread, Submission.objects.countable().unread(), _submissions("unread"), False),
        (Act.DECIDE_ADMISSIBILITY, _late, Submission.objects.undetermined(), _submissions("late"), True),
        (Act.PUBLISH_SUBMISSION, _held, Submission.objects.held(), _submissions("held"), False),
        (Act.PUBLISH_SUBMISSION, _pending, Submission.objects.pending(), _submissions("pending"), False),
        (Act.ANSWER_POINT, _unanswered, _open_to_answer(), _submissions("answers"), False),
        (Act.PUBLISH_RESPONSES, _drafted_answers, _answered_dockets(at), _dockets("deadline", "to_decide"), False),
        (Act.PUBLISH_DOCKET, _drafts, Docket.objects.drafts(), _dockets("state", "draft"), False),
        (Act.DRAFT_DECISION, _due, _due_dockets(at), _dockets("deadline", "to_decide"), False),
        (Act.PUBLISH_DECISION, _decisions, _drafted_decisions(), _dockets("deadline", "to_decide"), False),
        (
            Act.READ_FILE,
            _closing,
            Docket.objects.published().closing_soon(at),
            _dockets("deadline", "closing_soon"),
            False,
        ),
        (Act.READ_FILE, _overdue, Docket.objects.published().overdue(at), _dockets("deadline", "overdue"), True),
    ]
    found = []
    for act, words, queryset, url, is_pressing in counts:
        if not user_has_role_for(person, act):
            continue
        count = queryset.count()
        if count:
            found.append(Waiting(words(count), url, is_pressing))
    return found


def _submissions(waits_for: str) -> str:
    return f"{reverse('submissions:index')}?waits_for={waits_for}"


def _dockets(name: str, value: str) -> str:
    return f"{reverse('dockets:index')}?{name}={value}"


def _open_to_answer() -> QuerySet[Submission]:
    """Return the submissions with a point to answer, of consultations that are not discontinued."""
    return Submission.objects.countable().read().exclude(docket__handling_state=HandlingState.DISCONTINUED)


def _answered_dockets(at: datetime) -> QuerySet[Docket]:
    """Return the closed consultations with answers that are ready and not public."""
    answers = OfficialResponse.objects.unpublished().values("point__submission__docket")
    return Docket.objects.under_consideration(at).filter(pk__in=answers)


def _due_dockets(at: datetime) -> QuerySet[Docket]:
    """Return the closed consultations whose decision is expected within a month and not drafted."""
    soon = date_of(at) + _DUE_WITHIN
    collecting = Docket.objects.published().under_consideration(at).filter(handling_state=HandlingState.COLLECTING)
    return collecting.filter(decision_expected_by__lte=soon)


def _drafted_decisions() -> QuerySet[Docket]:
    return Docket.objects.filter(handling_state=HandlingState.DECISION_DRAFTED)


def _unread(count: int) -> str:
    return ngettext("%(count)s comment is unread.", "%(count)s comments are unread.", count) % _number(count)


def _late(count: int) -> str:
    return ngettext(
        "Of %(count)s late comment nobody has decided whether it counts.",
        "Of %(count)s late comments nobody has decided whether they count.",
        count,
    ) % _number(count)


def _held(count: int) -> str:
    return ngettext(
        "%(count)s comment is held and waits for a look.", "%(count)s comments are held and wait for a look.", count
    ) % _number(count)


def _pending(count: int) -> str:
    return ngettext(
        "%(count)s comment waits for a word on publication.",
        "%(count)s comments wait for a word on publication.",
        count,
    ) % _number(count)


def _unanswered(count: int) -> str:
    return ngettext(
        "%(count)s comment that was read has a point without an answer.",
        "%(count)s comments that were read have a point without an answer.",
        count,
    ) % _number(count)


def _drafted_answers(count: int) -> str:
    return ngettext(
        "In %(count)s closed consultation, answers are ready to be published.",
        "In %(count)s closed consultations, answers are ready to be published.",
        count,
    ) % _number(count)


def _drafts(count: int) -> str:
    return ngettext("%(count)s consultation is a draft.", "%(count)s consultations are drafts.", count) % _number(count)


def _due(count: int) -> str:
    return ngettext(
        "%(count)s decision is due within a month and not drafted.",
        "%(count)s decisions are due within a month and not drafted.",
        count,
    ) % _number(count)


def _decisions(count: int) -> str:
    return ngettext(
        "%(count)s decision is drafted and waits to be published.",
        "%(count)s decisions are drafted and wait to be published.",
        count,
    ) % _number(count)


def _closing(count: int) -> str:
    return ngettext(
        "%(count)s consultation closes within a week.", "%(count)s consultations close within a week.", count
    ) % _number(count)


def _overdue(count: int) -> str:
    return ngettext("%(count)s decision is overdue.", "%(count)s decisions are overdue.", count) % _number(count)


def _number(count: int) -> dict[str, str]:
    return {"count": format_number(count)}
