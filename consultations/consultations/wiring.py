"""What this area tells the rooms below it, each of which keeps a list for those above."""

from django.utils.translation import gettext_lazy as _

from consultations import held
from consultations.domain.commitments import words_behind_docket, words_behind_submission
from consultations.domain.records import AREA, DOCKET, SUBMISSION
from consultations.file_subject import submission_is_public, user_can_read_submission
from consultations.followed import let_consultations_be_followed
from consultations.receipts import add_receipts
from consultations.record_labels import LABELS
from consultations.register_links import touching_facility, touching_pollutant
from consultations.reminders import DECISION_DUE
from files.subjects import add_subject
from ledger.labels import describe
from ledger.private import registry
from notices.reminders import remind_of
from privacy.holdings import add_holding
from privacy.retaining import add_retention
from register.links import add_facility_links, add_pollutant_links


def connect() -> None:
    """Tell each of them, once, when the models are ready."""
    add_pollutant_links(AREA, _("Consultations on this pollutant"), touching_pollutant)
    add_facility_links(AREA, _("Consultations that touch this facility"), touching_facility)
    remind_of(DECISION_DUE)
    registry.add(AREA, SUBMISSION, words_behind_submission)
    registry.add(AREA, DOCKET, words_behind_docket)
    describe(AREA, LABELS)
    add_receipts()
    add_holding(held.SubmissionHolding(), order=10)
    add_retention(held.SUBMITTERS_KEPT, order=10)
    add_retention(held.WORDS_KEPT, order=60)
    let_consultations_be_followed()
    add_subject(SUBMISSION, is_public=submission_is_public, user_can_read=user_can_read_submission)
