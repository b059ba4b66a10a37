"""The vocabulary of requests for information, as values; each group of values that means something together has a name.

A request has four axes that know nothing of each other: how far it has got (`Stage`), what became of each thing asked
(`Disposition`), whether that was in time (`Timeliness`, computed), and whether somebody reviews it (`ReviewState`,
derived).
"""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Stage(TextChoices):
    """How far the authority has got with a request."""

    RECEIVED = "received", pgettext_lazy("request", "received")
    IN_HAND = "in_hand", pgettext_lazy("request", "in hand")
    DECIDED = "decided", pgettext_lazy("request", "answer ready")
    SENT = "sent", pgettext_lazy("request", "answered")
    WITHDRAWN = "withdrawn", pgettext_lazy("request", "withdrawn")


OPEN_STAGES: Final = (Stage.RECEIVED, Stage.IN_HAND, Stage.DECIDED)
ENDED_STAGES: Final = (Stage.SENT, Stage.WITHDRAWN)


class Disposition(TextChoices):
    """What becomes of one thing that was asked."""

    UNDECIDED = "undecided", pgettext_lazy("item of a request", "not decided yet")
    PROVIDED = "provided", pgettext_lazy("item of a request", "provided")
    PROVIDED_IN_PART = "provided_in_part", pgettext_lazy("item of a request", "provided in part")
    WITHHELD = "withheld", pgettext_lazy("item of a request", "kept back")
    NOT_IN_REGISTER = "not_in_register", pgettext_lazy("item of a request", "not in the register")
    ALREADY_PUBLIC = "already_public", pgettext_lazy("item of a request", "already public")


DECIDED_DISPOSITIONS: Final = tuple(value for value in Disposition if value is not Disposition.UNDECIDED)
# What is kept back must say on which ground, of which type and why (Art. 12): a withholding for each.
KEEPING_BACK: Final = (Disposition.PROVIDED_IN_PART, Disposition.WITHHELD)
# An answer of these kinds has words of its own; "kept back" speaks through its withholdings.
GIVING: Final = (
    Disposition.PROVIDED,
    Disposition.PROVIDED_IN_PART,
    Disposition.NOT_IN_REGISTER,
    Disposition.ALREADY_PUBLIC,
)
FULLY_GIVEN: Final = (Disposition.PROVIDED, Disposition.ALREADY_PUBLIC)


class Timeliness(TextChoices):
    """Whether something was answered within its time limit; computed from a clock and an instant, never stored."""

    IN_TIME = "in_time", _("in time")
    DUE_TODAY = "due_today", _("last day")
    IGNORED = "ignored", _("not answered in time")
    ANSWERED_LATE = "answered_late", _("answered late")


class ReviewState(TextChoices):
    """Whether a request is or was under review; derived from its review cases, never stored."""

    NONE = "none", _("no review")
    OPEN = "open", _("under review")
    DECIDED = "decided", _("review decided")


class Limb(TextChoices):
    """The five reasons for which Art. 14(1) opens a review."""

    IGNORED = "ignored", _("ignored")
    REFUSED_IN_PART = "refused_in_part", _("wrongfully refused in part")
    REFUSED_IN_FULL = "refused_in_full", _("wrongfully refused in full")
    INADEQUATE = "inadequate", _("inadequately answered")
    OTHERWISE = "otherwise", _("otherwise not dealt with as the Protocol asks")


REFUSAL_LIMBS: Final = (Limb.REFUSED_IN_PART, Limb.REFUSED_IN_FULL)

# What the requester chooses from: plain sentences, no terms of law.
LIMB_SENTENCES: Final = {
    Limb.IGNORED: _("Nobody answered me in time, or part of my request got no answer."),
    Limb.REFUSED_IN_PART: _("Part of what I asked was kept back, and I think that is wrong."),
    Limb.REFUSED_IN_FULL: _("Everything I asked was kept back, and I think that is wrong."),
    Limb.INADEQUATE: _("I was answered, but the answer is not good enough."),
    Limb.OTHERWISE: _("Something else went wrong with my request."),
}


