"""What the API says of consultations; every text is given in all its languages, every state as word and value."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ninja import Field, Schema

from consultations.file_subject import public_address
from consultations.models import Submission


class TextsOut(Schema):
    """One text in the three languages of the site."""

    en: str
    fr: str
    ru: str


class PeriodOut(Schema):
    """A period in which comments are taken: from `opens_at` on, and no more at `closes_at`."""

    kind: str = Field(description="original, extension or reopening")
    opens_at: datetime
    closes_at: datetime
    zone: str
    reason: TextsOut


class ConsultationOut(Schema):
    """A consultation, as in a list."""

    reference: str
    slug: str
    title: TextsOut
    summary: TextsOut
    state: str = Field(description="upcoming, open, under_consideration, concluded or discontinued: at this instant")
    opens_at: datetime | None = Field(description="when the next period opens, if one is set")
    closes_at: datetime | None = Field(description="when comments close, while they are taken")
    decision_expected_by: date | None
    published_at: datetime
    url: str


class MeasureOut(Schema):
    """One typed change of the register; quantities are kilograms a year."""

    number: int
    kind: str
    pollutant: str | None = Field(description="reporting code, as in the register")
    activity: str | None = Field(description="code of Annex I")
    threshold_kind: str | None
    before_quantity_kg: Decimal | None
    after_quantity_kg: Decimal | None
    label: TextsOut
    before: TextsOut
    after: TextsOut
    change: TextsOut
    rationale: TextsOut


class PaperOut(Schema):
    """A paper of the dossier, frozen with the version."""

    title: TextsOut
    language: str
    file_name: str
    sha256: str
    url: str


class ProposalOut(Schema):
    """The newest version of the proposal. `content` is what `sha256` is the hash of, as canonical JSON."""

    number: int
    sha256: str
    published_at: datetime
    measures: list[MeasureOut]
    documents: list[PaperOut]
    content: dict[str, object] = Field(
        description="hash it as JSON with sorted keys, without spaces, as UTF-8, to get sha256"
    )


class CountsOut(Schema):
    """How many comments came and what became of their publication; the parts add up to `received`."""

    received: int
    published: int
    pending: int
    private: int
    withheld: int


class ConsiderationOut(Schema):
    """One of the considerations on which a decision is based."""

    heading: TextsOut
    text: TextsOut


class DecisionOut(Schema):
    """The decision with its considerations (Art. 13(3))."""

    kind: str
    decided_on: date
    published_at: datetime
    authority: TextsOut
    legal_basis: TextsOut
    summary: TextsOut
    register_change: TextsOut
    review: TextsOut
    considerations: list[ConsiderationOut]
    points_left_out: int
    override_reason: str


class ConsultationDetailOut(ConsultationOut):
    """A consultation with everything that is public about it."""

    authority: TextsOut
    legal_basis: TextsOut
    periods: list[PeriodOut]
    proposal: ProposalOut | None
    submissions: CountsOut
    decision: DecisionOut | None
    discontinued_at: datetime | None
    discontinued_reason: TextsOut | None


class FileOut(Schema):
    """A file that came with a comment, as the public may have it: pictures are drawn anew, hence the other hash."""

    name: str
    kind: str
    size: int
    sha256: str
    url: str


class SubmissionOut(Schema):
    """A published comment, or the tombstone of one that is withheld."""

    tracking_number: str
    received_at: datetime
    received_late: bool
    channel: str
    language: str
    publication_state: str
    withheld_reason: str | None
    author: str | None
    texts: list[str] = Field(description="the words, part by part; none where the comment is withheld")
    proposal_version: int
    files: list[FileOut] = Field(description="files that were made public; none where the comment is withheld")

    @staticmethod
    def resolve_withheld_reason(submission: Submission) -> str | None:
        """Return the reason, where there is one."""
        return submission.withheld_reason or None

    @staticmethod
    def resolve_author(submission: Submission) -> str | None:
        """Return the author as the public is told; nobody where the comment is withheld."""
        return submission.public_author if submission.is_public else None

    @staticmethod
    def resolve_texts(submission: Submission) -> list[str]:
        """Return what the submitter wrote, where the public may read it."""
        points = submission.points.all() if submission.is_public else []
        return [point.text for point in points if not point.is_passage]

    @staticmethod
    def resolve_files(submission: Any) -> list[dict[str, Any]]:
        """Return the files that the public may have."""
        return [
            {
                "name": file.name,
                "kind": file.rendition_kind,
                "size": file.rendition_size,
                "sha256": file.rendition_sha256,
                "url": public_address(file),
            }
            for file in (submission.released_files if submission.is_public else [])
        ]

    @staticmethod
    def resolve_proposal_version(submission: Submission) -> int:
        """Return the version that was commented on."""
        return submission.proposal_version.number


class PointOut(Schema):
    """One row of the matrix; the answer is there once it is published."""

    number: int
    tracking_number: str
    measure: str | None = Field(description="M1, M2 …; empty where the point is about the whole")
    topic: str
    author: str
    language: str
    comment: str
    disposition: str | None
    answer: str | None
    answer_language: str | None
    change_made: str | None
