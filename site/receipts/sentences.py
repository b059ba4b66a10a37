"""The findings of a check in plain words: one table for the page and for the command line."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from receipts.checking import Finding, Report
from receipts.enums import Check, Outcome, Problem

_CHECKS: Final[dict[Check, Promise]] = {
    Check.READABLE: _("The file is a receipt, complete and in a known form (%(format)s)."),
    Check.ENTRY_FITS: _("The entry of the record is intact: its fingerprint is the one on the receipt."),
    Check.ENTRY_CHANGED: _("The entry was changed: it does not have the fingerprint that stands on the receipt."),
    Check.KIND_FITS: _("The entry is about what the receipt says it is for."),
    Check.KIND_OTHER: _("The receipt says it is for “%(kind)s”, but the entry is about something else: “%(verb)s”."),
    Check.REFERENCE_FITS: _("The entry has the number of the receipt, %(reference)s."),
    Check.REFERENCE_OTHER: _("The receipt has the number %(reference)s, but its entry is about %(subject)s."),
    Check.ERASED: _(
        "The authority erased on %(day)s who it was. Of what was private, this receipt shows only what is marked below "
        "as fitting; a receipt that was fetched before that day still shows all of it."
    ),
    Check.ERASED_AS_WISHED: _(
        "The authority erased on %(day)s who it was, as the person wished. Of what was private, this receipt shows "
        "only what is marked below as fitting; a receipt that was fetched before that day still shows all of it."
    ),
    Check.ERASED_IN_TIME: _(
        "The authority erased on %(day)s who it was, because the period of keeping was over. Of what was private, this "
        "receipt shows only what is marked below as fitting; a receipt that was fetched before that day still shows "
        "all of it."
    ),
    Check.OPENING_FITS: _("“%(name)s” is, letter by letter, what the record is bound to."),
    Check.OPENING_CHANGED: _("“%(name)s” was changed: the record is bound to something else."),
    Check.OPENING_UNKNOWN: _("“%(name)s” was added to the receipt: the record is bound to nothing of that name."),
    Check.OPENING_MISSING: _(
        "“%(name)s” is not in this receipt: it was left out, or erased. The rest stands without it."
    ),
    Check.SIGNATURE_FITS: _("The authority signed the receipt with its key (%(signer)s), every printed line included."),
    Check.SIGNATURE_MISSING: _("The receipt is not signed: anybody could have written its lines."),
    Check.SIGNATURE_CHANGED: _("A printed line was changed: the authority signed other words than these."),
    Check.SIGNATURE_OTHER_KEY: _("The receipt is signed by a key that is not the authority’s."),
    Check.SIGNATURE_BROKEN: _("The signature is damaged or forged: it does not belong to this receipt."),
    Check.NOT_SEALED: _("The entry is not sealed yet, so there is no proof. Fetch the receipt again in a few minutes."),
    Check.CHECKPOINT_FITS: _("The authority signed a state of its record (%(record)s) with %(size)s entries."),
    Check.CHECKPOINT_BROKEN: _("The checkpoint, the signed state of the record, is damaged or forged."),
    Check.CHECKPOINT_OTHER_KEY: _("The checkpoint is signed by a key that is not the authority’s."),
    Check.CHECKPOINT_OTHER_RECORD: _("The checkpoint belongs to another record: %(record)s."),
    Check.SIZE_OTHER: _("The proof is about %(claimed)s entries, but the checkpoint about %(size)s: one was changed."),
    Check.PROOF_FITS: _("The entry lies in that state of the record, at position %(position)s: that is proven."),
    Check.PROOF_LENGTH: _("The proof is too long or too short for position %(position)s of %(size)s: it was changed."),
    Check.PROOF_WRONG: _("The proof does not lead from the entry to the checkpoint: one of them was changed."),
}

_PROBLEMS: Final[dict[Problem, Promise]] = {
    Problem.EMPTY: _("The file is empty. Download the receipt again and choose that file."),
    Problem.TOO_LARGE: _("The file is larger than any receipt. Choose the receipt itself, JSON or PDF."),
    Problem.NOT_UTF8: _(
        "This is no receipt: it is neither text nor a PDF. Choose the file that ends in .json or .pdf."
    ),
    Problem.NOT_JSON: _(
        "The file cannot be read: it is damaged, or no receipt for checking, such as the plain text. "
        "Choose the file that ends in .json or .pdf."
    ),
    Problem.TOO_DEEP: _("The file is nested deeper than any receipt, so it was not read."),
    Problem.NUMBER: _("The file holds a number that no receipt can hold (%(where)s), so it was not read."),
    Problem.TWICE: _("“%(where)s” stands twice in the file, so nobody can say which of the two counts."),
    Problem.SURROGATE: _("The file holds half a character, so its words cannot be compared with the record."),
    Problem.NOT_A_RECEIPT: _("The file is no receipt of this kind of register: it does not say that it is one."),
    Problem.OTHER_FORMAT: _(
        "The file is in another form (%(where)s) than this check knows (prtr-receipt/1). A newer check may know it."
    ),
    Problem.MISSING: _("Something is missing in the file: “%(where)s”. Download the receipt again."),
    Problem.UNKNOWN: _("The file has something in it that is in no receipt: “%(where)s”. It was added by somebody."),
    Problem.WRONG_TYPE: _("“%(where)s” is not written as in a receipt: it was changed, or the file is damaged."),
    Problem.PDF_WITHOUT: _(
        "There is no receipt in this PDF: it is another document, or it was printed into a new file. "
        "Choose the PDF as it was downloaded, or the JSON."
    ),
}

_OUTCOMES: Final[dict[Outcome, Promise]] = {
    Outcome.PROVEN: _("This receipt is genuine, and what it says is sealed in the record."),
    Outcome.NOT_SEALED: _("This receipt is genuine, and not sealed yet. Fetch it again in a few minutes."),
    Outcome.NOT_SIGNED: _("This receipt is not signed: only what stands in its entry counts, not the printed lines."),
    Outcome.BROKEN: _("This receipt is not what the authority gave: something in it was changed."),
    Outcome.UNREADABLE: _("This cannot be checked."),
}

# What the record is bound to, in words; files and comments on measures are numbered, such as "file-2".
_NAMES: Final[dict[str, Promise]] = {
    "text": _("The words"),
    "submitter": _("Who sent it"),
    "requester": _("Who asked"),
    "answer": _("The answer"),
    "decision": _("The decision"),
    "certificate": _("The fingerprint of what is printed on the certificate"),
    "holder": _("The name on the certificate"),
    "reasons": _("The reasons of the review"),
}
_NUMBERED: Final[dict[str, Promise]] = {
    "file": _("File %(number)s"),
    "measure": _("The comment on measure %(number)s"),
}


def sentence_of(finding: Finding) -> str:
    """Return a finding as a sentence."""
    values = dict(finding.values)
    if "name" in values:
        values["name"] = name_of(values["name"])
    return str(_CHECKS[finding.check]) % values


def sentence_about(problem: Problem, where: str = "") -> str:
    """Return why a file cannot be read as a receipt, and what to do."""
    return str(_PROBLEMS[problem]) % {"where": where}


def outcome_of(report: Report) -> str:
    """Return what a check came to, in one sentence."""
    return str(_OUTCOMES[report.outcome])


def name_of(name: str) -> str:
    """Return what the record is bound to, in words."""
    what, _dash, number = name.partition("-")
    if what in _NUMBERED and number.isdecimal():
        return str(_NUMBERED[what]) % {"number": number}
    return str(_NAMES[name]) if name in _NAMES else name
