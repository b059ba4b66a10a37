"""What a certificate says: one list of lines for the PDF and the verification page, from the frozen record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from design.fictional import fictional_line
from design.formats import format_date_long, format_number
from design.languages import current_code
from design.pdf import qr_code, render_pdf
from learning.enums import CertificateClass, CertificateStatus
from learning.folds import Score, Standing
from learning.models import Award
from learning.models.programmes import outcome_lines
from learning.questions.frozen import in_language

_NO_BREAK: Final = "\N{NO-BREAK SPACE}"
_MINUTES: Final = 60
_SAID_IN_HOURS: Final = 120  # minutes


@dataclass(frozen=True)
class PrintedLine:
    """One line of a certificate; `name` is the same in every language."""

    name: str
    label: str
    value: str


@dataclass(frozen=True)
class Printed:
    """A certificate in the language of the page."""

    kind: str
    name: str
    title: str
    outcomes: list[str]
    lines: list[PrintedLine]
    caution: str
    verify_url: str


def printed(award: Award) -> Printed:
    """Return what a certificate says, in the language of the page; all of it is read from the award alone."""
    facts = award.facts
    return Printed(
        kind=str(CertificateClass(facts["class"]).label),
        name=award.public_name,
        title=in_language(facts["title"]),
        outcomes=outcome_lines(in_language(facts["outcomes"])),
        lines=list(_lines(facts)),
        caution=_(
            "This certificate says that somebody with this name took part and passed as written above. It does not "
            "prove who that was, and it gives no right to practise a profession or to act for the authority."
        ),
        verify_url=settings.BASE_URL + reverse("learning:verification", args=[award.code]),
    )


def _lines(facts: Mapping[str, Any]) -> list[PrintedLine]:
    """Return the lines in the order in which they stand on the paper."""
    lines = [PrintedLine("minutes", _("Study"), _time_in_words(facts["minutes"], has_assessment=bool(facts["of"])))]
    if facts["of"]:
        score = Score(right=facts["right"], of=facts["of"])
        lines.append(
            PrintedLine(
                "result",
                _("Result"),
                _("%(right)s of %(of)s questions right; %(needed)s%% were needed")
                % {
                    "right": format_number(score.right),
                    "of": format_number(score.of),
                    "needed": f"{format_number(facts['pass_percent'])}{_NO_BREAK if current_code() != 'en' else ''}",
                },
            )
        )
    if facts["units"]:
        titles = "; ".join(in_language(unit["title"]) or unit["key"] for unit in facts["units"])
        lines.append(PrintedLine("units", _("Units"), titles))
    lines.append(PrintedLine("issued_on", _("Issued"), format_date_long(date.fromisoformat(facts["issued_on"]))))
    lines.append(
        PrintedLine(
            "expires_on",
            _("Holds until"),
            format_date_long(date.fromisoformat(facts["expires_on"])) if facts["expires_on"] else _("no end"),
        )
    )
    issuer = in_language(facts["authority"]) or in_language(facts["site"]) or settings.WAGTAIL_SITE_NAME
    lines.append(PrintedLine("authority", _("Issued by"), issuer))
    lines.append(PrintedLine("code", _("Code"), facts["code"]))
    return lines


def _time_in_words(minutes: int, *, has_assessment: bool) -> str:
    """Return how long the programme takes, units and assessment together: beyond two hours in whole hours."""
    if minutes >= _SAID_IN_HOURS:
        hours = round(minutes / _MINUTES)
        words = ngettext("about %(hours)s hour", "about %(hours)s hours", hours)
        return words % {"hours": format_number(hours)}
    if has_assessment:
        words = ngettext(
            "about %(minutes)s minute with the assessment", "about %(minutes)s minutes with the assessment", minutes
        )
    else:
        words = ngettext("about %(minutes)s minute", "about %(minutes)s minutes", minutes)
    return words % {"minutes": format_number(minutes)}


def certificate_pdf(award: Award, language: str | None = None) -> bytes:
    """Return the certificate to print, in its own language or another one, from the same record."""
    with translation.override(language or award.language):
        return render_pdf(award.facts["template"], pdf_values(award), at=award.issued_at)


def pdf_values(award: Award) -> dict[str, Any]:
    """Return the values of the template, in the language of the page."""
    said = printed(award)
    by_name = {line.name: line.value for line in said.lines}
    site = in_language(award.facts["site"]) or settings.WAGTAIL_SITE_NAME
    return {
        "language": current_code(),
        "kind": said.kind,
        "site": site,
        "authority": by_name["authority"],
        "certifies": _("It is certified that"),
        "name": said.name,
        "has_finished": _("has finished the programme"),
        "title": said.title,
        "outcomes_title": _("What the programme teaches") if said.outcomes else "",
        "outcomes": said.outcomes,
        "lines": [
            {"label": line.label, "value": line.value}
            for line in said.lines
            if line.name not in {"authority", "code"} and (line.name != "expires_on" or award.expires_on)
        ],
        "code_label": _("Code"),
        "code": award.code,
        "check": _("Anybody can check this certificate:"),
        "address": said.verify_url,
        "qr": qr_code(said.verify_url),
        "qr_alt": _("QR code that leads to the page on which this certificate can be checked"),
        "caution": said.caution,
        "fictional": fictional_line(),
        "fingerprint_label": _("Fingerprint of the record (SHA-256)"),
        "fingerprint": award.sha256,
    }


def standing_in_words(standing: Standing) -> tuple[str, str, str]:
    """Return the label of a status, its tone, and the sentence that explains it."""
    since = format_date_long(standing.since) if standing.since else ""
    match standing.status:
        case CertificateStatus.VALID:
            return (
                str(standing.status.label),
                "done",
                _("This certificate was issued by this register and holds today."),
            )
        case CertificateStatus.EXPIRED:
            return str(standing.status.label), "soon", _("It held until %(day)s.") % {"day": since}
        case CertificateStatus.SUPERSEDED:
            sentence = _("Its holder passed again: a newer certificate took its place on %(day)s.")
            return str(standing.status.label), "soon", sentence % {"day": since}
        case CertificateStatus.REVOKED:
            sentence = _("The authority revoked it on %(day)s: do not rely on it.")
            return str(standing.status.label), "overdue", sentence % {"day": since}


def award_as_json(award: Award, standing: Standing) -> dict[str, Any]:
    """Return the same facts for machines: nothing more, nothing less than the page shows."""
    since = standing.since.isoformat() if standing.since else None
    return {
        "code": award.code,
        "status": standing.status.value,
        "since": since,
        "name": award.holder_name or None,
        "language": award.language,
        **{name: value for name, value in award.facts.items() if name not in {"code", "template"}},
        "sha256": award.sha256,
        "url": settings.BASE_URL + reverse("learning:verification", args=[award.code]),
    }
