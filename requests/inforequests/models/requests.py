"""Who asked what: the request, its submission that never changes, and the single things asked in it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Final, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from design.formats import date_of, format_date_short
from design.phrases import shortened
from inforequests.enums import (
    DECIDED_DISPOSITIONS,
    OPEN_REVIEW_STAGES,
    OPEN_STAGES,
    AnswerPrivacy,
    Disposition,
    MessageKind,
    ReviewState,
    Stage,
    Suspicion,
    Timeliness,
)
from inforequests.models.clocks import Clock
from register.models import Facility, Pollutant

if TYPE_CHECKING:
    from inforequests.models.answers import Decision, ItemAnswer
    from inforequests.models.reviews import ReviewCase

_LONGEST_TITLE: Final = 120  # characters of a question in lists


class Requester(models.Model):
    """Who asked. Kept apart from what was asked, so that it can be erased and the words stay.

    Nobody has to give any of it, and nothing else is asked: no purpose, no nationality, no account (Arts. 4(1)(c) of
    the Convention, 11(1) of the Protocol).
    """

    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    postal_address = models.TextField(
        _("postal address"), max_length=500, blank=True, help_text=_("Only for an answer on paper.")
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = _("requester")
        verbose_name_plural = _("requesters")

    def __str__(self) -> str:
        """Return the name that is known."""
        return self.name or _now("anonymous")


class InformationRequestQuerySet(models.QuerySet["InformationRequest"]):
    """Requests; wherever time matters, the instant is an argument."""

    def open(self) -> Self:
        """Return the requests of which something is still to be answered."""
        return self.filter(stage__in=OPEN_STAGES)

    def answered(self) -> Self:
        """Return the requests of which everything is answered."""
        return self.filter(stage=Stage.SENT)

    def withdrawn(self) -> Self:
        """Return the requests that their requesters no longer pursue."""
        return self.filter(stage=Stage.WITHDRAWN)

    def counting(self) -> Self:
        """Return the requests that were not withdrawn."""
        return self.exclude(stage=Stage.WITHDRAWN)

    def in_timeliness(self, state: Timeliness, at: datetime | None = None) -> Self:
        """Return the requests whose clock stands so at an instant; by the table that gives a clock its label."""
        clocks = Clock.objects.current().in_timeliness(state, at)
        return self.filter(Exists(clocks.filter(request=OuterRef("pk"))))

    def ignored(self, at: datetime | None = None) -> Self:
        """Return the open requests of which something is unanswered although its last day is over."""
        return self.open().in_timeliness(Timeliness.IGNORED, at)

    def due_today(self, at: datetime | None = None) -> Self:
        """Return the open requests on their last day: nothing is late yet, and something is due today."""
        return self.open().in_timeliness(Timeliness.DUE_TODAY, at)

    def under_review(self) -> Self:
        """Return the requests with a review that is not decided."""
        return self.filter(reviews__stage__in=OPEN_REVIEW_STAGES).distinct()

    def disclosable(self) -> Self:
        """Return the answered requests that their requesters let everybody read and that the log does not show yet."""
        return self.answered().filter(privacy=AnswerPrivacy.PUBLIC, disclosure=None)

    def with_items(self) -> Self:
        """Return the requests with what their pages and lists show."""
        return self.select_related("submission", "requester").prefetch_related(
            "clocks",
            "items__clock",
            "items__pollutant",
            "items__facility",
            "items__answers__decision",
            "items__answers__withholdings__ground",
            "reviews__body",
        )


def _today(at: datetime | None) -> date:
    """Return the day of an instant where the authority sits: the last day belongs to the authority until it ends."""
    return date_of(at or timezone.now())


class InformationRequest(models.Model):
    """One request for information, from submission to the last answer."""

    tracking_number = models.CharField(_("tracking number"), max_length=20, unique=True, editable=False)
    secret_digest = models.CharField(max_length=64, blank=True, editable=False)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    requester = models.OneToOneField(
        Requester,
        verbose_name=_("requester"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="request",
    )
    identity_erased_at = models.DateTimeField(_("name erased at"), null=True, blank=True, editable=False)
    privacy = models.CharField(
        _("who may read it"), max_length=20, choices=AnswerPrivacy.choices, default=AnswerPrivacy.REQUESTER
    )
    stage = models.CharField(
        _("stage"), max_length=20, choices=Stage.choices, default=Stage.RECEIVED, editable=False, db_index=True
    )
    # The same instant as the submission's: lists are put in order by it.
    submitted_at = models.DateTimeField(_("submitted at"), editable=False, db_index=True)
    acknowledged_at = models.DateTimeField(_("acknowledged at"), null=True, editable=False)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    sent_at = models.DateTimeField(_("completely answered at"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, editable=False)

    objects = InformationRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-submitted_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(stage=Stage.SENT) | Q(sent_at__isnull=False), name="request_sent_says_when"
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.WITHDRAWN) | Q(withdrawn_at__isnull=False), name="request_withdrawn_says_when"
            ),
        ]
        verbose_name = _("request")
        verbose_name_plural = _("requests")

    def __str__(self) -> str:
        """Return the tracking number."""
        return self.tracking_number

    def get_absolute_url(self) -> str:
        """Return the address at which everybody sees where it stands, and its requester all of it."""
        return reverse("inforequests:tracking", args=[self.tracking_number])

    @property
    def is_open(self) -> bool:
        """Whether something of it is still to be answered."""
        return self.stage in OPEN_STAGES

    @property
    def title(self) -> str:
        """The beginning of what was first asked, for lists."""
        return shortened(self.first_words, _LONGEST_TITLE)

    @property
    def first_words(self) -> str:
        """What was first asked, or the tracking number of a request in which nothing is."""
        items = self.sorted_items
        return items[0].text if items else self.tracking_number

    @property
    def sorted_items(self) -> Sequence["RequestItem"]:
        """The things asked, by number; no query where they are fetched."""
        return sorted(self.items.all(), key=lambda item: item.number)

    @property
    def unanswered_items(self) -> Sequence["RequestItem"]:
        """The things asked that have no answer that was sent."""
        return [item for item in self.sorted_items if item.answered_at is None]

    @property
    def clock(self) -> Clock | None:
        """The clock that counts now; one query where clocks are not fetched."""
        return next((clock for clock in self.clocks.all() if clock.is_current), None)

    def timeliness(self, at: datetime | None = None) -> Timeliness | None:
        """Return where its clock stands at an instant."""
        return self.clock.timeliness(at) if self.clock else None

    @property
    def tombstone(self) -> str:
        """That and when the requester was erased, in a line; nothing where that has not happened."""
        if self.identity_erased_at is None:
            return ""
        return _now("Name erased on %(day)s") % {"day": format_date_short(self.identity_erased_at)}

    @property
    def email(self) -> str:
        """Where the requester wants to be written to; empty where nowhere."""
        return self.requester.email if self.requester else ""

    @property
    def review_state(self) -> ReviewState:
        """Whether it is or was under review."""
        stages = {review.stage for review in self.reviews.all()}
        if stages & set(OPEN_REVIEW_STAGES):
            return ReviewState.OPEN
        return ReviewState.DECIDED if stages else ReviewState.NONE

    @property
    def open_review(self) -> "ReviewCase | None":
        """The review that is not decided yet, if there is one."""
        return next((review for review in self.reviews.all() if review.stage in OPEN_REVIEW_STAGES), None)

    @property
    def pending_decision(self) -> "Decision | None":
        """The answer that is ready and not sent yet, if there is one."""
        return next((decision for decision in self.decisions.all() if decision.sent_at is None), None)


class Submission(models.Model):
    """What was sent, when and how: once received never changed. Its instant starts the clock (Art. 11(2))."""

    request = models.OneToOneField(InformationRequest, on_delete=models.CASCADE, related_name="submission")
    text = models.TextField(_("the requester’s words"))
    kind = models.CharField(_("way"), max_length=20, choices=MessageKind.choices, default=MessageKind.WEB)
    submitted_at = models.DateTimeField(_("submitted at"))
    received_at = models.DateTimeField(
        _("received at"),
        help_text=_("Later than submission where it came by post. The time limit runs from submission."),
    )
    zone = models.CharField(_("time zone"), max_length=60, help_text=_("In which the day of submission is told."))
    # Of the random token in the form, never of the words: by it a second click on "Send" finds what the first one sent.
    form_digest = models.CharField(max_length=64, unique=True, null=True, blank=True)
    suspicion = models.CharField(_("looks like a machine’s"), max_length=20, choices=Suspicion.choices, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entered by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(received_at__gte=models.F("submitted_at")), name="submission_received_after_it_was_sent"
            )
        ]
        verbose_name = pgettext_lazy("of a request", "submission")
        verbose_name_plural = pgettext_lazy("of requests", "submissions")

    def __str__(self) -> str:
        """Return the number of the request."""
        return self.request.tracking_number


class RequestItemQuerySet(models.QuerySet["RequestItem"]):
    """Things asked."""

    def undecided(self) -> Self:
        """Return the items without a disposition, drafted or sent."""
        return self.filter(disposition=Disposition.UNDECIDED)

    def decided(self) -> Self:
        """Return the items with a disposition, drafted or sent."""
        return self.filter(disposition__in=DECIDED_DISPOSITIONS)

    def unanswered(self) -> Self:
        """Return the items of which no answer was sent."""
        return self.filter(answered_at=None)

    def ignored(self, at: datetime | None = None) -> Self:
        """Return the items of which no answer was sent although their last day is over."""
        return self.unanswered().filter(clock__last_day__lt=_today(at))


class RequestItem(models.Model):
    """One thing asked. A narrowing adds an item and never moves the clock."""

    request = models.ForeignKey(InformationRequest, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.TextField(_("question"))
    pollutant = models.ForeignKey(
        Pollutant, verbose_name=_("pollutant"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    facility = models.ForeignKey(
        Facility, verbose_name=_("facility"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    added_at = models.DateTimeField(_("added at"), editable=False)
    # What the authority answers, drafted as long as `answered_at` is empty.
    disposition = models.CharField(
        _("answer"), max_length=20, choices=Disposition.choices, default=Disposition.UNDECIDED, editable=False
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, editable=False)
    clock = models.ForeignKey(
        Clock,
        verbose_name=_("time limit"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="items",
    )

    objects = RequestItemQuerySet.as_manager()

    class Meta:
        ordering = ["request", "number"]
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="one_item_of_a_number"),
            models.CheckConstraint(
                condition=Q(answered_at=None) | ~Q(disposition=Disposition.UNDECIDED), name="item_answered_is_decided"
            ),
        ]
        indexes = [
            models.Index(fields=["clock"], name="item_unanswered_by_clock", condition=Q(answered_at=None)),
        ]
        verbose_name = _("question of a request")
        verbose_name_plural = _("questions of requests")

    def __str__(self) -> str:
        """Return the number of the request and of the item."""
        return f"{self.request.tracking_number}/{self.number}"

    @property
    def last_day(self) -> date | None:
        """The last day on which an answer is in time, where the authority sits."""
        return self.clock.last_day if self.clock else None

    @property
    def answer(self) -> "ItemAnswer | None":
        """The answer that counts: the newest one since the item was last opened, drafted or sent."""
        if self.disposition == Disposition.UNDECIDED:
            return None
        return max(self.answers.all(), key=lambda answer: answer.pk, default=None)

    @property
    def sent_answers(self) -> Sequence["ItemAnswer"]:
        """Every answer that was sent, oldest first: one that was overturned stays to be read."""
        sent = [answer for answer in self.answers.all() if answer.is_sent]
        return sorted(sent, key=lambda answer: answer.pk)

    @property
    def public_disposition(self) -> Disposition:
        """What the requester was told; undecided as long as nothing was sent."""
        return Disposition(self.disposition) if self.answered_at else Disposition.UNDECIDED
