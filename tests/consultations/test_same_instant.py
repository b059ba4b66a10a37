"""What two people, or one impatient person, do at the same instant."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from consultations import domain
from consultations.domain.intake import Sent
from consultations.enums import PublicationPreference
from consultations.models import Docket, Point, Submission
from ledger.models import Entry
from notices.models import Message
from tests.consultations.factories import DocketFactory

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="in memory, all threads share one connection"),
]
CLICKS = 4


def click(docket: Docket, together: Barrier, form_token: str) -> Sent:
    together.wait(timeout=30)
    try:
        return domain.receive_submission(
            docket,
            language="en",
            publication_preference=PublicationPreference.WITHOUT_NAME,
            text="Please measure monthly.",
            email="aino@example.org",
            form_token=form_token,
        )
    finally:
        connection.close()


def test_several_clicks_at_once_are_one_comment_with_one_receipt() -> None:
    docket = DocketFactory(open=True, around=timezone.now())
    together = Barrier(CLICKS)
    with ThreadPoolExecutor(CLICKS) as pool:
        sent = [pool.submit(click, docket, together, "one form") for _click in range(CLICKS)]
        receipts = {(one.result().submission.tracking_number, one.result().secret) for one in sent}
    assert len(receipts) == 1
    assert sum(one.result().is_new for one in sent) == 1
    stored = (Submission, Point, Message)
    assert [model.objects.count() for model in stored] == [1, 1, 1]
    assert Entry.objects.filter(subject_kind="submission").count() == 1


def test_different_people_at_once_get_receipts_of_their_own() -> None:
    docket = DocketFactory(open=True, around=timezone.now())
    together = Barrier(CLICKS)
    with ThreadPoolExecutor(CLICKS) as pool:
        sent = [pool.submit(click, docket, together, f"form {number}") for number in range(CLICKS)]
        numbers = {one.result().submission.tracking_number for one in sent}
    assert len(numbers) == Submission.objects.count() == CLICKS