class GroundCode(TextChoices):
    """Grounds of Art. 12(1) on which information may be kept confidential; there are no others."""

    INTERNATIONAL_DEFENCE_SECURITY = (
        "international_defence_security",
        _("international relations, national defence or public security"),
    )
    COURSE_OF_JUSTICE = "course_of_justice", _("the course of justice")
    COMMERCIAL_INDUSTRIAL = "commercial_industrial", _("commercial and industrial confidentiality")
    INTELLECTUAL_PROPERTY = "intellectual_property", _("intellectual property rights")
    PERSONAL_DATA = "personal_data", _("personal data")


class WithheldType(TextChoices):
    """What type of information is kept back: the register has to say it (Art. 12(3))."""

    POLLUTANT_IDENTITY = "pollutant_identity", _("the name of the pollutant")
    AMOUNT = "amount", _("the quantity")
    METHOD = "method", _("the method by which the quantity was determined")
    LOCATION_DETAIL = "location_detail", _("the exact place")
    OFF_SITE_RECIPIENT = "off_site_recipient", _("the receiver of what left the site")
    OPERATOR_IDENTITY = "operator_identity", _("the name of the operator")
    OTHER = "other", pgettext_lazy("type of information", "other information")


class Substitute(TextChoices):
    """What is given in place of what is kept back."""

    NONE = "none", pgettext_lazy("substitute", "nothing")
    POLLUTANT_GROUP = "pollutant_group", _("the group of the pollutant")
    AMOUNT_BAND = "amount_band", _("a range of quantities")
    REGION = "region", pgettext_lazy("substitute", "the region")


class Judgement(TextChoices):
    """What a review found about a withholding."""

    UNKNOWN = "unknown", pgettext_lazy("withholding", "not reviewed")
    PROPERLY_INVOKED = "properly_invoked", pgettext_lazy("withholding", "rightly kept back")
    WRONGLY_INVOKED = "wrongly_invoked", pgettext_lazy("withholding", "wrongly kept back")


class AnswerPrivacy(TextChoices):
    """Who may read question and answer, as the requester chooses; the name is never published."""

    REQUESTER = "requester", _("Only I may read the answer")
    PUBLIC = "public", _("Everybody may read question and answer, without my name")


class MessageKind(TextChoices):
    """By which way words came or went."""

    WEB = "web", _("web form")
    EMAIL = "email", _("e-mail")
    POST = "post", _("post")
    PHONE = "phone", _("telephone")
    VISIT = "visit", _("in person")
    TERMINAL = "terminal", _("public terminal")


OFFLINE_KINDS: Final = tuple(kind for kind in MessageKind if kind is not MessageKind.WEB)


class Suspicion(TextChoices):
    """Why a request looks as if a machine had sent it; it is received, counts and is answered all the same."""

    HONEYPOT = "honeypot", _("a field hidden from people was filled in")
    TOO_FAST = "too_fast", _("sent faster than anybody can type")
    NO_TOKEN = "no_token", _("the form’s seal was missing or changed")
    MANY = "many", _("many submissions from one connection")


class Direction(TextChoices):
    """Who wrote to whom."""

    TO_REQUESTER = "to_requester", _("from the authority")
    FROM_REQUESTER = "from_requester", _("from the requester")


class RuleUnit(TextChoices):
    """In what a time limit is counted."""

    MONTH = "month", _("months")
    CALENDAR_DAY = "calendar_day", _("calendar days")
    WORKING_DAY = "working_day", _("working days")


class RuleAnchor(TextChoices):
    """The event from which a time limit runs."""

    SUBMISSION = "submission", _("submission of the request")
    RECEIPT = "receipt", _("receipt by the authority")
    ORDER = "order", _("decision of the review")


