"""The files that came: what each is, what it was sent with, what may be done with it. The bytes are in the vault."""

import secrets
from datetime import datetime, timedelta
from typing import Any, Final, Self

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from files.enums import PICTURES, UNSCANNED_STATES, Kind, ReleaseState, ScanState
from files.kinds import RULES
from files.names import LONGEST_NAME

ASKED_AGAIN_AFTER: Final = timedelta(days=1)
CHOSEN_AS: Final = "chosen_as"  # under which name it came, where that said something else than its content


def new_code() -> str:
    """Return a code for addresses that nobody can guess and that tells nothing."""
    return secrets.token_hex(12)


class BoundFileError(Exception):
    """Somebody tried to delete a file that belongs to something; it can only be erased, which leaves a tombstone."""


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    """Files, by what they belong to and what may be done with them."""

    def held(self) -> Self:
        """Return the files that were chosen in a form which is not sent yet."""
        return self.filter(subject_kind="")

    def bound(self) -> Self:
        """Return the files that belong to something that was received."""
        return self.exclude(subject_kind="")

    def under(self, form_digest: str) -> Self:
        """Return the files that came with one form, whether it was sent or not."""
        return self.filter(form_digest=form_digest)

    def of(self, kind: str, *references: str) -> Self:
        """Return the files of one or several subjects, in the order in which they were sent."""
        return self.filter(subject_kind=kind, subject_reference__in=references).order_by(
            "subject_reference", "position"
        )

    def released(self) -> Self:
        """Return the files of which the public may have a rendition."""
        return self.filter(release_state=ReleaseState.RELEASED).exclude(scan_state=ScanState.INFECTED)

    def unscanned(self, at: datetime) -> Self:
        """Return the files that a scanner is to be asked about; first those it was never, or longest ago, asked about.

        One that was too large for it comes again after a day: somebody may have raised its limit (StreamMaxLength).
        """
        last = F("scanned_at").asc(nulls_first=True)
        again = Q(scan_state=ScanState.TOO_LARGE, scanned_at__lte=at - ASKED_AGAIN_AFTER)
        waiting = self.filter(Q(scan_state__in=UNSCANNED_STATES) | again, erased_at=None)
        return waiting.order_by(last, "received_at", "pk")

    def forget_held(self) -> int:
        """Delete those of these files that are not sent, and return how many; one that is just being sent stays.

        `delete` would choose them first and delete them later, whatever became of them in between.
        """
        with transaction.atomic():
            keys = list(self.held().select_for_update().values_list("pk", flat=True))
            return StoredFile.objects.filter(pk__in=keys).delete()[0]


class StoredFile(models.Model):
    """One file that somebody sent, or has chosen in a form and not sent yet."""

    code = models.CharField(max_length=32, unique=True, default=new_code, editable=False)
    name = models.CharField(pgettext_lazy("of a file", "name"), max_length=LONGEST_NAME)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64, db_index=True)  # empty once erased
    facts = models.JSONField(_("what else is known"), default=dict)
    received_at = models.DateTimeField(_("received at"))

    form_digest = models.CharField(max_length=64, blank=True, db_index=True)
    subject_kind = models.CharField(_("kind of subject"), max_length=40, blank=True)
    subject_reference = models.CharField(_("reference of the subject"), max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    scan_state = models.CharField(
        _("scan"), max_length=20, choices=ScanState.choices, default=ScanState.NOT_SCANNED, db_index=True
    )
    scan_detail = models.CharField(_("what the scanner said"), max_length=200, blank=True)
    scanned_at = models.DateTimeField(_("scanned at"), null=True, blank=True)

    release_state = models.CharField(
        _("publication"), max_length=20, choices=ReleaseState.choices, default=ReleaseState.SEALED
    )
    released_at = models.DateTimeField(_("released at"), null=True, blank=True)
    rendition_kind = models.CharField(_("kind of the rendition"), max_length=10, choices=Kind.choices, blank=True)
    rendition_sha256 = models.CharField(_("SHA-256 of the rendition"), max_length=64, blank=True, db_index=True)
    rendition_size = models.PositiveBigIntegerField(_("size of the rendition"), null=True, blank=True)
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True)

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_reference", "position"],
                condition=~Q(subject_kind=""),
                name="one_stored_file_per_position",
            ),
            models.CheckConstraint(
                condition=~Q(release_state=ReleaseState.RELEASED) | ~Q(rendition_sha256=""),
                name="released_file_has_a_rendition",
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(sha256="", rendition_sha256=""), name="erased_file_has_no_hash"
            ),
        ]
        verbose_name = _("file from the public")
        verbose_name_plural = _("files from the public")

    def __str__(self) -> str:
        """Return the name."""
        return self.name

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Forget a file that was not sent; raise BoundFileError for one that was."""
        if self.subject_kind:
            raise BoundFileError("A file that was received is erased by `erase_files`, never deleted.")
        return super().delete(*args, **kwargs)

    @property
    def renamed(self) -> str:
        """The sentence that it was called something which it is not, and what it is called here; nothing otherwise."""
        if CHOSEN_AS not in self.facts:
            return ""
        values = {"chosen": self.facts[CHOSEN_AS], "kind": self.get_kind_display(), "name": self.name}
        return _now("“%(chosen)s” is a %(kind)s by its content and is kept as “%(name)s”.") % values

    @property
    def is_picture(self) -> bool:
        """Whether it is drawn anew before the public may have it."""
        return self.kind in PICTURES

    @property
    def is_released(self) -> bool:
        """Whether the public may have a rendition, as far as the file itself is concerned."""
        return self.release_state == ReleaseState.RELEASED and not self.is_locked_away

    @property
    def is_locked_away(self) -> bool:
        """Whether nobody gets it: it is malicious."""
        return self.scan_state == ScanState.INFECTED

    @property
    def is_erased(self) -> bool:
        """Whether only the tombstone is left."""
        return self.erased_at is not None

    @property
    def can_be_opened(self) -> bool:
        """Whether an official may have the original."""
        return not self.is_erased and not self.is_locked_away

    @property
    def media_type(self) -> str:
        """As what it is announced when it is handed out."""
        return RULES[Kind(self.kind)].media_type

    @property
    def contents(self) -> list[dict[str, Any]]:
        """What lies in an archive: name and size of each."""
        return list(self.facts.get("contents", []))
