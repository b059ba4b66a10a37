"""The vocabulary of consultations, as values; each group of values that means something together has a name."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PeriodKind(TextChoices):
    """Why there is a comment period."""

    ORIGINAL = "original", _("first period")
    EXTENSION = "extension", _("extension")
    REOPENING = "reopening", _("re-opening")


class EditorialState(TextChoices):
    """Whether the public can see a docket."""

    DRAFT = "draft", pgettext_lazy("docket", "draft")
    PUBLISHED = "published", pgettext_lazy("docket", "published")


class DocketPart(TextChoices):
    """The parts of a file that must be complete before the public sees it."""

    TEXTS = "texts", _("Texts in three languages")
    MEASURES = "measures", _("Measures")
    DOSSIER = "dossier", _("Dossier")
    PERIOD = "period", _("Comment period")
    DECISION_DAY = "decision_day", _("Day by which the decision is expected")
    CONTACT = "contact", _("Contact for questions")


class TimeState(TextChoices):
    """Where an instant lies among a docket's periods; derived, never stored."""

    ANNOUNCED = "announced", _("announced")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


class HandlingState(TextChoices):
    """How far the authority has got with a docket."""

    COLLECTING = "collecting", _("collecting comments")
    DECISION_DRAFTED = "decision_drafted", _("decision drafted")
    DECISION_PUBLISHED = "decision_published", _("decision published")
    DISCONTINUED = "discontinued", pgettext_lazy("docket", "discontinued")


UNDECIDED_STATES: Final = (HandlingState.COLLECTING, HandlingState.DECISION_DRAFTED)
FINAL_STATES: Final = (HandlingState.DECISION_PUBLISHED, HandlingState.DISCONTINUED)


class DisplayState(TextChoices):
    """What the public is told about a docket: the same words on the page and in the filters; derived, never stored."""

    UPCOMING = "upcoming", _("Opens later")
    OPEN = "open", _("Open for comments")
    UNDER_CONSIDERATION = "under_consideration", _("Comments being considered")
    CONCLUDED = "concluded", _("Decided")
    DISCONTINUED = "discontinued", _("Discontinued")


class NotOpenReason(TextChoices):
    """Why nobody can comment now."""

    NOT_PUBLISHED = "not_published", _("not published")
    NOT_OPEN_YET = "not_open_yet", _("not open yet")
    CLOSED = "closed", _("closed")
    DISCONTINUED = "discontinued", pgettext_lazy("docket", "discontinued")


class MeasureKind(TextChoices):
    """What a measure would change in the register."""

    POLLUTANT_ADDED = "pollutant_added", _("pollutant added")
    POLLUTANT_REMOVED = "pollutant_removed", _("pollutant removed")
    RELEASE_THRESHOLD_CHANGED = "release_threshold_changed", _("release threshold changed")
    TRANSFER_THRESHOLD_CHANGED = "transfer_threshold_changed", _("transfer threshold changed")
    ACTIVITY_ADDED = "activity_added", _("activity added")
    ACTIVITY_REMOVED = "activity_removed", _("activity removed")
    CAPACITY_THRESHOLD_CHANGED = "capacity_threshold_changed", _("capacity threshold changed")
    METHOD_RULE_CHANGED = "method_rule_changed", _("rule on methods changed")
    ACCESS_CHANGED = "access_changed", _("access to information changed")
    OTHER = "other", pgettext_lazy("measure", "other change")


POLLUTANT_LIST_MEASURES: Final = (MeasureKind.POLLUTANT_ADDED, MeasureKind.POLLUTANT_REMOVED)
QUANTITY_MEASURES: Final = (MeasureKind.RELEASE_THRESHOLD_CHANGED, MeasureKind.TRANSFER_THRESHOLD_CHANGED)
POLLUTANT_MEASURES: Final = (*POLLUTANT_LIST_MEASURES, *QUANTITY_MEASURES)
ACTIVITY_LIST_MEASURES: Final = (MeasureKind.ACTIVITY_ADDED, MeasureKind.ACTIVITY_REMOVED)
ACTIVITY_MEASURES: Final = (*ACTIVITY_LIST_MEASURES, MeasureKind.CAPACITY_THRESHOLD_CHANGED)
TEXT_MEASURES: Final = (
    MeasureKind.CAPACITY_THRESHOLD_CHANGED,
    MeasureKind.METHOD_RULE_CHANGED,
    MeasureKind.ACCESS_CHANGED,
    MeasureKind.OTHER,
)


class Channel(TextChoices):
    """How a submission reached the authority."""

    WEB = "web", _("web form")
    EMAIL = "email", _("e-mail")
    POST = "post", _("post")
    IN_PERSON = "in_person", _("in person")
    HEARING = "hearing", _("public hearing")


OFFLINE_CHANNELS: Final = (Channel.EMAIL, Channel.POST, Channel.IN_PERSON, Channel.HEARING)


class SubmitterType(TextChoices):
    """As what somebody speaks; nobody has to say."""

    ANONYMOUS = "anonymous", _("I would rather not say")
    INDIVIDUAL = "individual", _("A private person")
    ORGANISATION = "organisation", _("An association, company or other organisation")
    PUBLIC_BODY = "public_body", _("A public body")