class RuleRoll(TextChoices):
    """What happens to a last day that is no working day."""

    NONE = "none", _("it stays the last day")
    NEXT_WORKING_DAY = "next_working_day", _("the next working day is the last day")


class SilenceEffect(TextChoices):
    """What silence after the last day means."""

    IGNORED = "ignored", _("the request counts as ignored")
    DEEMED_REFUSAL = "deemed_refusal", _("the request counts as refused")
    DEEMED_GRANT = "deemed_grant", _("the request counts as granted")


class ClockKind(TextChoices):
    """What a clock counts towards."""

    ANSWER = "answer", _("answer")
    COMPLIANCE = "compliance", _("compliance with a review")


class ReviewRoute(TextChoices):
    """What kind of body reviews (Art. 14(1))."""

    COURT = "court", _("court of law")
    INDEPENDENT_BODY = "independent_body", _("independent and impartial body established by law")


class ReviewStage(TextChoices):
    """How far a review has got."""

    FILED = "filed", pgettext_lazy("review", "asked for")
    MEDIATION = "mediation", pgettext_lazy("review", "mediation")
    INQUIRY = "inquiry", pgettext_lazy("review", "inquiry")
    HEARING = "hearing", pgettext_lazy("review", "hearing")
    AWAITING_ORDER = "awaiting_order", pgettext_lazy("review", "decision awaited")
    CLOSED = "closed", pgettext_lazy("review", "closed")


OPEN_REVIEW_STAGES: Final = tuple(stage for stage in ReviewStage if stage is not ReviewStage.CLOSED)


class ReviewOutcome(TextChoices):
    """What a review did to what the authority had decided, or had failed to decide."""

    DECISION_UPHELD = "decision_upheld", _("the decision stands")
    DECISION_PARTLY_UPHELD = "decision_partly_upheld", _("the decision stands in part")
    DECISION_OVERTURNED = "decision_overturned", _("the decision is overturned")
    SETTLED = "settled", _("the two sides have settled")
    WITHDRAWN = "withdrawn", pgettext_lazy("review", "withdrawn")


# The items named in the order are open again, with a date by which to comply.
REOPENING_OUTCOMES: Final = (ReviewOutcome.DECISION_PARTLY_UPHELD, ReviewOutcome.DECISION_OVERTURNED)


class Verb(TextChoices):
    """What the record says was done; the labels are the lines of the timeline."""

    SUBMITTED = "submitted", _("The request was submitted.")
    ACKNOWLEDGED = "acknowledged", _("The authority acknowledged the request.")
    ITEM_ADDED = "item_added", _("A question was added to the request.")
    MESSAGE_SENT = "message_sent", _("The authority wrote a message.")
    MESSAGE_RECEIVED = "message_received", _("The requester wrote a message.")
    ITEM_ANSWERED = "item_answered", _("The answer to a question was drafted.")
    ITEM_WITHHELD = "item_withheld", _("It was drafted to keep information back.")
    ANSWER_READY = "answer_ready", _("The answer is ready.")
    SENT = "sent", _("The answer was sent.")
    DUE_PASSED = "due_passed", _("The last day passed without a complete answer.")
    REVIEW_OPENED = "review_opened", _("The requester asked for a review.")
    REVIEW_ADVANCED = "review_advanced", _("The review came to its next stage.")
    REVIEW_DECIDED = "review_decided", _("The review was decided.")
    WITHHOLDING_LIFTED = "withholding_lifted", _("Information is no longer kept back.")
    PRIVACY_CHANGED = "privacy_changed", _("The requester chose who may read the answer.")
    DISCLOSED = "disclosed", _("Question and answer were published.")
    CONCEALED = "concealed", _("Question and answer were taken from publication.")
    WITHDRAWN = "withdrawn", _("The requester withdrew the request.")
    IDENTITY_ERASED = "identity_erased", _("The requester’s name was erased; question and answer stay.")
