"""Who may do what with a consultation: views, templates, the admin, the API and the domain functions all ask here.

Each function asks two things: has the person a role for the act, and has the act a place in the present state. The
tables are in `acts.py`.
"""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from accounts.permissions import has_role, user_only_reads
from consultations.acts import DOCKET_RULES, ROLES_FOR, SUBMISSION_RULES, Act
from consultations.models import Docket, Point, Submission
from consultations.refusals import WrongStateError

_ACTS_OF_PUBLICATION = frozenset({Act.PUBLISH_SUBMISSION, Act.RELEASE_FILE})  # never against the submitter's wish


def user_has_role_for(user: Any, act: Act) -> bool:
    """Return whether the person has a role for an act, whatever the state of its subject."""
    return has_role(user, *ROLES_FOR[act])


def docket_allows(act: Act, docket: Docket, at: datetime | None = None) -> bool:
    """Return whether an act has a place in the state a docket is in at an instant."""
    rule = DOCKET_RULES.get(act)
    return rule is None or rule.allows(docket.editorial_state, docket.handling_state, docket.time_state(at))


def submission_allows(act: Act, submission: Submission) -> bool:
    """Return whether an act has a place in the state a submission is in."""
    rule = SUBMISSION_RULES.get(act)
    if act is Act.MARK_READ and submission.read_at:
        return False
    if act in _ACTS_OF_PUBLICATION and not submission.wants_publication:
        return False
    return rule is None or rule.allows(submission.state, submission.publication_state)


def require(act: Act, user: Any, docket: Docket | None = None, at: datetime | None = None) -> None:
    """Insist that a person may do an act now.

    Raises PermissionDenied where the role is missing, and WrongStateError with a sentence where the state is wrong.
    """
    if not user_has_role_for(user, act):
        raise PermissionDenied(_("Your role does not allow this: %(act)s.") % {"act": act.label})
    if docket is not None and not docket_allows(act, docket, at):
        raise WrongStateError(DOCKET_RULES[act].refusal)


def require_for_submission(act: Act, user: Any, submission: Submission, at: datetime | None = None) -> None:
    """Insist that a person may do an act on a submission now; raises as `require` does."""
    require(act, user, submission.docket, at)
    if act in _ACTS_OF_PUBLICATION and not submission.wants_publication:
        raise WrongStateError(_("The submitter asked for this comment not to be published."))
    if not submission_allows(act, submission):
        raise WrongStateError(SUBMISSION_RULES[act].refusal)


def _can(act: Act, user: Any, docket: Docket | None, at: datetime | None) -> bool:
    return user_has_role_for(user, act) and (docket is None or docket_allows(act, docket, at))


def _can_for(act: Act, user: Any, submission: Submission, at: datetime | None) -> bool:
    return _can(act, user, submission.docket, at) and submission_allows(act, submission)


def user_can_read_file(user: Any, docket: Docket | None = None) -> bool:
    """Return whether the person may read drafts, submissions and everything else in the file."""
    return _can(Act.READ_FILE, user, docket, None)


def user_can_see_submitter(user: Any) -> bool:
    """Return whether the person may see who sent a comment where the public may not: handlers of comments, auditors."""
    handles = user_has_role_for(user, Act.MARK_READ) or user_has_role_for(user, Act.PUBLISH_SUBMISSION)
    return handles or user_only_reads(user)


def user_can_create_docket(user: Any) -> bool:
    """Return whether the person may open the file of a new consultation."""
    return _can(Act.CREATE_DOCKET, user, None, None)


def user_can_change_docket(user: Any, docket: Docket, at: datetime | None = None) -> bool:
    """Return whether the person may change the file; whether its proposal may still change is another question."""
    return _can(Act.CHANGE_DOCKET, user, docket, at)


def user_can_plan_period(user: Any, docket: Docket, at: datetime | None = None) -> bool:
    """Return whether the person may set the first period."""
    return _can(Act.PLAN_PERIOD, user, docket, at)


def user_can_publish_docket(user: Any, docket: Docket, at: datetime | None = None) -> bool:
    """Return whether the person may publish the consultation (if nothing is missing)."""
    return _can(Act.PUBLISH_DOCKET, user, docket, at)


def user_can_extend_period(user: Any, docket: Docket, at: datetime | None = None) -> bool:
    """Return whether the person may extend the period."""
    return _can(Act.EXTEND_PERIOD, user, docket, at)


def user_can_reopen_docket(user: Any, docket: Docket, at: datetime | None = None) -> bool:
    """Return whether the person may re-open the consultation."""
    return _can(Act.REOPEN_DOCKET, user, docket, at)


def user_can_discontinue_docket(user: Any, docket: Docket, at: datetime | None = None) -> bool:
    """Return whether the person may end the consultation without a decision."""
    return _can(Act.DISCONTINUE_DOCKET, user, docket, at)


def user_can_record_submission(user: Any, docket: Docket, at: datetime | None = None) -> bool:
    """Return whether the person may enter a comment that came by post, e-mail or at a hearing."""
    return _can(Act.RECORD_SUBMISSION, user, docket, at)


def user_can_decide_admissibility(user: Any, submission: Submission, at: datetime | None = None) -> bool:
    """Return whether the person may decide whether a late comment counts."""
    return _can_for(Act.DECIDE_ADMISSIBILITY, user, submission, at)


def user_can_publish_submission(user: Any, submission: Submission, at: datetime | None = None) -> bool:
    """Return whether the person may publish the comment; never where the submitter does not want it."""
    return _can_for(Act.PUBLISH_SUBMISSION, user, submission, at)


def user_can_withhold_submission(user: Any, submission: Submission, at: datetime | None = None) -> bool:
    """Return whether the person may withhold the comment from publication, with a reason."""
    return _can_for(Act.WITHHOLD_SUBMISSION, user, submission, at)


def user_can_release_file(user: Any, submission: Submission, at: datetime | None = None) -> bool:
    """Return whether the person may make a file public that came with the comment."""
    return _can_for(Act.RELEASE_FILE, user, submission, at)


def user_can_withdraw_file(user: Any, submission: Submission, at: datetime | None = None) -> bool:
    """Return whether the person may take back from the public a file that came with the comment."""
    return _can_for(Act.WITHDRAW_FILE, user, submission, at)


def user_can_mark_read(user: Any, submission: Submission, at: datetime | None = None) -> bool:
    """Return whether the person may say that the comment was read."""
    return _can_for(Act.MARK_READ, user, submission, at)


def user_can_add_point(user: Any, submission: Submission, at: datetime | None = None) -> bool:
    """Return whether the person may single out a passage as a point of its own."""
    return _can_for(Act.ADD_POINT, user, submission, at)


def user_can_answer_point(user: Any, point: Point, at: datetime | None = None) -> bool:
    """Return whether the person may answer the point; a published answer stays as it is."""
    return _can_for(Act.ANSWER_POINT, user, point.submission, at) and point.public_answer is None


def user_can_publish_responses(user: Any, docket: Docket, at: datetime | None = None) -> bool:
    """Return whether the person may publish the answers that are ready."""
    return _can(Act.PUBLISH_RESPONSES, user, docket, at)


def user_can_draft_decision(user: Any, docket: Docket, at: datetime | None = None) -> bool:
    """Return whether the person may draft the decision."""
    return _can(Act.DRAFT_DECISION, user, docket, at)


def user_can_publish_decision(user: Any, docket: Docket, at: datetime | None = None) -> bool:
    """Return whether the person may publish the decision (if every point is covered)."""
    return _can(Act.PUBLISH_DECISION, user, docket, at)
