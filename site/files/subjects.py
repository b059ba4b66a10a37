"""Whose file is it: areas say here who may read the files of their subjects, and when the public may.

A room below the areas cannot ask them; so each area adds its kind of subject in its `wiring.py`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True)
class Subject:
    """One kind of subject that has files, and what is asked of its area, by the subject's public reference."""

    is_public: Callable[[str], bool]
    user_can_read: Callable[[Any, str], bool]


_SUBJECTS: Final[dict[str, Subject]] = {}


def add_subject(kind: str, *, is_public: Callable[[str], bool], user_can_read: Callable[[Any, str], bool]) -> None:
    """Say who may read files of a kind of subject: everybody the released ones, officials the originals."""
    _SUBJECTS[kind] = Subject(is_public, user_can_read)


def subjects() -> Mapping[str, Subject]:
    """Return the kinds of subject that have files."""
    return _SUBJECTS


def subject_is_public(kind: str, reference: str) -> bool:
    """Return whether the public may read what a file was sent with."""
    subject = _SUBJECTS.get(kind)
    return subject is not None and subject.is_public(reference)


def user_can_read_original(user: Any, kind: str, reference: str) -> bool:
    """Return whether a person may read the original of a file that was sent with a subject."""
    subject = _SUBJECTS.get(kind)
    return subject is not None and subject.user_can_read(user, reference)
