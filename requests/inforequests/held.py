"""What this area holds about people: requests and who asked (`privacy.holdings`), and for how long."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar, Final

from django.db.models import Max, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from design.formats import format_instant
from inforequests.domain.commitments import ANSWER, REASONS
from inforequests.domain.identity import erase_requester, words_of
from inforequests.domain.letters import subject_of
from inforequests.domain.records import AREA, REQUEST
from inforequests.enums import ENDED_STAGES, ReviewState, Verb
from inforequests.models import InformationRequest, Message
from ledger.domain import erase_openings
from privacy.blanking import blanked
from privacy.enums import Consequence
from privacy.holdings import Held, Holding, Part, Proof
from privacy.retaining import RetentionKind, Sweep

REQUESTERS: Final = "request_identity"
CORRESPONDENCE: Final = "request_correspondence"
WORDS: Final = "request_words"


class RequestHolding(Holding):
    """Requests for information, with whoever asked."""

    key: ClassVar = REQUEST
    area: ClassVar = AREA
    subject_kind: ClassVar = REQUEST
    title: ClassVar = _("Requests for information")
    what: ClassVar = _("Your questions; and apart from them your name and your addresses, if you gave them.")

    def find(self, proof: Proof) -> Iterable[Held]:
        """Return the requests sent with a proven address, and those whose key was given."""
        asked = Q(tracking_number__in=list(proof.keys))
        for address in proof.addresses:
            asked |= Q(requester__email__iexact=address)
        found = _with_all().filter(asked).order_by("submitted_at", "pk")
        return [self.describe(each) for each in found if proof.opens(each) or proof.reads(each.email)]

    def by_reference(self, reference: str) -> InformationRequest | None:
        """Return the request with a tracking number."""
        return _with_all().filter(tracking_number=reference).first()

    def stored(self, held: Held) -> Held | None:
        """Return the request as it is stored, locked."""
        locked = _with_all().select_for_update(of=("self",)).filter(pk=held.subject.pk).first()
        return self.describe(locked) if locked else None

    def describe(self, subject: Any) -> Held:
        """Return a request as a thing held about its requester."""
        who = subject.requester
        messages = list(subject.messages.all())
        kept = _kept_salts(subject)
        return Held(
            holding=self,
            subject=subject,
            reference=subject.tracking_number,
            title=_now("Request %(number)s") % {"number": subject.tracking_number},
            url=reverse("inforequests:tracking", args=[subject.tracking_number]),
            about=subject_of(subject),
            is_identified=who is not None,
            kept_salts=kept,
            erased_at=subject.identity_erased_at,
            hold=_hold(subject),
            caution=_caution(subject),
            parts=[
                Part(_("Submitted"), format_instant(subject.submitted_at)),
                *_identity_parts(subject),
                Part(_("Who may read it"), str(subject.get_privacy_display())),
                Part(_("Stage"), str(subject.get_stage_display())),
                *(Part(_("Question"), item.text, is_text=True) for item in subject.sorted_items),
                *(
                    Part(_("Answer"), answer.text, is_text=True)
                    for item in subject.sorted_items
                    for answer in item.sent_answers
                    if answer.text
                ),
                *(Part(message.get_direction_display(), message.text, is_text=True) for message in messages),
                *(Part(_("Your reason for a review"), case.words, is_text=True) for case in _told(subject)),
            ],
            data={
                "identity": {"name": who.name, "email": who.email, "postal_address": who.postal_address} if who else {},
                "identity_erased_at": subject.identity_erased_at,
                "number": subject.tracking_number,
                "submitted_at": subject.submitted_at,
                "language": subject.language,
                "way": subject.submission.kind,
                "privacy": subject.privacy,
                "stage": subject.stage,
                "questions": [
                    {
                        "number": item.number,
                        "text": item.text,
                        "answers": [
                            {"disposition": answer.disposition, "text": answer.text} for answer in item.sent_answers
                        ],
                    }
                    for item in subject.sorted_items
                ],
                "messages": [
                    {"direction": message.direction, "sent_at": message.sent_at, "text": message.text}
                    for message in messages
                ],
                "reviews": [
                    {"number": case.reference, "reason": case.limb, "words": case.words, "opened_at": case.opened_at}
                    for case in subject.reviews.all()
                ],
            },
            goes=[
                _("Your name, e-mail address and postal address, also where they stand in messages."),
                _("Your address in the letters we sent you, and their words. You get no further letters."),
                _(
                    "The random numbers that tie your words to the sealed record: a receipt fetched from then on "
                    "proves them no longer. One that you have kept still does."
                ),
                *([] if ANSWER in kept else [_("The proof of the answers, because a letter among them names you.")]),
            ],
            stays=[
                _("Your questions, word for word, the answers, and when they were given: the record of the request."),
                _("That a name was erased here, and on which day. Number and key still open the request."),
            ],
        )

    def erase(self, held: Held, *, at: datetime) -> None:
        """Remove the requester."""
        erase_requester(held.subject, at=at)


def _with_all() -> Any:
    return InformationRequest.objects.with_items().prefetch_related("messages", "decisions")


def _kept_salts(subject: InformationRequest) -> frozenset[str]:
    """Return what the authority stays held to: a review's reasons, and its answers unless their letters name her."""
    letters = [decision.letter for decision in subject.decisions.all()]
    names_her = any(blanked(letter, words_of(subject)) != letter for letter in letters)
    return frozenset({REASONS} if names_her else {REASONS, ANSWER})


