"""What happened: registrations, the append-only record, attempts at an assessment, certificates."""

import uuid
from typing import Any, NoReturn, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from design.formats import format_date_short
from learning.enums import AttemptMode, Verb
from learning.models.programmes import Programme


class AppendOnlyError(Exception):
    """Somebody tried to change or remove what happened."""


class Registration(models.Model):
    """One person's way through one programme; without the person, once their account is gone."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="registrations",
    )
    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="registrations"
    )
    holder_name = models.CharField(
        _("name on the certificate"), max_length=120, blank=True, help_text=_("As the person wrote it.")
    )
    paper_key = models.UUIDField(
        _("key of the papers"),
        default=uuid.uuid4,
        editable=False,
        help_text=_("From it each paper can be drawn again."),
    )
    registered_at = models.DateTimeField(_("registered at"))

    class Meta:
        ordering = ["-registered_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "programme"], name="one_registration_per_person")]
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")

    def __str__(self) -> str:
        """Return the programme and a number, never the person."""
        return f"{self.programme.slug} {self.pk}"


class LearningRecordQuerySet(models.QuerySet["LearningRecord"]):
    """Lines of the record."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse: what happened is not rewritten."""
        raise AppendOnlyError("A line of the record cannot be changed.")

    def delete(self) -> NoReturn:
        """Refuse: what happened is not forgotten."""
        raise AppendOnlyError("A line of the record cannot be deleted.")


class LearningRecord(models.Model):
    """One thing that happened to a learner; everything else is a fold over these (`folds.py`).

    The same thing said twice is one line: (registration, object, attempt, verb) is unique.
    """

    registration = models.ForeignKey(
        Registration, verbose_name=_("registration"), on_delete=models.PROTECT, related_name="records"
    )
    object_key = models.CharField(
        pgettext_lazy("of a verb", "object"),
        max_length=160,
        help_text=_("Such as unit:read-a-register/what-a-release-is."),
    )
    attempt = models.PositiveSmallIntegerField(_("attempt"), default=0, help_text=_("0 outside an assessment."))
    verb = models.CharField(_("verb"), max_length=20, choices=Verb.choices)
    result = models.JSONField(_("result"), default=dict)
    at = models.DateTimeField(_("instant"))
    data_version = models.CharField(_("state of the register"), max_length=40, blank=True)

    objects = LearningRecordQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "object_key", "attempt", "verb"], name="said_once")
        ]
        verbose_name = _("line of the learning record")
        verbose_name_plural = _("lines of the learning record")

    def __str__(self) -> str:
        """Return verb and object."""
        return f"{self.verb} {self.object_key}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Append the line; raise AppendOnlyError where it is there already."""
        if not self._state.adding:
            raise AppendOnlyError("A line of the record cannot be changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: what happened is not forgotten."""
        raise AppendOnlyError("A line of the record cannot be deleted.")


class AttemptQuerySet(models.QuerySet["Attempt"]):
    """Attempts at an assessment."""

    def handed_in(self) -> Self:
        """Return the attempts that were handed in."""
        return self.exclude(submitted_at=None)

    def under_way(self) -> Self:
        """Return the attempts that were begun and not handed in."""
        return self.filter(submitted_at=None)


class Attempt(models.Model):
    """One try at an assessment: the paper as it was asked, and what was answered.

    The paper is frozen with the answers that were right then, and the state of the register they were found in.
    """

    registration = models.ForeignKey(
        Registration, verbose_name=_("registration"), on_delete=models.PROTECT, related_name="attempts"
    )
    number = models.PositiveSmallIntegerField(_("number"))
    mode = models.CharField(_("mode"), max_length=20, choices=AttemptMode.choices, default=AttemptMode.ASSESSMENT)
    paper = models.JSONField(_("questions as they were asked"), default=list)
    answers = models.JSONField(_("answers"), default=dict)
    data_version = models.CharField(_("state of the register"), max_length=40, blank=True)
    started_at = models.DateTimeField(_("begun at"))
    submitted_at = models.DateTimeField(_("handed in at"), null=True, blank=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["registration", "number"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "number"], name="one_attempt_per_number"),
            models.UniqueConstraint(
                fields=["registration"], condition=models.Q(submitted_at=None), name="one_attempt_under_way"
            ),
        ]
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")

    def __str__(self) -> str:
        """Return registration and number."""
        return f"{self.registration} #{self.number}"


class Award(models.Model):
    """A certificate: what was printed, frozen, under a code by which anybody can check it.

    Its status is not stored: it follows from the record (`folds.award_status`).
    """

    code = models.CharField(_("code"), max_length=13, unique=True)
    registration = models.ForeignKey(
        Registration, verbose_name=_("registration"), on_delete=models.PROTECT, related_name="awards"
    )
    attempt = models.PositiveSmallIntegerField(_("attempt"), default=0)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    holder_name = models.CharField(
        _("name on the certificate"), max_length=120, blank=True, help_text=_("Empty once the person has been erased.")
    )
    name_erased_at = models.DateTimeField(_("name erased at"), null=True, blank=True, editable=False)
    issued_at = models.DateTimeField(_("issued at"))
    expires_on = models.DateField(_("holds until"), null=True, blank=True)
    facts = models.JSONField(_("what was printed"), default=dict)
    sha256 = models.CharField(_("SHA-256 of what was printed"), max_length=64)

    class Meta:
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "attempt"], name="one_award_per_attempt"),
        ]
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")

    def __str__(self) -> str:
        """Return the code."""
        return self.code

    @property
    def object_key(self) -> str:
        """What the record calls it."""
        return f"award:{self.code}"

    @property
    def public_name(self) -> str:
        """The name, or words that say that it was erased."""
        if self.holder_name or self.name_erased_at is None:
            return self.holder_name or _now("Name erased at the person's request")
        return _now("Name erased on %(day)s") % {"day": format_date_short(self.name_erased_at)}
