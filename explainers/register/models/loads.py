"""Where entries come from: every load of a file is a version, and a changed value keeps its history."""

from typing import Protocol, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from design.languages import current_code
from design.phrases import labelled
from register.enums import ChangeKind, LoadKind


class HasHistory(Protocol):
    """An entry, or a facility: what changes are kept about."""

    @property
    def load_kind(self) -> LoadKind:
        """Return which kind of file brings it."""

    @property
    def entry_key(self) -> str:
        """Return the key under which its history is kept."""


class RegisterLoad(models.Model):
    """One file loaded into the register: its source, instant, hash and counts."""

    register = models.SlugField(
        _("register"),
        max_length=60,
        default="national",
        help_text=_("Which register the file is an edition of; a load never touches the entries of another one."),
    )
    kind = models.CharField(_("holds"), max_length=30, choices=LoadKind.choices)
    source = models.CharField(_("source"), max_length=300, help_text=_("Who published the file, and where."))
    source_fr = models.CharField(_("source in French"), max_length=300, blank=True)
    source_ru = models.CharField(_("source in Russian"), max_length=300, blank=True)
    file_name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    loaded_at = models.DateTimeField(_("loaded at"))
    loaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("loaded by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    first_year = models.PositiveSmallIntegerField(_("first reporting year"), null=True, blank=True)
    last_year = models.PositiveSmallIntegerField(_("last reporting year"), null=True, blank=True)
    accidental_unknown = models.BooleanField(
        _("accidental quantities unknown"),
        default=False,
        help_text=_("The file writes zero for every accidental quantity, which cannot be told from “not reported”."),
    )
    rows_read = models.PositiveIntegerField(_("rows read"), default=0)
    rows_added = models.PositiveIntegerField(_("entries added"), default=0)
    rows_added_late = models.PositiveIntegerField(
        _("of them for years already covered"),
        default=0,
        help_text=_("Entries added for reporting years that an earlier load of this register had covered."),
    )
    rows_unchanged = models.PositiveIntegerField(_("entries unchanged"), default=0)
    rows_revised = models.PositiveIntegerField(_("entries with a revised quantity"), default=0)
    rows_amended = models.PositiveIntegerField(_("entries with other details changed"), default=0)
    rows_restored = models.PositiveIntegerField(_("entries restored"), default=0)
    rows_dropped = models.PositiveIntegerField(_("entries dropped"), default=0)
    rows_rejected = models.PositiveIntegerField(_("rows rejected"), default=0)

    class Meta:
        ordering = ["-loaded_at", "-pk"]
        indexes = [models.Index(fields=["register", "kind", "sha256"], name="load_by_file")]
        verbose_name = _("load of the register")
        verbose_name_plural = _("loads of the register")

    def __str__(self) -> str:
        """Return file and day."""
        return f"{self.file_name} ({self.loaded_at:%Y-%m-%d})"

    @property
    def source_in_words(self) -> str:
        """Return the source in the language of the page; as it was given where that language has none."""
        return getattr(self, f"source_{current_code()}", "") or self.source

    @property
    def rows_common(self) -> int:
        """Return how many entries of the file an earlier load had made too."""
        return self.rows_unchanged + self.rows_revised + self.rows_amended + self.rows_restored


class EntryChangeQuerySet(models.QuerySet["EntryChange"]):
    """Changes of entries."""

    def about(self, entry: HasHistory) -> Self:
        """Return the history of one entry, oldest change first."""
        return self.filter(kind=entry.load_kind, entry_key=entry.entry_key).order_by("load__loaded_at", "pk")


class EntryChange(models.Model):
    """What a load changed in an entry that an earlier load had made: the old value is never lost.

    Before and after hold the changed fields by name, quantities as decimal text in kilograms. Where a later source
    withholds a fact (Art. 12(3)), the change names the field and not the value.
    """

    load = models.ForeignKey(RegisterLoad, on_delete=models.PROTECT, related_name="changes")
    change = models.CharField(_("change"), max_length=10, choices=ChangeKind.choices)
    kind = models.CharField(_("kind of entry"), max_length=30, choices=LoadKind.choices)
    facility = models.ForeignKey("register.Facility", null=True, on_delete=models.CASCADE, related_name="entry_changes")
    pollutant = models.ForeignKey("register.Pollutant", null=True, on_delete=models.CASCADE, related_name="+")
    reporting_year = models.PositiveSmallIntegerField(_("reporting year"), null=True)
    entry_key = models.CharField(_("key of the entry"), max_length=400)
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)

    objects = EntryChangeQuerySet.as_manager()

    class Meta:
        ordering = ["load", "pk"]
        indexes = [models.Index(fields=["kind", "entry_key"], name="change_by_entry")]
        verbose_name = _("change of an entry")
        verbose_name_plural = _("changes of entries")

    def __str__(self) -> str:
        """Return what happened to which entry."""
        return labelled(self.entry_key, self.get_change_display())
