"""What a domain function of this area raises instead of acting: sentences for whoever asked."""

from datetime import datetime

from design.refusals import IncompleteError, Refusal, WrongStateError


class TooEarlyError(Refusal):
    """The next try may not begin yet; `until` is when it may."""

    def __init__(self, until: datetime, *sentences: object) -> None:
        self.until = until
        super().__init__(*sentences)


class NothingToAskError(Refusal):
    """The pool of a programme has no question that can be asked."""


class ContentError(Refusal):
    """What was to be loaded or saved does not fit together."""


__all__ = ["ContentError", "IncompleteError", "NothingToAskError", "Refusal", "TooEarlyError", "WrongStateError"]
