"""How the acts of this area are written into the record: never a name, never somebody's words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from accounts.permissions import roles_of
from accounts.roles import Role
from inforequests.acts import ROLES_FOR, Act
from inforequests.enums import Verb
from inforequests.models import InformationRequest
from ledger.domain import PUBLIC_ACTOR, SYSTEM_ACTOR, record_event
from ledger.models import Entry

AREA: Final = "inforequests"
REQUEST: Final = "request"


def role_for(actor: Any, act: Act) -> str:
    """Return the role by which a person does an act."""
    held = roles_of(actor) & ROLES_FOR[act]
    return next(role.value for role in Role if role in held)


def record_act(
    verb: Verb,
    request: InformationRequest,
    *,
    actor: Any = None,
    act: Act | None = None,
    by_system: bool = False,
    at: datetime,
    facts: Mapping[str, Any] | None = None,
    private: Mapping[str, str] | None = None,
    public: bool = True,
) -> Entry:
    """Append an entry about a request; without an actor it was the requester, or the system itself.

    Of what is `private` the entry holds commitments.
    """
    role = role_for(actor, act) if actor is not None and act is not None else PUBLIC_ACTOR
    return record_event(
        verb=verb.value,
        area=AREA,
        subject_kind=REQUEST,
        subject_reference=request.tracking_number,
        actor_role=SYSTEM_ACTOR if by_system else role,
        facts=facts or {},
        private=private,
        at=at,
        public=public,
    )
