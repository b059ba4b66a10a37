"""A kind of subject for tests: two things, of which the test says what happens to them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import get_language, gettext_lazy

from following import subjects
from following.subjects import Happening, Moment, Subject, SubjectKind


class BridgeKind(SubjectKind):
    """Bridges: "old" and "new" can be followed, "secret" by nobody but who may."""

    name = "bridge"
    title = gettext_lazy("bridge")
    invitation = gettext_lazy("Follow")

    def __init__(self) -> None:
        self.told: list[tuple[str, Happening]] = []
        self.days: list[Moment] = []

    def find(self, key: str) -> Subject | None:
        if key not in {"old", "new", "secret"}:
            return None
        return Subject(
            self.name,
            key,
            f"The {key} bridge ({get_language()})",
            f"/en/bridges/{key}/",
            mail_title="A bridge" if key == "secret" else "",
            is_public=key != "secret",
            has_calendar=True,
        )

    def happenings(self, key: str, since: datetime, until: datetime) -> Sequence[Happening]:
        return [happening for about, happening in self.told if about == key]

    def moments(self, key: str, at: datetime) -> Sequence[Moment]:
        return self.days

    def may_be_followed(self, request: HttpRequest, key: str) -> bool:
        return key != "secret" or "secret" in request.COOKIES

    def happen(self, key: str, name: str, at: datetime, text: str = "") -> None:
        """Something happens to a bridge."""
        self.told.append((key, Happening(f"bridge/{key}/{name}", at, name, text, f"/en/bridges/{key}/")))


@contextmanager
def bridges() -> Iterator[BridgeKind]:
    """Let bridges be followed for as long as a test lasts."""
    kind = BridgeKind()
    subjects.add_kind(kind)
    try:
        yield kind
    finally:
        subjects._registry.kinds.pop(kind.name)
