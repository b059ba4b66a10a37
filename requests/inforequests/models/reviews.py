"""Who reviews, and one review (Art. 14)."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from design.languages import localised
from inforequests.enums import (
    OPEN_REVIEW_STAGES,
    Limb,
    ReviewOutcome,
    ReviewRoute,
    ReviewStage,
)
from inforequests.models.answers import Decision
from inforequests.models.requests import InformationRequest, RequestItem


class ReviewBodyQuerySet(models.QuerySet["ReviewBody"]):
    """Review bodies."""

    def active(self) -> Self:
        """Return the bodies to which one can turn."""
        return self.filter(is_active=True)

    def receiving_here(self) -> Self:
        """Return the bodies that take cases through this site."""
        return self.active().filter(receives_here=True)


class ReviewBody(models.Model):
    """A court, or another independent and impartial body established by law, that reviews requests (Art. 14(1))."""

    route = models.CharField(_("kind"), max_length=20, choices=ReviewRoute.choices)
    name_en = models.CharField(_("name in English"), max_length=200)
    name_fr = models.CharField(_("name in French"), max_length=200, blank=True)
    name_ru = models.CharField(_("name in Russian"), max_length=200, blank=True)
    legal_basis_en = models.CharField(
        _("legal basis in English"),
        max_length=400,
        help_text=_("The law that establishes it and makes it independent."),
    )
    legal_basis_fr = models.CharField(_("legal basis in French"), max_length=400, blank=True)
    legal_basis_ru = models.CharField(_("legal basis in Russian"), max_length=400, blank=True)
    how_en = models.TextField(_("how to turn to it, in English"), max_length=2000, help_text=_("With what it costs."))
    how_fr = models.TextField(_("how to turn to it, in French"), max_length=2000, blank=True)
    how_ru = models.TextField(_("how to turn to it, in Russian"), max_length=2000, blank=True)
    website = models.URLField(_("website"), max_length=500, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    window_days = models.PositiveSmallIntegerField(
        _("days within which one has to turn to it"),
        null=True,
        blank=True,
        help_text=_("Set by national law only; the Protocol sets none."),
    )
    receives_here = models.BooleanField(
        _("takes cases through this site"),
        default=False,
        help_text=_("Its members read the case here and record what they find."),
    )
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("members"),
        blank=True,
        related_name="review_bodies",
        help_text=_("Reviewers who see the cases of this body, and nothing else."),
    )
    is_active = models.BooleanField(_("can be turned to"), default=True)
    sort_order = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = ReviewBodyQuerySet.as_manager()

    class Meta:
        ordering = ["sort_order", "pk"]
        verbose_name = _("review body")
        verbose_name_plural = _("review bodies")

    def __str__(self) -> str:
        """Return the name."""
        return self.name

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        return localised(self, "name")

    @property
    def legal_basis(self) -> str:
        """The legal basis in the language of the page."""
        return localised(self, "legal_basis")

    @property
    def how(self) -> str:
        """How to turn to it, in the language of the page."""
        return localised(self, "how")


class ReviewCaseQuerySet(models.QuerySet["ReviewCase"]):
    """Reviews."""

    def open(self) -> Self:
        """Return the reviews that are not decided."""
        return self.filter(stage__in=OPEN_REVIEW_STAGES)

    def decided(self) -> Self:
        """Return the reviews that came to an outcome."""
        return self.filter(stage=ReviewStage.CLOSED)

    def before(self, user: object) -> Self:
        """Return the reviews that come before the bodies a person is a member of."""
        return self.filter(body__members=user)


class ReviewCase(models.Model):
    """One review of a request: which of the five sentences, before which body, how far, and what came of it."""

    request = models.ForeignKey(InformationRequest, on_delete=models.PROTECT, related_name="reviews")
    body = models.ForeignKey(ReviewBody, verbose_name=_("review body"), on_delete=models.PROTECT, related_name="cases")
    number = models.PositiveSmallIntegerField(_("number"))
    limb = models.CharField(_("reason"), max_length=20, choices=Limb.choices)
    words = models.TextField(_("what the requester says"), max_length=10_000, blank=True)
    # The decision under review; none where silence is reviewed.
    decision = models.ForeignKey(
        Decision, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="reviews"
    )
    opened_at = models.DateTimeField(_("asked for at"))
    stage = models.CharField(_("stage"), max_length=20, choices=ReviewStage.choices, default=ReviewStage.FILED)
    file_number = models.CharField(_("file number of the body"), max_length=80, blank=True)
    outcome = models.CharField(_("outcome"), max_length=30, choices=ReviewOutcome.choices, blank=True)
    reasons = models.TextField(_("reasons of the decision"), max_length=20_000, blank=True)
    reasons_language = models.CharField(
        _("language of the reasons"), max_length=2, choices=settings.LANGUAGES, blank=True
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    comply_by = models.DateField(_("to be complied with by"), null=True, blank=True)
    reopened_items = models.ManyToManyField(
        RequestItem, verbose_name=_("questions to be answered anew"), blank=True, related_name="reopened_by"
    )
    complied_at = models.DateTimeField(_("complied with at"), null=True, blank=True, editable=False)

    objects = ReviewCaseQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="one_review_of_a_number"),
            models.UniqueConstraint(
                fields=["request"], condition=~Q(stage=ReviewStage.CLOSED), name="one_open_review_of_a_request"
            ),
            models.CheckConstraint(
                condition=(Q(stage=ReviewStage.CLOSED, decided_at__isnull=False) & ~Q(outcome=""))
                | (~Q(stage=ReviewStage.CLOSED) & Q(decided_at=None, outcome="")),
                name="review_closed_has_outcome",
            ),
        ]
        verbose_name = pgettext_lazy("of a request", "review")
        verbose_name_plural = pgettext_lazy("of requests", "reviews")

    def __str__(self) -> str:
        """Return the reference."""
        return self.reference

    @property
    def reference(self) -> str:
        """How people quote it: the number of the request, and which review of it."""
        return f"{self.request.tracking_number}/R{self.number}"

    @property
    def is_open(self) -> bool:
        """Whether it is not decided yet."""
        return self.stage in OPEN_REVIEW_STAGES
