"""Builds learning: the programmes, and a few people who have come some way in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from accounts.models import User
from accounts.roles import Role
from demonstration.letters import keep_letters_about
from demonstration.marks import marking
from demonstration.people import LEARNERS
from demonstration.stages.context import Building
from learning import domain
from learning.enums import Verb
from learning.loading import load_programmes
from learning.models import Award, Programme, Registration
from learning.questions import FrozenItem, Reply
from learning.rules import unit_key

_READ: Final = "read-a-register-in-20-minutes"
_COMMENT: Final = "comment-so-that-it-counts"
_ANSWER: Final = "answer-within-a-month"
_EVERYTHING: Final = 99


@dataclass(frozen=True)
class Way:
    """How far somebody has come: units read, and each try with its day and how many answers were wrong."""

    person: int
    programme: str
    units: int
    began: int
    tries: tuple[tuple[int, int], ...] = ()
    revoked: int = 0


# People by their place in LEARNERS; days are counted from today. Noémie, with whom one signs in, has begun to read.
_WAYS: Final = (
    Way(0, _COMMENT, units=2, began=-3),
    Way(1, _READ, units=_EVERYTHING, began=-420, tries=((-400, 0), (-30, 0))),
    Way(2, _READ, units=_EVERYTHING, began=-90, tries=((-80, 1),), revoked=-40),
    Way(2, _COMMENT, units=3, began=-20, tries=((-15, _EVERYTHING),)),
    Way(3, _ANSWER, units=_EVERYTHING, began=-60, tries=((-55, _EVERYTHING), (-50, 1))),
)
_REASON: Final = "Выдано на имя другого лица: владелец сообщил, что вопросы отвечал его коллега."


def build_learning(building: Building) -> str:
    """Load the programmes and let people go their ways; return how many there are.

    Side effects, in order: those of `load_programmes`, and of each act of each person on its day; letters of the past
    are kept.
    """
    with marking(building.build):
        planted = load_programmes(actor=building.people[Role.EDITOR])
        people = _learners()
        for way in _WAYS:
            _go(building, way, people[way.person])
        subjects = [f"certificate:{code}" for code in Award.objects.values_list("code", flat=True)]
        keep_letters_about(subjects, building.build)
    return f"{planted.programmes} programmes, {planted.items} questions, {len(_WAYS)} registrations"


def _learners() -> Sequence[User]:
    found = {user.email: user for user in User.objects.filter(email__in=[one.email for one in LEARNERS])}
    return [found[one.email] for one in LEARNERS]


def _go(building: Building, way: Way, person: User) -> None:
    """Let somebody register, read, try, and lose a certificate again, each on its day."""
    programme = Programme.objects.with_structure().get(slug=way.programme)
    name = person.get_full_name()
    registration = domain.register_learner(person, programme, holder_name=name, at=building.moment(way.began))
    for place, unit in enumerate(programme.ordered_units[: way.units]):
        read_at = building.moment(way.began, 9, 10) + timedelta(minutes=5 * place)
        domain.record_progress(registration, unit_key(programme, unit.slug), Verb.COMPLETED, at=read_at)
    for day, wrong in way.tries:
        _try(registration, person, building.moment(day, 14), wrong)
    if way.revoked:
        award = Award.objects.get(registration=registration)
        administrator = building.people[Role.ADMINISTRATOR]
        domain.revoke_award(award, actor=administrator, reason=_REASON, at=building.moment(way.revoked))


def _try(registration: Registration, person: User, at: datetime, wrong: int) -> None:
    """Take the assessment on a day, with some answers wrong."""
    attempt = domain.start_attempt(registration, at=at)
    for number, item in enumerate(domain.paper_of(attempt), start=1):
        attempt = domain.save_answer(attempt, number, _reply(item, is_right=number > wrong, language=person.language))
    domain.hand_in(attempt, language=person.language, at=at + timedelta(minutes=12))


def _reply(item: FrozenItem, *, is_right: bool, language: str) -> Reply:
    """Return an answer that is right, or one that is not."""
    if item.options:
        chosen = [option.key for option in item.options if option.is_correct == is_right]
        return Reply(chosen=tuple(chosen[:1] if not is_right else chosen), language=language)
    answer = item.answer or 0
    return Reply(text=f"{answer if is_right else answer * 3 + 7:f}", language="en")
