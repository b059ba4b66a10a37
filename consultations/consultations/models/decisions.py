"""The two outputs of Art. 13(3): the decision, and the considerations on which it is based."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from consultations.enums import DecisionKind
from consultations.models.dockets import Docket
from design.languages import localised
from design.phrases import labelled


class Decision(ClusterableModel):
    """What was decided on a proposal; published at the address of the consultation."""

    docket = models.OneToOneField(Docket, on_delete=models.PROTECT, related_name="decision", editable=False)
    kind = models.CharField(_("decision"), max_length=30, choices=DecisionKind.choices)
    decided_on = models.DateField(_("decided on"))
    authority_en = models.CharField(_("who decided, in English"), max_length=200)
    authority_fr = models.CharField(_("who decided, in French"), max_length=200, blank=True)
    authority_ru = models.CharField(_("who decided, in Russian"), max_length=200, blank=True)
    legal_basis_en = models.CharField(_("legal basis in English"), max_length=400, blank=True)
    legal_basis_fr = models.CharField(_("legal basis in French"), max_length=400, blank=True)
    legal_basis_ru = models.CharField(_("legal basis in Russian"), max_length=400, blank=True)
    summary_en = models.TextField(_("what was decided, in English"), max_length=2000)
    summary_fr = models.TextField(_("what was decided, in French"), max_length=2000, blank=True)
    summary_ru = models.TextField(_("what was decided, in Russian"), max_length=2000, blank=True)
    register_change_en = models.TextField(
        _("what changes in the register, in English"),
        max_length=2000,
        blank=True,
        help_text=_("And from which reporting year on."),
    )
    register_change_fr = models.TextField(_("what changes in the register, in French"), max_length=2000, blank=True)
    register_change_ru = models.TextField(_("what changes in the register, in Russian"), max_length=2000, blank=True)
    review_en = models.TextField(
        _("how to challenge the decision, in English"),
        max_length=2000,
        help_text=_("Before which court or body, and until when."),
    )
    review_fr = models.TextField(_("how to challenge the decision, in French"), max_length=2000, blank=True)
    review_ru = models.TextField(_("how to challenge the decision, in Russian"), max_length=2000, blank=True)

    drafted_at = models.DateTimeField(_("drafted at"), editable=False)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    # Set only where the decision was published although a point was unread or unanswered; always public.
    override_reason = models.TextField(
        _("why it was published before every point was answered"), blank=True, editable=False
    )
    points_left_out = models.PositiveIntegerField(_("points without an answer"), default=0, editable=False)

    class Meta:
        ordering = ["-decided_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(points_left_out=0) | ~Q(override_reason=""), name="decision_override_says_why"
            )
        ]
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")

    def __str__(self) -> str:
        """Return the reference and what was decided."""
        return labelled(self.docket.reference, self.get_kind_display())

    @property
    def authority(self) -> str:
        """Who decided, in the language of the page."""
        return localised(self, "authority")

    @property
    def legal_basis(self) -> str:
        """The legal basis in the language of the page."""
        return localised(self, "legal_basis")

    @property
    def summary(self) -> str:
        """What was decided, in the language of the page."""
        return localised(self, "summary")

    @property
    def register_change(self) -> str:
        """What changes in the register, in the language of the page."""
        return localised(self, "register_change")

    @property
    def review(self) -> str:
        """How to challenge the decision, in the language of the page."""
        return localised(self, "review")


class Consideration(Orderable):
    """One of the considerations on which a decision is based."""

    decision = ParentalKey(Decision, on_delete=models.CASCADE, related_name="considerations")
    heading_en = models.CharField(_("heading in English"), max_length=160)
    heading_fr = models.CharField(_("heading in French"), max_length=160, blank=True)
    heading_ru = models.CharField(_("heading in Russian"), max_length=160, blank=True)
    text_en = models.TextField(_("consideration in English"), max_length=4000)
    text_fr = models.TextField(_("consideration in French"), max_length=4000, blank=True)
    text_ru = models.TextField(_("consideration in Russian"), max_length=4000, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("consideration")
        verbose_name_plural = _("considerations")

    def __str__(self) -> str:
        """Return the heading."""
        return self.heading

    @property
    def heading(self) -> str:
        """The heading in the language of the page."""
        return localised(self, "heading")

    @property
    def text(self) -> str:
        """The consideration in the language of the page."""
        return localised(self, "text")
