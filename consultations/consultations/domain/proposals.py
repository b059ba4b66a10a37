"""Freezing a proposal: what the public is asked about, with a hash over it and over every paper."""

import hashlib
from datetime import datetime
from pathlib import PurePath
from typing import Any, BinaryIO, Final

from django.core.files import File
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from consultations.measures import describe_measure
from consultations.models import Docket, DossierDocument, FrozenFile, Measure, ProposalVersion
from consultations.refusals import ProposalLockedError
from consultations.states import next_opening, window_at
from design.languages import CODES
from design.texts import Texts
from ledger.canonical import canonical_json, sha256_of

_CHUNK: Final = 1024 * 1024
# What a version is compared by. The words made from it are kept beside it, but change with the site's translations.
_FACTS: Final = ("measures", "documents")


def proposal_content(docket: Docket) -> dict[str, Any]:
    """Return the proposal as it stands in the docket (saved or not): typed facts, papers by hash, and the words."""
    measures = list(docket.measures.all())
    documents = list(docket.documents.all())
    return {
        "docket": docket.reference,
        "measures": [_measure_facts(measure) for measure in measures],
        "documents": [_document_facts(document) for document in documents],
        "words": {str(measure.number): _in_each_language(measure) for measure in measures},
    }


def same_proposal(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Return whether two contents propose the same, by the same papers."""
    return all(one.get(key) == other.get(key) for key in _FACTS)


def proposal_lock(docket: Docket, at: datetime | None = None) -> str:
    """Return why the proposal cannot be changed at an instant; nothing where it can.

    A draft can, and a consultation that is not open but will be: the change is then what the coming period is about.
    """
    moment = at or timezone.now()
    if docket.is_draft:
        return ""
    if window_at(docket.windows, moment):
        return _(
            "Comments are being taken on this proposal. To change it, wait until they close and re-open for comments."
        )
    if next_opening(docket.windows, moment) is None:
        return _("The proposal has been open for comments. To change it, re-open the consultation first: a new period.")
    return ""


def require_changeable(docket: Docket, at: datetime) -> None:
    """Insist that the proposal may be changed; raise ProposalLockedError with the reason."""
    reason = proposal_lock(docket, at)
    if reason:
        raise ProposalLockedError(reason)


def freeze_proposal(docket: Docket, *, at: datetime) -> ProposalVersion:
    """Store the proposal as the next version, with frozen copies of its papers."""
    content = proposal_content(docket)
    newest = docket.current_proposal
    version = ProposalVersion.objects.create(
        docket=docket,
        number=newest.number + 1 if newest else 1,
        content=content,
        sha256=sha256_of(canonical_json(content)),
        published_at=at,
    )
    papers = docket.documents.select_related("document")
    version.files.set([_frozen_copy(paper) for paper in papers])
    return version


def _frozen_copy(paper: DossierDocument) -> FrozenFile:
    digest = document_sha256(paper)
    frozen = FrozenFile.objects.filter(sha256=digest).first()
    if frozen is not None:
        return frozen
    name = public_file_name(paper)
    with paper.document.open_file() as source:
        return FrozenFile.objects.create(
            sha256=digest, file=File(source, name=name), file_name=name, size_bytes=paper.document.file.size
        )


def public_file_name(paper: DossierDocument) -> str:
    """Return the name under which a paper is downloaded: by its title, for storage may have changed the file's own."""
    return (slugify(paper.title_en) or "document") + PurePath(paper.document.filename).suffix.lower()


def document_sha256(paper: DossierDocument) -> str:
    """Return the hash of a paper's bytes as they are now."""
    with paper.document.open_file() as source:
        return hash_file(source)


def hash_file(source: BinaryIO) -> str:
    """Return the SHA-256 of a file, read piece by piece."""
    digest = hashlib.sha256()
    while chunk := source.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _measure_facts(measure: Measure) -> dict[str, Any]:
    return {
        "number": measure.number,
        "kind": measure.kind,
        "pollutant": measure.pollutant.code if measure.pollutant else None,
        "activity": measure.activity.code if measure.activity else None,
        "threshold_kind": measure.threshold_kind or None,
        "before_quantity_kg": _plain_number(measure.before_quantity_kg),
        "after_quantity_kg": _plain_number(measure.after_quantity_kg),
        **{name: vars(Texts.of(measure, name)) for name in ("subject", "before_text", "after_text", "rationale")},
    }


def _plain_number(value: Any) -> str | None:
    """Return a quantity the same way before and after the database has seen it."""
    return None if value is None else f"{value.normalize():f}"


def _document_facts(paper: DossierDocument) -> dict[str, Any]:
    return {
        "title": vars(Texts.of(paper, "title")),
        "language": paper.language,
        "file_name": public_file_name(paper),
        "sha256": document_sha256(paper),
    }


def _in_each_language(measure: Measure) -> dict[str, dict[str, str]]:
    """Return the measure's label, sides and change as a reader of each language saw them."""
    words: dict[str, dict[str, str]] = {"label": {}, "before": {}, "after": {}, "change": {}}
    for code in CODES:
        with translation.override(code):
            described = describe_measure(measure)
        for key, value in words.items():
            value[code] = getattr(described, key)
    return words
