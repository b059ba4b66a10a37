"""What lists and desks say of a docket or a submission in a few words; states in the words of the public site."""

from datetime import datetime
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from consultations.enums import (
    ConsiderationState,
    HandlingState,
    PublicationState,
    SubmissionState,
    TimeState,
)
from consultations.models import Docket, Submission
from consultations.wording import state_tag
from design.desk.words import Tag
from design.formats import format_instant, format_number

DRAFT_LABEL: Final = gettext_lazy("Draft, not public")
_PUBLICATION_TONES: Final = {
    PublicationState.PENDING: "open",
    PublicationState.PUBLISHED: "done",
    PublicationState.WITHHELD: "neutral",
}
_CONSIDERATION_TONES: Final = {
    ConsiderationState.UNREAD: "open",
    ConsiderationState.READ: "closed",
    ConsiderationState.DISPOSED: "done",
}


def docket_tags(docket: Docket, at: datetime | None = None) -> list[Tag]:
    """Return where a docket stands: for the public what the site says, before that that it is a draft.

    What presses has a tag of its own, because a colour alone says nothing.
    """
    moment = at or timezone.now()
    if docket.is_draft:
        return [Tag(DRAFT_LABEL, "neutral")]
    tags = [Tag(**state_tag(docket, moment))]
    if docket.is_overdue(moment):
        tags.append(Tag(_("Decision overdue"), "overdue"))
    if docket.closes_soon(moment):
        tags.append(Tag(_("Closing soon"), "soon"))
    return tags


def comments_line(docket: Docket, at: datetime | None = None) -> str:
    """Return when comments are taken, in one line: until when, from when, or since when no more."""
    moment = at or timezone.now()
    if docket.handling_state == HandlingState.DISCONTINUED:
        return _("taken no more")
    if not docket.windows:
        return _("no period set")
    state = docket.time_state(moment)
    if state is TimeState.OPEN:
        closing = docket.closes_at(moment)
        return _("until %(instant)s") % {"instant": format_instant(closing)} if closing else ""
    if state is TimeState.ANNOUNCED:
        opening = docket.opens_at(moment)
        return _("from %(instant)s") % {"instant": format_instant(opening)} if opening else ""
    closed = docket.closed_at(moment)
    return _("closed %(instant)s") % {"instant": format_instant(closed)} if closed else ""


def publication_tag(submission: Submission) -> Tag:
    """Return whether the public can read a submission; one that is to stay private has its own words."""
    if not submission.wants_publication:
        return Tag(_("not for publication"), "neutral")
    state = PublicationState(submission.publication_state)
    return Tag(state.label, _PUBLICATION_TONES[state])


def consideration_tag(submission: Submission) -> Tag:
    """Return how far a submission has been considered; one that does not count is not waited for."""
    if submission.state == SubmissionState.INADMISSIBLE:
        return Tag(SubmissionState.INADMISSIBLE.label, "neutral")
    state = submission.consideration_state
    return Tag(state.label, _CONSIDERATION_TONES[state])


def who_sent(submission: Submission) -> str:
    """Return who sent a submission, as officials may know it."""
    name = submission.submitter.display_name if submission.submitter else ""
    return name or submission.tombstone or submission.public_author


def letters_line(count: int) -> list[str]:
    """Return in one sentence how many people are written to; nothing where nobody is."""
    if not count:
        return []
    sentence = ngettext(
        "%(count)s person who gave an address is told by mail.",
        "%(count)s people who gave an address are told by mail.",
        count,
    )
    return [sentence % {"count": format_number(count)}]
