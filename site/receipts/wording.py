"""A check as the page tells it: what it comes to, what was checked, what the receipt says, and what that proves."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from design.formats import format_instant
from ledger.leaves import leaf_hash
from ledger.models import Entry
from receipts.checking import ERASURES, Finding, Report
from receipts.enums import Check, Outcome, Weight
from receipts.erasures import erasure_in, proves_no_longer, since_erased
from receipts.kinds import Line, kind_named
from receipts.sentences import name_of, outcome_of, sentence_about, sentence_of

_TONES: Final = {
    Outcome.PROVEN: "done",
    Outcome.NOT_SEALED: "soon",
    Outcome.NOT_SIGNED: "soon",
    Outcome.BROKEN: "overdue",
    Outcome.UNREADABLE: "overdue",
}

_FINGERPRINT: Final = re.compile(r"[0-9a-f]{64}")

# Parts of what is written as JSON that people give about themselves; the others are named as in the file.
_PARTS: Final[dict[Any, Any]] = {
    "name": pgettext_lazy("of a person", "name"),
    "organisation": gettext_lazy("organisation"),
    "email": gettext_lazy("e-mail address"),
    "postal_address": gettext_lazy("postal address"),
}


@dataclass(frozen=True)
class Step:
    """One thing that was checked."""

    label: str
    tone: str
    sentence: str


@dataclass(frozen=True)
class Result:
    """What the page shows of a check."""

    tone: str
    sentence: str
    problem: str
    steps: Sequence[Step]
    lines: Sequence[Line]
    words: Sequence[Line]
    parts: Sequence[Line]
    since: str
    proven: Sequence[str]
    not_proven: Sequence[str]
    follow: str
    follow_words: str
    entry_url: str
    downloads: Sequence[Any]


def explained(report: Report, *, slip: Any = None, downloads: Sequence[Any] = (), lacks_key: bool = False) -> Result:
    """Return a check in plain words; what a receipt says is repeated only where nothing in it was changed.

    `lacks_key` says that it was looked up by its number alone, so that what is private was left out here.
    """
    stands = report.outcome in {Outcome.PROVEN, Outcome.NOT_SEALED, Outcome.NOT_SIGNED}
    opened = list(_words(report)) if stands else []
    entry = _entry(report) if stands else None
    return Result(
        tone=_TONES[report.outcome],
        sentence=outcome_of(report),
        problem=sentence_about(report.problem, report.where) if report.problem else "",
        steps=list(_steps(report, lacks_key=lacks_key)),
        lines=list(_lines(report)) if stands else [],
        words=[Line(label, said) for label, said, is_plain in opened if is_plain],
        parts=[Line(label, said) for label, said, is_plain in opened if not is_plain],
        since=since_erased(entry, report.receipt) if entry and report.receipt else "",
        proven=list(_proven(report)),
        not_proven=list(_not_proven(report, lacks_key=lacks_key)),
        follow=slip.follow if slip else "",
        follow_words=slip.follow_words if slip else "",
        entry_url=_entry_url(entry) if entry else "",
        downloads=downloads,
    )


def _entry(report: Report) -> Entry | None:
    """Return the entry in the record of this site; None where the receipt is of another one."""
    number = (report.receipt or {}).get("entry", {}).get("id")
    found = Entry.objects.filter(pk=number).first() if isinstance(number, int) else None
    same = found is not None and leaf_hash(found).hex() == (report.receipt or {}).get("leaf_hash")
    return found if same else None


def _entry_url(entry: Entry) -> str:
    """Return the page of an entry; nothing where it is not public."""
    return entry.get_absolute_url() if entry.public else ""


def _steps(report: Report, *, lacks_key: bool) -> Iterator[Step]:
    labels = {
        Weight.FITS: (_("fits"), "done"),
        Weight.OPEN: (pgettext("of a check", "open"), "neutral"),
        Weight.WRONG: (_("does not fit"), "overdue"),
    }
    told = False
    for finding in report.findings:
        label, tone = labels[finding.weight]
        if not lacks_key or finding.check is not Check.OPENING_MISSING:
            yield Step(label, tone, sentence_of(_dated(finding, report)))
        elif not told:
            told = True
            sentence = _("What is private is not shown without the access key. The rest stands without it.")
            yield Step(label, tone, sentence)


def _dated(finding: Finding, report: Report) -> Finding:
    """Return a finding with the day of an erasure as people write it, where the authority sits."""
    erasure = erasure_in(report.receipt or {"erased": None}) if finding.check in ERASURES else None
    return Finding(finding.check, {**finding.values, "day": erasure.day}) if erasure else finding


def _lines(report: Report) -> Iterator[Line]:
    """Yield what the receipt says: first what stands in the entry itself, then what is printed and signed."""
    receipt = report.receipt or {}
    kind = kind_named(receipt["kind"])
    yield Line(_("Receipt for"), str(kind.label) if kind else receipt["kind"])
    yield Line(pgettext("of a receipt", "Number"), receipt["reference"])
    yield Line(_("Entered in the record"), _instant(receipt["entry"]["instant"]))
    if report.outcome is Outcome.NOT_SIGNED:
        return
    yield Line(pgettext("of a receipt", "Issued by"), receipt["issuer"]["name"])
    for line in receipt["facts"]:
        yield Line(line["label"], line["value"])


def _words(report: Report) -> Iterator[tuple[str, str, bool]]:
    """Yield what the entry is bound to where the receipt opens it: its name, what it says, whether that is plain words.

    Bare fingerprints, of files and certificates, are left out: they stand among the printed lines.
    """
    openings = (report.receipt or {}).get("openings", {})
    for finding in report.findings:
        if finding.check is Check.OPENING_FITS:
            name, value = finding.values["name"], openings[finding.values["name"]]["value"]
            if not _FINGERPRINT.fullmatch(value):
                content = _content(value)
                said = "\n".join(_parts(content, "")) if content is not None else value
                yield name_of(name), said, content is None or set(content) <= set(_PARTS)


def _content(value: str) -> dict[str, Any] | None:
    """Return the parts of an opening that is written as JSON; None where it is words."""
    try:
        content = json.loads(value)
    except (ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) else None


def _parts(content: Any, before: str) -> Iterator[str]:
    pairs = content.items() if isinstance(content, dict) else enumerate(content, start=1)
    for name, each in pairs:
        here = f"{before} {_PARTS.get(name, name)}".strip().replace("_", " ")
        if isinstance(each, dict | list):
            yield from _parts(each, here)
        elif each not in ("", None):
            yield f"{here}: {each}"


def _proven(report: Report) -> Iterator[str]:
    checks = {finding.check for finding in report.findings}
    if report.outcome in {Outcome.BROKEN, Outcome.UNREADABLE}:
        return
    if Check.SIGNATURE_FITS in checks:
        yield _("The authority gave this receipt, and every line on it is as it was given.")
    if Check.OPENING_FITS in checks and Check.OPENING_MISSING in checks:
        yield _("What is marked as fitting is what the record is bound to: not one letter was changed, here or there.")
    elif Check.OPENING_FITS in checks:
        yield _("The words are those that the record is bound to: not one letter was changed, here or there.")
    if Check.PROOF_FITS in checks:
        yield _("The entry stands in the sealed record. Nobody can take it out or change it without being found out.")


def _not_proven(report: Report, *, lacks_key: bool) -> Iterator[str]:
    if report.outcome in {Outcome.BROKEN, Outcome.UNREADABLE}:
        return
    gone = [] if lacks_key or report.receipt is None else proves_no_longer(report.receipt)
    yield from gone
    if not gone:
        yield _(
            "Who handed it in: the record says when and what, and it binds the name, but asks nobody for a passport."
        )
    yield _("That the clock of the authority was right, or that what was handed in is true.")
    yield _(
        "That everybody is shown the same record: for that, people compare its checkpoints, which are published "
        "for everybody."
    )
    if report.outcome is Outcome.NOT_SEALED:
        yield _(
            "That the entry will stay: it is sealed within minutes. Fetch the receipt again, and it proves that too."
        )
    yield _("That a print on paper says the same as this file: compare each line with it.")


def _instant(text: str) -> str:
    """Return an instant of an entry as people write it; what cannot be one stays as it is."""
    try:
        return format_instant(datetime.fromisoformat(text))
    except ValueError:
        return text[:40]
