"""Bars for work that has several stretches."""

from django.core.management.base import OutputWrapper

from design.progress import Progress


class Stretches:
    """Shows one bar after the other, as the work names them."""

    def __init__(self, stream: OutputWrapper) -> None:
        self._stream = stream
        self._label = ""
        self._bar: Progress | None = None

    def tell(self, label: str, done: int, total: int) -> None:
        """Show how much of a stretch is done."""
        if label != self._label or self._bar is None:
            self.finish()
            self._label, self._bar = label, Progress(self._stream, label, total)
        self._bar.show(done)

    def finish(self) -> None:
        """Wipe the bar that stands."""
        if self._bar is not None:
            self._bar.finish()
