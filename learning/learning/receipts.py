"""Receipts of certificates: the act by which one was given, for whoever knows its code."""

from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from design.formats import format_instant
from learning.certificates import printed
from learning.domain.awards import CERTIFICATE, CODE_LETTER
from learning.enums import Verb
from learning.models import Award
from ledger.models import Entry
from receipts.kinds import Kind, Line, Slip, add_kind

CERTIFICATE_KIND = "certificate"


def add_receipts() -> None:
    """Offer receipts of certificates. Their code is their key: whoever was shown it may check all of it."""
    add_kind(
        Kind(
            name=CERTIFICATE_KIND,
            label=gettext_lazy("A certificate"),
            find=lambda code: _awards().filter(code=code).first(),
            slip=_slip_of_certificate,
            letter=CODE_LETTER,
            subjects=_awards,
            own_check="learning:verify",
            own_check_words=gettext_lazy("Does a certificate still hold?"),
        )
    )


def _awards() -> QuerySet[Any]:
    """Return the certificates under the names by which numbers are looked up; they have no second key."""
    return Award.objects.select_related("registration").annotate(
        tracking_number=F("code"), secret_digest=Value("", output_field=CharField())
    )


def _slip_of_certificate(award: Award) -> Slip | None:
    entry = Entry.objects.about(CERTIFICATE, award.code).filter(verb=Verb.AWARDED).first()
    if entry is None:
        return None
    said = printed(award)
    return Slip(
        title=_("Receipt for a certificate"),
        reference=award.code,
        received=Line(_("Given"), format_instant(award.issued_at)),
        lines=[
            Line(_("Kind"), said.kind),
            Line(_("Name"), said.name),
            Line(_("Programme"), said.title),
            *(Line(line.label, line.value) for line in said.lines if line.name != "code"),
            Line(_("Fingerprint of the record (SHA-256)"), award.sha256),
        ],
        words=[],
        entry=entry,
        follow=reverse("learning:verification", args=[award.code]),
        follow_words=_("Check whether the certificate still holds"),
    )
