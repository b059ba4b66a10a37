"""What the authority answers: the answer to each item with its history, and the decisions by which they were sent."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from design.phrases import labelled
from inforequests.enums import DECIDED_DISPOSITIONS, Disposition, Limb
from inforequests.models.requests import InformationRequest, RequestItem

if TYPE_CHECKING:
    from inforequests.models.withholdings import Withholding


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Decisions."""

    def ready(self) -> Self:
        """Return the decisions that could be sent and were not."""
        return self.filter(sent_at=None)

    def sent(self) -> Self:
        """Return the decisions that were sent."""
        return self.exclude(sent_at=None)


class Decision(models.Model):
    """One sending of answers; ready and sent are two dates, as "soon" and "within one month" are two duties."""

    request = models.ForeignKey(InformationRequest, on_delete=models.CASCADE, related_name="decisions")
    number = models.PositiveSmallIntegerField(_("number"))
    # Whether items were left for later: what is still undecided after the last day counts as ignored.
    is_partial = models.BooleanField(_("part of the answer"), default=False)
    letter = models.TextField(_("covering words"), max_length=4000, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    ready_at = models.DateTimeField(_("ready at"))
    ready_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made ready by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("sent by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["request", "number"]
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="one_decision_of_a_number"),
            models.UniqueConstraint(
                fields=["request"], condition=Q(sent_at=None), name="one_decision_waits_to_be_sent"
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(sent_at__gte=models.F("ready_at")), name="decision_ready_before_sent"
            ),
        ]
        verbose_name = pgettext_lazy("of a request", "decision")
        verbose_name_plural = pgettext_lazy("of requests", "decisions")

    def __str__(self) -> str:
        """Return the number of the request and of the decision."""
        return f"{self.request.tracking_number}, {self.number}"


class ItemAnswer(models.Model):
    """The answer to one item. The newest counts; one that was sent stays, also when a review overturns it."""

    item = models.ForeignKey(RequestItem, on_delete=models.CASCADE, related_name="answers")
    disposition = models.CharField(_("answer"), max_length=20, choices=Disposition.choices)
    text = models.TextField(_("answer in words"), max_length=20_000, blank=True)
    # "Already public" is an answer only with the place and the day on which it was seen there.
    public_url = models.URLField(_("where it can be read"), max_length=500, blank=True)
    checked_on = models.DateField(_("seen there on"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    drafted_at = models.DateTimeField(_("drafted at"))
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("drafted by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decision = models.ForeignKey(
        Decision,
        verbose_name=pgettext_lazy("of a request", "decision"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="answers",
    )

    class Meta:
        ordering = ["item", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(disposition__in=DECIDED_DISPOSITIONS), name="answer_decides_its_item"),
            models.CheckConstraint(
                condition=~Q(disposition=Disposition.ALREADY_PUBLIC)
                | (~Q(public_url="") & Q(checked_on__isnull=False)),
                name="answer_already_public_says_where",
            ),
        ]
        verbose_name = _("answer to a question")
        verbose_name_plural = _("answers to questions")

    def __str__(self) -> str:
        """Return the item and what became of it."""
        return labelled(self.item, self.get_disposition_display())

    @property
    def is_sent(self) -> bool:
        """Whether the requester has it."""
        return self.decision is not None and self.decision.sent_at is not None

    @property
    def sorted_withholdings(self) -> Sequence["Withholding"]:
        """What it keeps back, as it was entered."""
        return sorted(self.withholdings.all(), key=lambda withholding: withholding.pk)


class Remedy(models.Model):
    """A way to a review that opened at an instant, by silence or by a refusal; a later one never closes an earlier one.

    Art. 14 sets no limit to it; where national law does, the body's own window runs from here.
    """

    request = models.ForeignKey(InformationRequest, on_delete=models.CASCADE, related_name="remedies")
    limb = models.CharField(_("reason"), max_length=20, choices=Limb.choices)
    opened_at = models.DateTimeField(_("open since"))
    decision = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.CASCADE, related_name="remedies", editable=False
    )

    class Meta:
        ordering = ["opened_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["request", "limb", "opened_at"], name="one_remedy_an_instant")]
        verbose_name = _("remedy")
        verbose_name_plural = _("remedies")

    def __str__(self) -> str:
        """Return what it is for."""
        return labelled(self.request.tracking_number, self.get_limb_display())
