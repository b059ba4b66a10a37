"""The append-only record: one entry for every act, written in the transaction of the act itself."""

from typing import Any, ClassVar, NoReturn, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ledger.models.fields import CanonicalJSONField


class AppendOnlyError(Exception):
    """Somebody tried to change or remove an entry of the record."""


class EntryQuerySet(models.QuerySet["Entry"]):
    """Entries of the record."""

    def about(self, kind: str, reference: str) -> Self:
        """Return the entries about one subject, such as ("docket", "C-2026-003")."""
        return self.filter(subject_kind=kind, subject_reference=reference)

    def public(self) -> Self:
        """Return the entries that everybody may read."""
        return self.filter(public=True)

    def private(self) -> Self:
        """Return the entries that only officials may read."""
        return self.filter(public=False)

    def sealed(self) -> Self:
        """Return the entries that have a position in the tree."""
        return self.filter(leaf__isnull=False)

    def unsealed(self) -> Self:
        """Return the entries that wait for the next checkpoint."""
        return self.filter(leaf__isnull=True)

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse: what happened is not rewritten."""
        raise AppendOnlyError("An entry of the record cannot be changed.")

    def delete(self) -> NoReturn:
        """Refuse: what happened is not forgotten."""
        raise AppendOnlyError("An entry of the record cannot be deleted.")


class Entry(models.Model):
    """One act: when, what, about which subject, by which role, with which facts.

    Facts name no person and quote no one: identity lives elsewhere and can be erased, the record cannot. What is
    private the entry only commits to: SHA-256 over a salt (`Opening`) and the words, which live in their own room. The
    database itself refuses to change or to delete an entry (ledger/models/triggers.py).
    """

    instant = models.DateTimeField(_("instant"))
    verb = models.CharField(_("act"), max_length=60)
    area = models.CharField(pgettext_lazy("part of the site", "area"), max_length=40)
    subject_kind = models.CharField(_("kind of subject"), max_length=40)
    subject_reference = models.CharField(_("reference of the subject"), max_length=80)
    actor_role = models.CharField(
        _("role of who acted"), max_length=40, help_text=_("A role of officials, “public” or “system”; never a person.")
    )
    facts = CanonicalJSONField(_("facts"), default=dict)
    commitments = CanonicalJSONField(
        _("commitments"), default=dict, help_text=_("By name: the salted SHA-256 of words that are not public.")
    )
    public = models.BooleanField(_("public"), default=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["instant", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["subject_kind", "subject_reference"], name="entry_by_subject"),
            models.Index(fields=["instant"], name="entry_by_instant"),
        ]
        verbose_name = _("entry of the record")
        verbose_name_plural = _("entries of the record")

    def __str__(self) -> str:
        """Return the act and its subject."""
        return f"{self.verb} {self.subject_kind} {self.subject_reference}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Append the entry; raise AppendOnlyError where it is there already."""
        if not self._state.adding:
            raise AppendOnlyError("An entry of the record cannot be changed.")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Return the address of the entry's page in the language of now."""
        return reverse("ledger:entry", args=[self.pk])

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: what happened is not forgotten."""
        raise AppendOnlyError("An entry of the record cannot be deleted.")
