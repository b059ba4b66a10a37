"""What the public told us: submissions, who sent them, and their points."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.enums import (
    PUBLISHABLE_PREFERENCES,
    Channel,
    ConsiderationState,
    ModerationReason,
    PointTarget,
    PublicationPreference,
    PublicationState,
    SubmissionState,
    SubmitterType,
    Suspicion,
)
from consultations.models.dossier import ProposalVersion
from consultations.models.measures import Measure
from design.formats import format_date_short

if TYPE_CHECKING:
    from consultations.models.answers import OfficialResponse


class Submitter(models.Model):
    """Who sent a submission. Kept apart from what was said, so that it can be erased and the words stay."""

    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=200, blank=True)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("submitter")
        verbose_name_plural = _("submitters")

    def __str__(self) -> str:
        """Return the name that is known."""
        return self.display_name or _now("anonymous")

    @property
    def display_name(self) -> str:
        """The organisation, the person, or both; empty where neither was given."""
        return ", ".join(part for part in (self.organisation, self.name) if part)


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Submissions, by each of their three independent axes."""

    def published(self) -> Self:
        """Return the submissions that the public can read."""
        return self.filter(publication_state=PublicationState.PUBLISHED)

    def pending(self) -> Self:
        """Return the submissions about whose publication nobody has decided, though the submitter wants it."""
        return self.filter(
            publication_state=PublicationState.PENDING, publication_preference__in=PUBLISHABLE_PREFERENCES
        )

    def withheld(self) -> Self:
        """Return the submissions that are withheld from publication, with a reason."""
        return self.filter(publication_state=PublicationState.WITHHELD)

    def private(self) -> Self:
        """Return the submissions whose submitters do not want them published."""
        return self.filter(publication_preference=PublicationPreference.NOT_PUBLISHED)

    def held(self) -> Self:
        """Return the submissions that wait for a person's eye before they can be published."""
        return self.exclude(suspicion="").filter(publication_state=PublicationState.PENDING)

    def countable(self) -> Self:
        """Return the submissions that have to be considered: all but the inadmissible ones."""
        return self.exclude(state=SubmissionState.INADMISSIBLE)

    def undetermined(self) -> Self:
        """Return the late submissions of which nobody has decided whether they count."""
        return self.filter(state=SubmissionState.RECEIVED)

    def unread(self) -> Self:
        """Return the submissions that no official has read."""
        return self.filter(read_at=None)

    def read(self) -> Self:
        """Return the submissions that were read and have a point without an answer."""
        return self.exclude(read_at=None).filter(Exists(_unanswered_points()))

    def disposed(self) -> Self:
        """Return the submissions that were read and of which every point is answered."""
        return self.exclude(read_at=None).exclude(Exists(_unanswered_points()))

    def considered_as(self, state: ConsiderationState) -> Self:
        """Return the submissions in one state of consideration."""
        return {
            ConsiderationState.UNREAD: self.unread,
            ConsiderationState.READ: self.read,
            ConsiderationState.DISPOSED: self.disposed,
        }[state]()

    def with_points(self) -> Self:
        """Return the submissions with what their pages and lists show."""
        return self.select_related("submitter", "docket").prefetch_related(
            "points__measure__pollutant",
            "points__measure__activity",
            "points__response",
            "points__submission__submitter",
            "points__submission__proposal_version",
        )


def _unanswered_points() -> models.QuerySet["Point"]:
    return Point.objects.filter(submission=OuterRef("pk"), response=None)


