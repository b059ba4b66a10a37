"""Shows how far long work has come, on the error stream: a bar on a terminal, a few plain lines in a log."""

import time
from typing import Final

from django.core.management.base import OutputWrapper

_WIDTH: Final = 30
_TERMINAL_SECONDS: Final = 0.1
_LOG_SECONDS: Final = 10.0


class Progress:
    """A bar for one piece of work whose size is known."""

    def __init__(self, stream: OutputWrapper, label: str, total: int) -> None:
        self._stream = stream
        self._label = label
        self._total = max(total, 1)
        self._terminal = stream.isatty()
        self._shown_at = time.monotonic() if not self._terminal else 0.0

    def show(self, done: int) -> None:
        """Show how much is done, not more often than anybody can read."""
        now = time.monotonic()
        if now - self._shown_at < (_TERMINAL_SECONDS if self._terminal else _LOG_SECONDS):
            return
        self._shown_at = now
        share = min(done / self._total, 1.0)
        if self._terminal:
            bar = ("█" * round(share * _WIDTH)).ljust(_WIDTH, "░")
            self._stream.write(f"\r{self._label} {bar} {share:4.0%}", style_func=str, ending="")
        else:
            self._stream.write(f"{self._label} {share:.0%}", style_func=str)
        self._stream.flush()

    def finish(self) -> None:
        """Wipe the bar; the result is said in words by whoever did the work."""
        if self._terminal:
            self._stream.write("\r\033[K", style_func=str, ending="")
            self._stream.flush()
