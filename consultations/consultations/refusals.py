"""What a domain function of consultations raises instead of acting: sentences for whoever asked."""

from consultations.enums import NotOpenReason
from design.refusals import IncompleteError, Refusal, WrongStateError

__all__ = [
    "CoverageError",
    "IncompleteError",
    "IntakeClosedError",
    "PeriodError",
    "ProposalLockedError",
    "Refusal",
    "WrongStateError",
]


class ProposalLockedError(Refusal):
    """The proposal has been open for comments: a material change needs a new period."""


class PeriodError(Refusal):
    """A comment period that cannot be."""


class CoverageError(Refusal):
    """A decision was to be published before every point was read and answered; the sentences name them."""


class IntakeClosedError(Refusal):
    """A comment came when none are taken; `reason` is the true one."""

    def __init__(self, reason: NotOpenReason, *sentences: object) -> None:
        self.reason = reason
        super().__init__(*sentences)
