"""What a domain function raises instead of acting: sentences for whoever asked. Areas add their own kinds."""

from collections.abc import Sequence


class Refusal(Exception):  # noqa: N818 -- it is an answer to a person, not a fault of the program
    """The act was not done; `sentences` say why and how to mend it."""

    def __init__(self, *sentences: object) -> None:
        self.sentences: Sequence[str] = [str(sentence) for sentence in sentences]
        super().__init__(" ".join(self.sentences))


class IncompleteError(Refusal):
    """Something is missing that the law or the reader needs; each sentence names one thing."""


class WrongStateError(Refusal):
    """The act has no place in the state the subject is in."""
