"""What cannot be done, and what somebody has to do first."""


class RefusedError(Exception):
    """A backup or a restoration that is not begun, or broken off; the message is the sentence to show."""


class DamagedError(RefusedError):
    """An archive that is not as it was written."""
