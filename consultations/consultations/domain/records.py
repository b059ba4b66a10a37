"""How the acts of this area are written into the record: never a name, never somebody's words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from accounts.permissions import roles_of
from accounts.roles import Role
from consultations.acts import ROLES_FOR, Act
from consultations.enums import Verb
from consultations.models import Docket, Submission
from ledger.domain import PUBLIC_ACTOR, record_event
from ledger.models import Entry

AREA: Final = "consultations"
DOCKET: Final = "docket"
SUBMISSION: Final = "submission"


def role_for(actor: Any, act: Act) -> str:
    """Return the role by which a person does an act."""
    held = roles_of(actor) & ROLES_FOR[act]
    return next(role.value for role in Role if role in held)


def record_about_docket(
    verb: Verb,
    docket: Docket,
    *,
    actor: Any,
    act: Act,
    at: datetime,
    facts: Mapping[str, Any],
    private: Mapping[str, str] | None = None,
    public: bool = True,
) -> Entry:
    """Append an entry about a docket; of what is `private` it holds commitments."""
    return record_event(
        verb=verb.value,
        area=AREA,
        subject_kind=DOCKET,
        subject_reference=docket.reference,
        actor_role=role_for(actor, act),
        facts=facts,
        private=private,
        at=at,
        public=public,
    )


def record_about_submission(
    verb: Verb,
    submission: Submission,
    *,
    actor: Any = None,
    act: Act | None = None,
    at: datetime,
    facts: Mapping[str, Any],
    private: Mapping[str, str] | None = None,
    public: bool = True,
) -> Entry:
    """Append an entry about a submission; without an actor it was the public."""
    return record_event(
        verb=verb.value,
        area=AREA,
        subject_kind=SUBMISSION,
        subject_reference=submission.tracking_number,
        actor_role=role_for(actor, act) if act else PUBLIC_ACTOR,
        facts={"docket": submission.docket.reference, **facts},
        private=private,
        at=at,
        public=public,
    )