def _told(subject: InformationRequest) -> list[Any]:
    return [case for case in subject.reviews.all() if case.words]


def _hold(subject: InformationRequest) -> Any:
    """Return why who asked has to be known still: a body that reviews hears both sides (Art. 14)."""
    if subject.review_state is ReviewState.OPEN:
        return _("A review of this request is open, and its body has to be able to hear you (Art. 14).")
    return ""


def _caution(subject: InformationRequest) -> Any:
    """Return what becomes of an answer that is still to come."""
    if subject.is_open:
        return _(
            "This request is not answered yet. It is answered all the same, by the same day; but nobody can write to "
            "you then. Keep number and key: with them you read the answer here, and ask for a review."
        )
    return ""


def _identity_parts(subject: InformationRequest) -> list[Part]:
    who = subject.requester
    if subject.identity_erased_at is not None:
        return [Part(_("Who you are"), subject.tombstone)]
    if who is None:
        return [Part(_("Who you are"), _now("You did not say."))]
    given = [(_("Name"), who.name), (_("E-mail address"), who.email), (_("Postal address"), who.postal_address)]
    return [Part(label, value) for label, value in given if value]


def _ended(cutoff: datetime) -> Any:
    """Return the requests whose end, or whose last review's, lies before an instant and which no review holds open."""
    ended = Coalesce("withdrawn_at", "sent_at")
    return (
        InformationRequest.objects.filter(stage__in=ENDED_STAGES)
        .annotate(ended_at=ended, reviewed_at=Max("reviews__decided_at"))
        .filter(ended_at__lt=cutoff)
        .filter(Q(reviewed_at=None) | Q(reviewed_at__lt=cutoff))
    )


def _ended_before(cutoff: datetime) -> Iterable[Held]:
    holding = RequestHolding()
    keys = list(_ended(cutoff).exclude(requester=None).values_list("pk", flat=True))
    return [holding.describe(each) for each in _with_all().filter(pk__in=keys)]


def _sweep_messages(cutoff: datetime, dry_run: bool) -> Sweep:
    """Delete the words of messages about requests that ended before an instant; that they were sent stays."""
    over = _ended(cutoff).values_list("pk", flat=True)
    waiting = InformationRequest.objects.under_review().values_list("pk", flat=True)
    messages = Message.objects.filter(request__in=list(over)).exclude(text="")
    held = messages.filter(request__in=list(waiting))
    swept = Sweep(done=messages.count() - held.count(), held=held.count())
    if not dry_run:
        ended = messages.exclude(request__in=list(waiting))
        verbs = {Verb.MESSAGE_SENT, Verb.MESSAGE_RECEIVED}
        for number in set(ended.values_list("request__tracking_number", flat=True)):
            erase_openings(subject_kind=REQUEST, subject_reference=number, verbs=verbs)
        ended.update(text="")
    return swept


REQUESTERS_KEPT: Final = RetentionKind(
    key=REQUESTERS,
    title=_("Who asked for information: name, e-mail and postal address"),
    counted_from=_("after the last answer, the withdrawal, or the end of the last review"),
    consequence=Consequence.ERASE_IDENTITY,
    due=_ended_before,
)
CORRESPONDENCE_KEPT: Final = RetentionKind(
    key=CORRESPONDENCE,
    title=_("Messages between you and the authority about a request"),
    counted_from=_("after the last answer, the withdrawal, or the end of the last review"),
    consequence=Consequence.DELETE,
    sweep=_sweep_messages,
)
WORDS_KEPT: Final = RetentionKind(
    key=WORDS,
    title=_("What was asked, and the answers"),
    counted_from="",
    consequence=Consequence.KEEP,
)
