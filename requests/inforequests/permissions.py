"""Who may do what with a request: views, templates, the admin, the API and the domain functions all ask here.

Each function asks two things: has the person a role for the act (or, for a requester, the access key), and has the act
a place in the present stage. The tables are in `acts.py`.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from accounts.permissions import has_role, user_only_reads
from inforequests.acts import ROLES_FOR, STAGE_RULES, Act
from inforequests.enums import KEEPING_BACK, AnswerPrivacy
from inforequests.models import DeadlineRule, Decision, InformationRequest, RequestItem, ReviewCase, Withholding
from inforequests.refusals import NotYoursError, WrongStateError
from tracking.numbers import secret_opens


def user_has_role_for(user: Any, act: Act) -> bool:
    """Return whether the person has a role for an act, whatever the stage of its subject."""
    return has_role(user, *ROLES_FOR.get(act, ()))


def request_allows(act: Act, request: InformationRequest) -> bool:
    """Return whether an act has a place in the stage a request is in."""
    rule = STAGE_RULES.get(act)
    return rule is None or rule.allows(request.stage)


def require(act: Act, user: Any, request: InformationRequest | None = None) -> None:
    """Insist that a person may do an act now.

    Raises PermissionDenied where the role is missing, and WrongStateError with a sentence where the stage is wrong.
    """
    if not user_has_role_for(user, act):
        raise PermissionDenied(_("Your role does not allow this: %(act)s.") % {"act": act.label})
    if request is not None and not request_allows(act, request):
        raise WrongStateError(STAGE_RULES[act].refusal)


def require_requester(act: Act, key: str, request: InformationRequest) -> None:
    """Insist that whoever acts has the access key of the request, and that the act has a place now.

    Raises NotYoursError without the right key, and WrongStateError with a sentence where the stage is wrong.
    """
    if not requester_holds(key, request):
        raise NotYoursError(_("Only who sent this request can do this. Give its access key first."))
    if not request_allows(act, request):
        raise WrongStateError(STAGE_RULES[act].refusal)


def require_reviewer(act: Act, user: Any, case: ReviewCase) -> None:
    """Insist that a person is a reviewer of the body that has the case, and that the case is not decided.

    Raises PermissionDenied for everybody else, and WrongStateError with a sentence for a decided case.
    """
    if not user_can_read_case(user, case):
        raise PermissionDenied(_("Only members of the body that has this case can do this."))
    if act is not Act.READ_CASE and not case.is_open:
        raise WrongStateError(_("This review is decided: it stands as it is."))


def requester_holds(key: str, request: InformationRequest) -> bool:
    """Return whether an access key is the one of a request."""
    return secret_opens(key, request.tracking_number, request.secret_digest)


def _can(act: Act, user: Any, request: InformationRequest | None) -> bool:
    return user_has_role_for(user, act) and (request is None or request_allows(act, request))


def user_can_read_requests(user: Any) -> bool:
    """Return whether the person may read the requests of everybody, with what was drafted; a reviewer may not."""
    return _can(Act.READ_REQUESTS, user, None)


def user_can_read_rules(user: Any) -> bool:
    """Return whether the person may read who reviews, on which grounds something is kept back, and the time limits."""
    return _can(Act.READ_RULES, user, None)


def user_can_set_rules(user: Any) -> bool:
    """Return whether the person may enter review bodies, national provisions, time limits and holidays."""
    return _can(Act.SET_RULES, user, None)


def user_can_change_deadline_rule(user: Any, rule: DeadlineRule) -> bool:
    """Return whether the person may change a rule on time limits; nobody changes the Protocol's own."""
    return user_can_set_rules(user) and not rule.is_protocols


def user_can_see_requester(user: Any) -> bool:
    """Return whether the person may see who asked: whoever handles requests, and auditors; deciding needs no name."""
    return user_has_role_for(user, Act.WRITE_MESSAGE) or user_only_reads(user)


def user_can_record_request(user: Any) -> bool:
    """Return whether the person may enter a request that came by e-mail, post, telephone or in person."""
    return _can(Act.RECORD_REQUEST, user, None)


