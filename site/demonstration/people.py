"""Who signs in to the demonstration: one person for each role, and learners. The passwords are public by intent."""

from copy import copy
from dataclasses import dataclass
from typing import Final

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import get_hasher
from django.db import transaction

from accounts.domain import give_role
from accounts.models import User
from accounts.roles import Role
from demonstration.party import DOMAIN

# Whoever reads this file knows the passwords: making guesses slow would only make building slow. Signing in with one
# hashes it anew at full strength.
_ITERATIONS: Final = 1000
PEOPLES_DOMAIN: Final = "post.velmaria.example"


@dataclass(frozen=True)
class SignIn:
    """A person of the demonstration and what it takes to sign in as them."""

    role: Role
    first_name: str
    last_name: str
    password: str
    language: str = "en"

    @property
    def email(self) -> str:
        """The address to sign in with; mail to it is kept and not sent."""
        return f"{self.first_name.lower()}@{DOMAIN}"

    @property
    def name(self) -> str:
        """The name that colleagues know."""
        return f"{self.first_name} {self.last_name}"


SIGN_INS: Final = (
    SignIn(Role.EDITOR, "Edda", "Solheim", "clear-words-for-everybody"),
    SignIn(Role.CASE_OFFICER, "Casimir", "Lund", "every-point-gets-an-answer"),
    SignIn(Role.DECISION_MAKER, "Dagny", "Vestergard", "decisions-with-their-reasons"),
    SignIn(Role.FACILITATOR, "Fadey", "Morozov", "room-for-every-opinion", "ru"),
    SignIn(Role.REVIEWER, "Renske", "Adler", "independent-and-impartial"),
    SignIn(Role.AUDITOR, "Audun", "Brandt", "reads-all-changes-nothing", "fr"),
    SignIn(Role.ADMINISTRATOR, "Adela", "Korin", "keys-to-the-whole-house"),
)


@dataclass(frozen=True)
class Learner:
    """Somebody without a role who learns; one can sign in as those who have a password."""

    first_name: str
    last_name: str
    login: str
    language: str
    password: str = ""

    @property
    def email(self) -> str:
        """The address to sign in with; mail to it is kept and not sent."""
        return f"{self.login}@{PEOPLES_DOMAIN}"

    @property
    def name(self) -> str:
        """The name on certificates."""
        return f"{self.first_name} {self.last_name}"


LEARNERS: Final = (
    Learner("Noémie", "Garnier", "noemie", "fr", "reads-before-she-comments"),
    Learner("Mirela", "Oster", "mirela", "en"),
    Learner("Павел", "Соколов", "pavel", "ru"),
    Learner("Jonas", "Ekdahl", "jonas", "en"),
)


@transaction.atomic
def make_people() -> dict[Role, User]:
    """Make an account for every role, with a confirmed address; return them by role.

    Side effects, in order: the person is stored with the public password, the address is stored as confirmed, the role
    is given (and logged). Learners are made in the same way, without a role.
    """
    people: dict[Role, User] = {}
    for sign_in in SIGN_INS:
        person = User.objects.create_user(
            sign_in.email,
            first_name=sign_in.first_name,
            last_name=sign_in.last_name,
            language=sign_in.language,
        )
        person.password = _hashed_quickly(sign_in.password)
        person.save()
        EmailAddress.objects.create(user=person, email=sign_in.email, verified=True, primary=True)
        give_role(person, sign_in.role, actor=None)
        people[sign_in.role] = person
    for learner in LEARNERS:
        _make_learner(learner)
    return people


def _make_learner(learner: Learner) -> None:
    person = User.objects.create_user(
        learner.email, first_name=learner.first_name, last_name=learner.last_name, language=learner.language
    )
    if learner.password:
        person.password = _hashed_quickly(learner.password)
        person.save()
    EmailAddress.objects.create(user=person, email=learner.email, verified=True, primary=True)


def _hashed_quickly(password: str) -> str:
    hasher = copy(get_hasher())
    hasher.iterations = _ITERATIONS  # type: ignore[attr-defined]  # those that have no iterations do not look
    return hasher.encode(password, hasher.salt())


def people_by_role() -> dict[Role, User]:
    """Return the people of the demonstration by role."""
    found = {person.email: person for person in User.objects.filter(email__in=[one.email for one in SIGN_INS])}
    return {one.role: found[one.email] for one in SIGN_INS}
