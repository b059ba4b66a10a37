"""What this area tells the rooms below it, each of which keeps a list for those above."""

from django.utils.translation import gettext_lazy as _

from files.subjects import add_subject
from inforequests import held
from inforequests.domain.commitments import words_behind_request
from inforequests.domain.records import AREA, REQUEST
from inforequests.followed import let_requests_be_followed
from inforequests.permissions import user_can_read_requests
from inforequests.receipts import add_receipts
from inforequests.record_labels import LABELS
from inforequests.register_links import asking_about_facility, asking_about_pollutant
from inforequests.reminders import REQUEST_DUE
from ledger.labels import describe
from ledger.private import registry
from notices.reminders import remind_of
from privacy.holdings import add_holding
from privacy.retaining import add_retention
from register.links import add_facility_links, add_pollutant_links


def connect() -> None:
    """Tell each of them, once, when the models are ready."""
    add_pollutant_links(AREA, _("Requests for information"), asking_about_pollutant)
    add_facility_links(AREA, _("Requests for information"), asking_about_facility)
    remind_of(REQUEST_DUE)
    registry.add(AREA, REQUEST, words_behind_request)
    describe(AREA, LABELS)
    add_receipts()
    add_holding(held.RequestHolding(), order=20)
    add_retention(held.REQUESTERS_KEPT, order=20)
    add_retention(held.CORRESPONDENCE_KEPT, order=25)
    add_retention(held.WORDS_KEPT, order=65)
    let_requests_be_followed()
    # What somebody sent along with a question is nobody else's: it is not released.
    add_subject(
        REQUEST, is_public=lambda number: False, user_can_read=lambda user, number: user_can_read_requests(user)
    )
