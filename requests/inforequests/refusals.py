"""What a domain function of requests raises instead of acting: sentences for whoever asked."""

from design.refusals import IncompleteError, Refusal, WrongStateError

__all__ = ["IncompleteError", "NotYoursError", "Refusal", "WrongStateError"]


class NotYoursError(Refusal):
    """Somebody without the access key of a request tried to do what only its requester may."""
