"""The file of one consultation."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.search import index

from consultations import states
from consultations.enums import (
    FINAL_STATES,
    UNDECIDED_STATES,
    DisplayState,
    EditorialState,
    HandlingState,
    TimeState,
)
from consultations.models.periods import Period
from design.formats import date_of
from design.languages import localised

if TYPE_CHECKING:
    from consultations.models.decisions import Decision
    from consultations.models.dossier import ProposalVersion

# Words that stand at this place of an address already (consultations/urls.py).
RESERVED_SLUGS = frozenset({"track", "tracking", "receipt", "feed"})


def validate_slug(value: str) -> None:
    """Refuse an address that another page of the consultations has."""
    if value in RESERVED_SLUGS:
        raise ValidationError(_("This address is taken by another page. Please choose another one."), code="reserved")


class DocketQuerySet(models.QuerySet["Docket"]):
    """Dockets; wherever time matters, the instant is an argument."""

    def drafts(self) -> Self:
        """Return the dockets that the public cannot see yet."""
        return self.filter(editorial_state=EditorialState.DRAFT)

    def published(self) -> Self:
        """Return the dockets that the public can see."""
        return self.filter(editorial_state=EditorialState.PUBLISHED)

    def undecided(self) -> Self:
        """Return the dockets that have come neither to a published decision nor to an early end."""
        return self.filter(handling_state__in=UNDECIDED_STATES)

    def open(self, at: datetime | None = None) -> Self:
        """Return the undecided dockets of which a period is running."""
        return self.undecided().filter(Exists(_periods_running(at or timezone.now())))

    def closing_soon(self, at: datetime | None = None) -> Self:
        """Return the open dockets whose comments close within a week."""
        moment = at or timezone.now()
        followed = Period.objects.filter(
            docket=OuterRef("docket"), opens_at__lte=OuterRef("closes_at"), closes_at__gt=OuterRef("closes_at")
        )
        ending = Period.objects.filter(
            ~Exists(followed), docket=OuterRef("pk"), closes_at__gt=moment, closes_at__lte=moment + states.CLOSING_SOON
        )
        return self.open(moment).filter(Exists(ending))

    def upcoming(self, at: datetime | None = None) -> Self:
        """Return the undecided dockets that are not open and will be, or whose period is still to be set."""
        moment = at or timezone.now()
        to_come = Period.objects.filter(docket=OuterRef("pk"), opens_at__gt=moment)
        none_set = ~Exists(Period.objects.filter(docket=OuterRef("pk")))
        not_open = ~Exists(_periods_running(moment))
        return self.undecided().filter(not_open, Q(Exists(to_come)) | Q(none_set))

    def under_consideration(self, at: datetime | None = None) -> Self:
        """Return the undecided dockets whose periods are all over."""
        moment = at or timezone.now()
        over = Period.objects.filter(docket=OuterRef("pk"), closes_at__lte=moment)
        not_over = Period.objects.filter(docket=OuterRef("pk"), closes_at__gt=moment)
        return self.undecided().filter(Exists(over), ~Exists(not_over))

    def overdue(self, at: datetime | None = None) -> Self:
        """Return the dockets under consideration whose decision was expected by a day that is over."""
        moment = at or timezone.now()
        return self.under_consideration(moment).filter(decision_expected_by__lt=date_of(moment))

    def concluded(self) -> Self:
        """Return the dockets with a published decision."""
        return self.filter(handling_state=HandlingState.DECISION_PUBLISHED)

    def decided(self) -> Self:
        """Return the dockets with a published decision, most recently decided first."""
        return self.concluded().order_by("-decision__published_at", "-pk")

    def discontinued(self) -> Self:
        """Return the dockets that ended without a decision."""
        return self.filter(handling_state=HandlingState.DISCONTINUED)

    def in_state(self, state: DisplayState, at: datetime | None = None) -> Self:
        """Return the dockets of which the public is told this state."""
        return {
            DisplayState.UPCOMING: lambda: self.upcoming(at),
            DisplayState.OPEN: lambda: self.open(at),
            DisplayState.UNDER_CONSIDERATION: lambda: self.under_consideration(at),
            DisplayState.CONCLUDED: self.concluded,
            DisplayState.DISCONTINUED: self.discontinued,
        }[state]()

    def with_periods(self) -> Self:
        """Return the dockets with their periods fetched: every state and clock needs them."""
        return self.prefetch_related("periods")


def _periods_running(at: datetime) -> models.QuerySet[Period]:
    return Period.objects.filter(docket=OuterRef("pk"), opens_at__lte=at, closes_at__gt=at)


class Docket(index.Indexed, ClusterableModel):
    """The file of one consultation, with everything that belongs to it."""

    reference = models.CharField(_("reference"), max_length=20, unique=True, editable=False)
    slug = models.SlugField(
        _("address"),
        max_length=80,
        unique=True,
        validators=[validate_slug],
        help_text=_("The last part of the page’s address, the same in every language. It cannot be changed later."),
    )
    title_en = models.CharField(_("title in English"), max_length=200)
    title_fr = models.CharField(_("title in French"), max_length=200, blank=True)
    title_ru = models.CharField(_("title in Russian"), max_length=200, blank=True)
    summary_en = models.TextField(
        _("summary in English"), max_length=600, help_text=_("Two sentences: what would change, and for whom.")
    )
    summary_fr = models.TextField(_("summary in French"), max_length=600, blank=True)
    summary_ru = models.TextField(_("summary in Russian"), max_length=600, blank=True)
    authority_en = models.CharField(_("authority in English"), max_length=200)
    authority_fr = models.CharField(_("authority in French"), max_length=200, blank=True)
    authority_ru = models.CharField(_("authority in Russian"), max_length=200, blank=True)
    legal_basis_en = models.CharField(_("legal basis in English"), max_length=400, blank=True)
    legal_basis_fr = models.CharField(_("legal basis in French"), max_length=400, blank=True)
    legal_basis_ru = models.CharField(_("legal basis in Russian"), max_length=400, blank=True)
    contact_email = models.EmailField(_("e-mail address for questions"), blank=True)
    contact_phone = models.CharField(_("telephone for questions"), max_length=60, blank=True)
    decision_expected_by = models.DateField(
        _("decision expected by"),
        null=True,
        blank=True,
        help_text=_("Shown to the public; a day that is over is shown as overdue."),
    )

    editorial_state = models.CharField(
        _("visible"), max_length=20, choices=EditorialState.choices, default=EditorialState.DRAFT, editable=False
    )
    handling_state = models.CharField(
        _("handling"), max_length=30, choices=HandlingState.choices, default=HandlingState.COLLECTING, editable=False
    )
    created_at = models.DateTimeField(_("created at"), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)
    discontinued_at = models.DateTimeField(_("discontinued at"), null=True, editable=False)
    discontinued_reason_en = models.TextField(_("reason in English"), blank=True, editable=False)
    discontinued_reason_fr = models.TextField(_("reason in French"), blank=True, editable=False)
    discontinued_reason_ru = models.TextField(_("reason in Russian"), blank=True, editable=False)

    objects = DocketQuerySet.as_manager()

    search_fields: ClassVar = [
        index.SearchField("reference"),
        index.SearchField("title_en", boost=2),
        index.SearchField("title_fr", boost=2),
        index.SearchField("title_ru", boost=2),
        index.SearchField("summary_en"),
        index.SearchField("summary_fr"),
        index.SearchField("summary_ru"),
        index.FilterField("editorial_state"),
    ]

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(editorial_state=EditorialState.PUBLISHED) | Q(published_at__isnull=False),
                name="docket_published_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(handling_state=HandlingState.DISCONTINUED) | Q(discontinued_at__isnull=False),
                name="docket_discontinued_says_when",
            ),
        ]
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")

    def __str__(self) -> str:
        """Return reference and title."""
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        """Return the address of the public page in the language of the page being made."""
        return reverse("wagtail_serve", args=[f"consultations/{self.slug}/"])

    @classmethod
    def get_indexed_objects(cls) -> models.QuerySet["Docket"]:
        """Return what the site search may find: published dockets only."""
        return cls.objects.published()

    @property
    def title(self) -> str:
        """The title in the language of the page."""
        return localised(self, "title")

    @property
    def summary(self) -> str:
        """The summary in the language of the page."""
        return localised(self, "summary")

    @property
    def authority(self) -> str:
        """The authority's name in the language of the page."""
        return localised(self, "authority")

    @property
    def legal_basis(self) -> str:
        """The legal basis in the language of the page."""
        return localised(self, "legal_basis")

    @property
    def discontinued_reason(self) -> str:
        """Why it was discontinued, in the language of the page."""
        return localised(self, "discontinued_reason")

    @property
    def is_draft(self) -> bool:
        """Whether the public cannot see it yet."""
        return self.editorial_state == EditorialState.DRAFT

    @property
    def is_published(self) -> bool:
        """Whether the public can see it."""
        return self.editorial_state == EditorialState.PUBLISHED

    @property
    def is_final(self) -> bool:
        """Whether it has come to its end."""
        return self.handling_state in FINAL_STATES

    @property
    def windows(self) -> Sequence[Period]:
        """The periods; fetched once where the queryset was asked `with_periods()`."""
        return list(self.periods.all()) if self.pk else []

    def time_state(self, at: datetime | None = None) -> TimeState:
        """Return whether comments are taken at an instant, will be, or were."""
        return states.time_state(self.windows, at or timezone.now())

    def display_state(self, at: datetime | None = None) -> DisplayState:
        """Return what the public is told at an instant."""
        return states.display_state(self.handling_state, self.windows, at or timezone.now())

    def closes_soon(self, at: datetime | None = None) -> bool:
        """Return whether comments are taken at an instant, but for no more than a week."""
        return states.closes_soon(self.handling_state, self.windows, at or timezone.now())

    def is_overdue(self, at: datetime | None = None) -> bool:
        """Return whether the decision was expected by a day that is over."""
        moment = at or timezone.now()
        considered = self.display_state(moment) is DisplayState.UNDER_CONSIDERATION
        return considered and self.decision_expected_by is not None and self.decision_expected_by < date_of(moment)

    def intake_status(self, at: datetime | None = None) -> states.IntakeStatus:
        """Return whether a comment is taken at an instant, or the one true reason why not."""
        return states.intake_status(self.editorial_state, self.handling_state, self.windows, at or timezone.now())

    def closes_at(self, at: datetime | None = None) -> datetime | None:
        """Return when the comments that are being taken at an instant stop being taken; None where none are taken."""
        return states.closing_instant(self.windows, at or timezone.now())

    def opens_at(self, at: datetime | None = None) -> datetime | None:
        """Return when the next period opens, if one is set."""
        return states.next_opening(self.windows, at or timezone.now())

    def closed_at(self, at: datetime | None = None) -> datetime | None:
        """Return when the last period that is over closed, if one did."""
        return states.last_closing(self.windows, at or timezone.now())

    @property
    def current_proposal(self) -> "ProposalVersion | None":
        """The newest published version of the proposal."""
        return self.versions.order_by("-number").first()

    @property
    def published_decision(self) -> "Decision | None":
        """The decision, once the public can see it."""
        decision = getattr(self, "decision", None)
        return decision if decision is not None and decision.published_at else None