class SubmissionState(TextChoices):
    """Whether a submission counts."""

    RECEIVED = "received", _("received")
    ADMISSIBLE = "admissible", _("admissible")
    INADMISSIBLE = "inadmissible", _("inadmissible")


class PublicationState(TextChoices):
    """Whether the public can read a submission; says nothing about whether the authority considers it."""

    PENDING = "pending", pgettext_lazy("submission", "not published yet")
    PUBLISHED = "published", pgettext_lazy("submission", "published")
    WITHHELD = "withheld", pgettext_lazy("submission", "withheld from publication")


class ConsiderationState(TextChoices):
    """How far the authority has considered a submission; derived from reading and answers, never stored."""

    UNREAD = "unread", _("unread")
    READ = "read", _("read")
    DISPOSED = "disposed", _("every point answered")


class PublicationPreference(TextChoices):
    """What the submitter wants the public to read."""

    WITH_NAME = "with_name", _("Publish my comment with my name")
    WITHOUT_NAME = "without_name", _("Publish my comment without my name")
    NOT_PUBLISHED = "not_published", _("Do not publish my comment")


PUBLISHABLE_PREFERENCES: Final = (PublicationPreference.WITH_NAME, PublicationPreference.WITHOUT_NAME)


class Suspicion(TextChoices):
    """Why a submission waits for a person's eye before it can be published; it counts all the same."""

    HONEYPOT = "honeypot", _("a field hidden from people was filled in")
    TOO_FAST = "too_fast", _("sent faster than anybody can type")
    NO_TOKEN = "no_token", _("the form’s seal was missing or changed")
    MANY = "many", _("many submissions from one connection")


class PointTarget(TextChoices):
    """What a point is about."""

    MEASURE = "measure", _("a measure")
    WHOLE = "whole", _("the proposal as a whole")


class Disposition(TextChoices):
    """What the authority does with a point."""

    ACCEPTED = "accepted", _("Accepted")
    ACCEPTED_IN_PART = "accepted_in_part", _("Accepted in part")
    NOT_ACCEPTED = "not_accepted", _("Not accepted")
    ALREADY_COVERED = "already_covered", _("Already covered")
    OUT_OF_SCOPE = "out_of_scope", _("Outside this consultation")
    NOTED = "noted", _("Noted")


# A bare "no" is not due account (Art. 13(2)).
DISPOSITIONS_WITH_REASON: Final = tuple(value for value in Disposition if value is not Disposition.ACCEPTED)
DISPOSITIONS_WITH_CHANGE: Final = (Disposition.ACCEPTED, Disposition.ACCEPTED_IN_PART)


class ModerationReason(TextChoices):
    """The only reasons for which a submission is not published; none of them keeps it from being considered."""

    SPAM = "spam", _("it is advertising or was sent by a machine")
    OFFENSIVE = "offensive", _("it insults people")
    OFF_TOPIC = "off_topic", _("it has nothing to do with this consultation")
    THREAT = "threat", _("it threatens somebody")
    ILLEGAL_CONTENT = "illegal_content", _("publishing it would break the law")
    PERSONAL_DATA = "personal_data", _("it contains personal data of somebody")


class DecisionKind(TextChoices):
    """What was decided."""

    ADOPTED = "adopted", _("Adopted as proposed")
    ADOPTED_WITH_CHANGES = "adopted_with_changes", _("Adopted with changes")
    NOT_ADOPTED = "not_adopted", _("Not adopted")


class Verb(TextChoices):
    """What the record says was done; the labels are the lines of the public timeline."""

    DOCKET_CREATED = "docket_created", _("The file was opened.")
    DOCKET_CHANGED = "docket_changed", _("The file was changed.")
    PERIOD_ADDED = "period_added", _("A comment period was set.")
    PERIOD_EXTENDED = "period_extended", _("The comment period was extended.")
    DOCKET_REOPENED = "docket_reopened", _("The consultation was re-opened.")
    DOCKET_PUBLISHED = "docket_published", _("The consultation was published.")
    PROPOSAL_CHANGED = "proposal_changed", _("A new version of the proposal was published.")
    DOCKET_DISCONTINUED = "docket_discontinued", _("The consultation was discontinued.")
    SUBMISSION_RECEIVED = "submission_received", _("A comment was received.")
    ADMISSIBILITY_DECIDED = "admissibility_decided", _("It was decided whether a late comment counts.")
    SUBMISSION_PUBLISHED = "submission_published", _("A comment was published.")
    SUBMISSION_WITHHELD = "submission_withheld", _("A comment was withheld from publication.")
    FILE_RELEASED = "file_released", _("A file sent with a comment was made public.")
    FILE_WITHDRAWN = "file_withdrawn", _("A file sent with a comment was taken back from the public.")
    SUBMISSION_READ = "submission_read", _("A comment was read.")
    NAME_HIDDEN = "name_hidden", _("A name was taken out of what is published.")
    IDENTITY_ERASED = "identity_erased", _("A name was erased; what was said stays.")
    POINT_ADDED = "point_added", _("A point was taken from a comment.")
    POINT_ANSWERED = "point_answered", _("A point was answered.")
    RESPONSES_PUBLISHED = "responses_published", _("Answers to comments were published.")
    DECISION_DRAFTED = "decision_drafted", _("The decision was drafted.")
    DECISION_PUBLISHED = "decision_published", _("The decision was published.")