class Submission(models.Model):
    """What one person or body told us, once received never changed."""

    docket = models.ForeignKey("consultations.Docket", on_delete=models.PROTECT, related_name="submissions")
    proposal_version = models.ForeignKey(ProposalVersion, on_delete=models.PROTECT, related_name="submissions")
    tracking_number = models.CharField(_("tracking number"), max_length=20, unique=True)
    secret_digest = models.CharField(max_length=64, blank=True)
    # Of the random token in the form, never of the words: by it a second click on "Send" finds what the first one sent.
    form_digest = models.CharField(max_length=64, unique=True, null=True, blank=True)
    channel = models.CharField(_("way"), max_length=20, choices=Channel.choices, default=Channel.WEB)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entered by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    received_at = models.DateTimeField(_("received at"))
    received_late = models.BooleanField(_("received late"), default=False)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    submitter = models.OneToOneField(
        Submitter,
        verbose_name=_("submitter"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="submission",
    )
    identity_erased_at = models.DateTimeField(_("name erased at"), null=True, blank=True, editable=False)
    submitter_type = models.CharField(
        _("speaks as"), max_length=20, choices=SubmitterType.choices, default=SubmitterType.ANONYMOUS
    )
    publication_preference = models.CharField(
        _("wish about publication"), max_length=20, choices=PublicationPreference.choices
    )
    text = models.TextField(_("comment on the whole"), blank=True)
    suspicion = models.CharField(_("held from publication"), max_length=20, choices=Suspicion.choices, blank=True)

    state = models.CharField(_("counts"), max_length=20, choices=SubmissionState.choices)
    admissibility_reason = models.TextField(_("reason of admissibility"), blank=True)
    publication_state = models.CharField(
        _("publication"), max_length=20, choices=PublicationState.choices, default=PublicationState.PENDING
    )
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    withheld_at = models.DateTimeField(_("withheld at"), null=True, blank=True)
    withheld_reason = models.CharField(
        _("withheld because"), max_length=20, choices=ModerationReason.choices, blank=True
    )
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("read by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-pk"]
        indexes = [models.Index(fields=["docket", "publication_state"], name="submission_by_publication")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(publication_state=PublicationState.WITHHELD) | ~Q(withheld_reason=""),
                name="submission_withheld_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(publication_state=PublicationState.PUBLISHED)
                | ~Q(publication_preference=PublicationPreference.NOT_PUBLISHED),
                name="submission_published_only_if_wished",
            ),
        ]
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")

    def __str__(self) -> str:
        """Return the tracking number."""
        return self.tracking_number

    @property
    def consideration_state(self) -> ConsiderationState:
        """How far the authority has considered it: the one place that says so, beside the queryset's adjectives."""
        if self.read_at is None:
            return ConsiderationState.UNREAD
        answered = all(point.is_answered for point in self.points.all())
        return ConsiderationState.DISPOSED if answered else ConsiderationState.READ

    @property
    def is_public(self) -> bool:
        """Whether the public can read it."""
        return self.publication_state == PublicationState.PUBLISHED

    @property
    def wants_publication(self) -> bool:
        """Whether the submitter wants it published."""
        return self.publication_preference in PUBLISHABLE_PREFERENCES

    @property
    def public_author(self) -> str:
        """Who the public is told has written it, as the submitter wishes."""
        if self.publication_preference == PublicationPreference.WITH_NAME:
            if self.submitter:
                return self.submitter.display_name or _now("Without a name")
            if self.identity_erased_at:
                return self.tombstone
        return {
            SubmitterType.INDIVIDUAL: _now("A private person"),
            SubmitterType.ORGANISATION: _now("An organisation"),
            SubmitterType.PUBLIC_BODY: _now("A public body"),
        }.get(SubmitterType(self.submitter_type), _now("Without a name"))

    @property
    def tombstone(self) -> str:
        """That and when the submitter was erased, in a line; nothing where that has not happened."""
        if self.identity_erased_at is None:
            return ""
        return _now("Name erased on %(day)s") % {"day": format_date_short(self.identity_erased_at)}

    @property
    def email(self) -> str:
        """Where the submitter wants to be told what became of it; empty where nowhere."""
        return self.submitter.email if self.submitter else ""


class PointQuerySet(models.QuerySet["Point"]):
    """Points."""

    def countable(self) -> Self:
        """Return the points that have to be considered: those of all but the inadmissible submissions."""
        return self.exclude(submission__state=SubmissionState.INADMISSIBLE)

    def unanswered(self) -> Self:
        """Return the points without a disposition."""
        return self.filter(response=None)

    def answered(self) -> Self:
        """Return the points with a disposition, published or not."""
        return self.exclude(response=None)

    def public(self) -> Self:
        """Return the points that the public can read."""
        return self.filter(submission__publication_state=PublicationState.PUBLISHED)

    def in_matrix_order(self) -> Self:
        """Return the points as the matrix numbers them: measure by measure, then the whole, each as it came in."""
        return self.order_by(
            models.F("measure_number").asc(nulls_last=True),
            "submission__received_at",
            "submission__pk",
            "sort_order",
            "pk",
        )


class Point(models.Model):
    """A passage that raises one matter, aimed at a measure or at the whole."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="points")
    target = models.CharField(_("about"), max_length=20, choices=PointTarget.choices)
    measure = models.ForeignKey(
        Measure, verbose_name=_("measure"), null=True, blank=True, on_delete=models.SET_NULL, related_name="points"
    )
    # Stays when the proposal changes and the measure goes: the point belongs to the version it was made on.
    measure_number = models.PositiveSmallIntegerField(_("number of the measure"), null=True, blank=True)
    text = models.TextField(_("the submitter’s words"))
    is_passage = models.BooleanField(_("singled out by an official"), default=False)
    sort_order = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = PointQuerySet.as_manager()

    class Meta:
        ordering = ["submission", "sort_order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(target=PointTarget.MEASURE, measure_number__isnull=False)
                | (~Q(target=PointTarget.MEASURE) & Q(measure_number=None)),
                name="point_target_names_its_measure",
            )
        ]
        verbose_name = _("point")
        verbose_name_plural = _("points")

    def __str__(self) -> str:
        """Return the tracking number and the place in the submission."""
        return f"{self.submission.tracking_number}/{self.sort_order + 1}"

    @property
    def measure_code(self) -> str:
        """The measure as people quote it, or nothing."""
        return f"M{self.measure_number}" if self.measure_number else ""

    @property
    def answer(self) -> "OfficialResponse | None":
        """What the authority said to it, drafted or published."""
        return getattr(self, "response", None)

    @property
    def is_answered(self) -> bool:
        """Whether it has a disposition."""
        return self.answer is not None

    @property
    def public_answer(self) -> "OfficialResponse | None":
        """What the authority said to it, once published."""
        return self.answer if self.answer and self.answer.published_at else None
