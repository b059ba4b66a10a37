"""What is kept back, on which ground of the law and why (Art. 12)."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from design.languages import any_language, localised
from design.phrases import cite_article, labelled
from inforequests.enums import GroundCode, Judgement, Substitute, WithheldType
from inforequests.models.answers import ItemAnswer
from register.enums import LoadKind
from register.models import WithheldInformation


class GroundQuerySet(models.QuerySet["Ground"]):
    """Grounds."""

    def active(self) -> Self:
        """Return the grounds that the law of the Party authorises the authority to use."""
        return self.filter(is_active=True)


class Ground(models.Model):
    """One ground of Art. 12(1), with the national provision that authorises its use; there are no other grounds."""

    code = models.CharField(_("ground"), max_length=40, choices=GroundCode.choices, unique=True)
    article = models.CharField(_("article of the Protocol"), max_length=40)
    legal_basis_en = models.CharField(_("national provision, in English"), max_length=400, blank=True)
    legal_basis_fr = models.CharField(_("national provision, in French"), max_length=400, blank=True)
    legal_basis_ru = models.CharField(_("national provision, in Russian"), max_length=400, blank=True)
    weighs_releases = models.BooleanField(
        _("releases have to be weighed"),
        default=False,
        help_text=_(
            "Information on releases is kept back on this ground only with a written consideration (Art. 12(2))."
        ),
    )
    is_active = models.BooleanField(_("may be used"), default=True)
    sort_order = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = GroundQuerySet.as_manager()

    class Meta:
        ordering = ["sort_order", "pk"]
        verbose_name = _("ground for keeping back")
        verbose_name_plural = _("grounds for keeping back")

    def __str__(self) -> str:
        """Return the ground and its article."""
        return f"{self.get_code_display()} ({self.citation})"

    @property
    def citation(self) -> str:
        """The article, as the language of the page cites."""
        return cite_article(self.article)

    @property
    def legal_basis(self) -> str:
        """The national provision, in the language of the page."""
        return localised(self, "legal_basis")


class Withholding(models.Model):
    """One use of a ground in one case; one answer may have several.

    Where it is about a value of the register, `entry_kind` and `entry_key` name the entry, and sending the answer makes
    the register say the same (Art. 12(3)): both share one `statement`, and lifting one lifts both.
    """

    answer = models.ForeignKey(ItemAnswer, on_delete=models.CASCADE, related_name="withholdings")
    ground = models.ForeignKey(Ground, verbose_name=_("ground"), on_delete=models.PROTECT, related_name="withholdings")
    withheld_type = models.CharField(_("type of information"), max_length=30, choices=WithheldType.choices)
    reason_en = models.TextField(_("reason in English"), max_length=2000, blank=True)
    reason_fr = models.TextField(_("reason in French"), max_length=2000, blank=True)
    reason_ru = models.TextField(_("reason in Russian"), max_length=2000, blank=True)
    substitute = models.CharField(
        _("given instead"), max_length=20, choices=Substitute.choices, default=Substitute.NONE
    )
    substitute_text = models.CharField(_("what is given instead"), max_length=400, blank=True)
    concerns_releases = models.BooleanField(_("it is about releases into the environment"))
    # Whether ground and subject together ask for the written consideration: `Ground.weighs_releases` at the time.
    must_weigh_releases = models.BooleanField(default=False, editable=False)
    releases_consideration_en = models.TextField(
        _("why not even the information on releases is disclosed, in English"), max_length=4000, blank=True
    )
    releases_consideration_fr = models.TextField(
        _("why not even the information on releases is disclosed, in French"), max_length=4000, blank=True
    )
    releases_consideration_ru = models.TextField(
        _("why not even the information on releases is disclosed, in Russian"), max_length=4000, blank=True
    )
    public_interest_en = models.TextField(
        _("the public interest in disclosure, and why it does not outweigh, in English"), max_length=4000, blank=True
    )
    public_interest_fr = models.TextField(
        _("the public interest in disclosure, and why it does not outweigh, in French"), max_length=4000, blank=True
    )
    public_interest_ru = models.TextField(
        _("the public interest in disclosure, and why it does not outweigh, in Russian"), max_length=4000, blank=True
    )
    review_by = models.DateField(_("to be looked at again by"), null=True, blank=True)
    entry_kind = models.CharField(_("kind of entry"), max_length=30, choices=LoadKind.choices, blank=True)
    entry_key = models.CharField(_("key of the entry"), max_length=400, blank=True)
    statement = models.ForeignKey(
        WithheldInformation,
        verbose_name=_("what the register says"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="withholdings",
        editable=False,
    )
    decided_at = models.DateTimeField(_("decided at"), editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    judgement = models.CharField(
        _("found by the review"), max_length=20, choices=Judgement.choices, default=Judgement.UNKNOWN, editable=False
    )
    lifted_at = models.DateTimeField(_("lifted at"), null=True, editable=False)

    class Meta:
        ordering = ["answer", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason_en="") | ~Q(reason_fr="") | ~Q(reason_ru=""), name="withholding_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(public_interest_en="") | ~Q(public_interest_fr="") | ~Q(public_interest_ru=""),
                name="withholding_weighs_public_interest",
            ),
            models.CheckConstraint(
                condition=Q(must_weigh_releases=False)
                | ~Q(releases_consideration_en="")
                | ~Q(releases_consideration_fr="")
                | ~Q(releases_consideration_ru=""),
                name="withholding_of_releases_is_considered",
            ),
            models.CheckConstraint(
                condition=Q(entry_kind="", entry_key="") | (~Q(entry_kind="") & ~Q(entry_key="")),
                name="withholding_names_its_entry",
            ),
        ]
        verbose_name = _("withholding")
        verbose_name_plural = _("withholdings")

    def __str__(self) -> str:
        """Return what is kept back and on which ground."""
        return labelled(self.get_withheld_type_display(), self.ground.get_code_display())

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store it; the database refuses information on releases without the written consideration (Art. 12(2))."""
        self.must_weigh_releases = self.ground.weighs_releases and self.concerns_releases
        super().save(*args, **kwargs)

    @property
    def reason(self) -> str:
        """Why it is kept back, in the language of the page or else in one in which it was given."""
        return any_language(self, "reason")

    @property
    def public_interest(self) -> str:
        """What interest the public has in it and why that does not outweigh, as `reason` chooses the language."""
        return any_language(self, "public_interest")

    @property
    def releases_consideration(self) -> str:
        """Why not even information on releases is disclosed, as `reason` chooses the language."""
        return any_language(self, "releases_consideration")

    @property
    def is_lifted(self) -> bool:
        """Whether the information is no longer kept back."""
        return self.lifted_at is not None
