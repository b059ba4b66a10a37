"""What a domain function raises instead of acting: sentences for whoever asked."""

from collections.abc import Sequence

from consultations.enums import NotOpenReason


class Refusal(Exception):  # noqa: N818 -- it is an answer to a person, not a fault of the program
    """The act was not done; `sentences` say why and how to mend it."""

    def __init__(self, *sentences: object) -> None:
        self.sentences: Sequence[str] = [str(sentence) for sentence in sentences]
        super().__init__(" ".join(self.sentences))


class IncompleteError(Refusal):
    """Something is missing that the law or the reader needs; each sentence names one thing."""


class WrongStateError(Refusal):
    """The act has no place in the state the subject is in."""


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
