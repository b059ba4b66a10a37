"""Why a file is not taken, not kept or not released: sentences for whoever sent it or handles it."""

from design.refusals import Refusal


class FileRefusedError(Refusal):
    """The file is not taken; the sentence says what is wrong with it and what can be done."""


class FileGoneError(Refusal):
    """A file that was chosen earlier is no longer held: it has to be chosen again."""


class ReleaseRefusedError(Refusal):
    """The file cannot be released as it is."""
