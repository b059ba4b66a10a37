"""The site of the crash test, in processes of its own: `prepare` makes a consultation, `count` says what is there."""

import json
import sys
from collections import Counter, defaultdict
from datetime import timedelta
from io import StringIO
from typing import Any, Final

from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone
from wagtail.documents.models import Document

from accounts.domain.roles import ensure_roles, give_role
from accounts.models import User
from accounts.roles import Role
from consultations import domain
from consultations.enums import Channel, MeasureKind, Verb
from consultations.models import Docket, DossierDocument, Measure, Submission, WayToRespond
from demonstration.models import KeptMail
from design.texts import Texts
from ledger.models import Entry
from notices.models import Message

SLUG: Final = "crash-test"


def prepare() -> dict[str, Any]:
    """A migrated site with one consultation that takes comments."""
    call_command("migrate", verbosity=0, stdout=StringIO())
    ensure_roles()
    officer, chief = (User.objects.create(email=f"{name}@crash.example") for name in ("officer", "chief"))
    give_role(officer, Role.CASE_OFFICER, actor=None)
    give_role(chief, Role.DECISION_MAKER, actor=None)
    now = timezone.now()
    before = now - timedelta(days=10)
    docket = Docket(
        slug=SLUG,
        contact_email="desk@crash.example",
        decision_expected_by=(now + timedelta(days=90)).date(),
        **words("Publish sooner", "title"),
        **words("Figures would be published nine months after the year.", "summary"),
        **words("Environment Agency", "authority"),
        **words("Register Act, section 4", "legal_basis"),
    )
    docket.measures = [
        Measure(
            kind=MeasureKind.ACCESS_CHANGED,
            **words("Time of publication", "subject"),
            **words("Fifteen months after the year.", "before_text"),
            **words("Nine months after the year.", "after_text"),
            **words("People want this year’s figures.", "rationale"),
        )
    ]
    paper = Document.objects.create(title="Impact", file=ContentFile(b"The impact.", name="impact.txt"))
    docket.documents = [DossierDocument(document=paper, language="en", **words("Impact", "title"))]
    docket.ways = [WayToRespond(channel=Channel.POST, **words("1 Harbour Road", "details"))]
    docket = domain.create_docket(docket, actor=officer, at=before)
    opens_at, closes_at = before + timedelta(days=1), now + timedelta(days=30)
    domain.add_period(docket, actor=officer, opens_at=opens_at, closes_at=closes_at, at=before)
    domain.publish_docket(docket, actor=chief, at=before)
    return {"path": f"/en/consultations/{SLUG}/comment/"}


def count() -> dict[str, Any]:
    """The numbers under which each person's comment is stored, the entries of each, and each person's mail."""
    numbers: dict[str, list[str]] = defaultdict(list)
    for number, person in Submission.objects.values_list("tracking_number", "submitter__email"):
        numbers[person].append(number)
    received = Entry.objects.filter(verb=Verb.SUBMISSION_RECEIVED).values_list("subject_reference", flat=True)
    return {
        "numbers": numbers,
        "entries": Counter(received),
        "mails": Counter(KeptMail.objects.values_list("recipients", flat=True)),
        "unsent": Message.objects.filter(sent_at=None).count(),
    }


def words(text: str, field: str) -> dict[str, str]:
    """The same in all three languages: nobody reads it."""
    return Texts(en=text, fr=text, ru=text).fields(field)


def main() -> None:
    """Do what the command line says, and print what came of it for the process that asked."""
    print(json.dumps({"prepare": prepare, "count": count}[sys.argv[1]]()))  # noqa: T201 -- read by crashing.py
