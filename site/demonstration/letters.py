"""The letters that the demonstration's past has caused: long sent, as far as anybody can tell."""

from collections.abc import Iterable

from django.db.models import F

from consultations.domain.letters import subject_of_docket, subject_of_submission
from consultations.models import Docket, Submission
from demonstration.mail import with_the_line
from demonstration.models import Build, KeptMail
from design.publisher import mail_sender
from notices.enums import DeliveryState
from notices.models import Message


def keep_past_letters(docket: Docket, build: Build) -> int:
    """Keep the waiting letters about a consultation, as `keep_letters_about` does; return how many."""
    submissions = Submission.objects.filter(docket=docket)
    return keep_letters_about([subject_of_docket(docket), *(subject_of_submission(one) for one in submissions)], build)


def keep_letters_about(subjects: Iterable[str], build: Build) -> int:
    """Keep the waiting letters about some subjects as mail of the day on which each was written; return how many.

    Otherwise the worker would send them all today, in one heap.

    Side effects, in order: the letters are kept, the messages are stored as sent, and their words dropped as after
    sending.
    """
    waiting = Message.objects.waiting().filter(about__in=list(subjects))
    letters = [
        KeptMail(
            build=build,
            kept_at=message.written_at,
            sender=mail_sender(message.language),
            recipients=message.recipient,
            subject=message.subject,
            **with_the_line(message.text, message.html, message.language),
        )
        for message in waiting
    ]
    KeptMail.objects.bulk_create(letters)
    waiting.update(state=DeliveryState.SENT, attempts=1, sent_at=F("written_at"), text="", html="")
    return len(letters)