def user_can_acknowledge(user: Any, request: InformationRequest) -> bool:
    """Return whether the person may acknowledge the request."""
    return _can(Act.ACKNOWLEDGE, user, request)


def user_can_write_message(user: Any, request: InformationRequest) -> bool:
    """Return whether the person may write to the requester."""
    return _can(Act.WRITE_MESSAGE, user, request)


def user_can_answer_item(user: Any, item: RequestItem) -> bool:
    """Return whether the person may draft the answer to a question, or change the draft; a sent one stays as it is."""
    return _can(Act.ANSWER_ITEM, user, item.request) and item.answered_at is None


def user_can_withhold_item(user: Any, item: RequestItem) -> bool:
    """Return whether the person may draft that something asked is kept back."""
    kept_back = item.answer is not None and item.disposition in KEEPING_BACK
    return _can(Act.WITHHOLD_ITEM, user, item.request) and item.answered_at is None and kept_back


def user_can_mark_ready(user: Any, request: InformationRequest) -> bool:
    """Return whether the person may mark the answer as ready (if nothing is missing)."""
    return _can(Act.MARK_READY, user, request)


def act_of_sending(decision: Decision) -> Act:
    """Return which act it is to send a decision: one that keeps something back is for a decision-maker."""
    kept_back = any(answer.disposition in KEEPING_BACK for answer in decision.answers.all())
    return Act.SEND_REFUSAL if kept_back else Act.SEND_ANSWER


def user_can_send_decision(user: Any, decision: Decision) -> bool:
    """Return whether the person may send an answer that is ready."""
    return decision.sent_at is None and _can(act_of_sending(decision), user, decision.request)


def user_can_lift_withholding(user: Any, withholding: Withholding) -> bool:
    """Return whether the person may disclose what was kept back and the requester was told so."""
    request = withholding.answer.item.request
    return _can(Act.LIFT_WITHHOLDING, user, request) and withholding.answer.is_sent and not withholding.is_lifted


def user_can_disclose(user: Any, request: InformationRequest) -> bool:
    """Return whether the person may publish question and answer; never where the requester does not want it."""
    wanted = request.privacy == AnswerPrivacy.PUBLIC and getattr(request, "disclosure", None) is None
    return _can(Act.DISCLOSE, user, request) and wanted


def user_can_conceal(user: Any, request: InformationRequest) -> bool:
    """Return whether the person may take question and answer from the disclosure log."""
    return _can(Act.CONCEAL, user, None) and getattr(request, "disclosure", None) is not None


def user_can_read_case(user: Any, case: ReviewCase) -> bool:
    """Return whether the person is a reviewer of the body that has the case: that case and no other is open to them."""
    return user_has_role_for(user, Act.READ_CASE) and case.body.members.filter(pk=user.pk).exists()


def user_can_record_review_stage(user: Any, case: ReviewCase) -> bool:
    """Return whether the person may record how far the review has got."""
    return case.is_open and user_can_read_case(user, case)


def user_can_decide_review(user: Any, case: ReviewCase) -> bool:
    """Return whether the person may record the decision of the review."""
    return case.is_open and user_can_read_case(user, case)


def requester_can_reply(key: str, request: InformationRequest) -> bool:
    """Return whether whoever holds the key may write a message."""
    return requester_holds(key, request) and request_allows(Act.REPLY, request)


def requester_can_withdraw(key: str, request: InformationRequest) -> bool:
    """Return whether whoever holds the key may withdraw the request."""
    return requester_holds(key, request) and request_allows(Act.WITHDRAW, request)


def requester_can_choose_privacy(key: str, request: InformationRequest) -> bool:
    """Return whether whoever holds the key may choose who may read question and answer."""
    return requester_holds(key, request) and request_allows(Act.CHOOSE_PRIVACY, request)


def requester_can_ask_review(key: str, request: InformationRequest) -> bool:
    """Return whether whoever holds the key may ask for a review; for which reasons, `remedies.open_limbs` says."""
    return requester_holds(key, request) and request_allows(Act.ASK_REVIEW, request) and request.open_review is None
