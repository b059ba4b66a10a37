"""Reads configuration from the environment, and says in a sentence what is wrong with each value.

`portal/variables.py` declares every variable once; the settings read them from there, and `manage.py variables`
prints the table of the README from the same list. Every variable NAME may instead be given as NAME_FILE, the path of a
file that holds the value (for secrets). All wrong values are reported together, before anything starts.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.core.exceptions import ImproperlyConfigured


class Misconfigured(ImproperlyConfigured):
    """Wrong configuration: one sentence for each value that has to be mended."""

    def __init__(self, sentences: list[str]) -> None:
        self.sentences = sentences
        super().__init__("The configuration is wrong:\n" + "\n".join(f"- {sentence}" for sentence in sentences))


@dataclass(frozen=True)
class Variable:
    """One environment variable: what it means, how it is read, and what holds where it is not set.

    `read` turns the text into the value, or raises ValueError with the rest of a sentence that begins with the name.
    `default` is what an operator would have typed; None means that the variable is required in production, and an
    empty one that nothing is said.
    """

    name: str
    meaning: str
    read: Callable[[str], Any]
    default: str | None = None
    default_meaning: str = ""
    secret: bool = False


@dataclass(frozen=True)
class Profile:
    """How much the settings ask for: production asks for everything, the demonstration brings its own values."""

    strict: bool
    defaults: Mapping[str, str]


_PRODUCTION: Final = Profile(strict=True, defaults={})
_profile = _PRODUCTION


def relax(**defaults: str) -> None:
    """Opt into comfort: `defaults` stand in for required variables, and rules for a public address are not applied.

    Called by the settings of the demonstration before they import those of production; where the settings of the tests
    have called it before, their values win.
    """
    global _profile  # noqa: PLW0603 -- settings are modules: this is how one speaks to the next
    _profile = Profile(strict=False, defaults={**defaults, **_profile.defaults})


class Environment:
    """The variables of one process; collects what is wrong until `finish` says it all at once."""

    def __init__(
        self,
        variables: Mapping[str, Variable],
        source: Mapping[str, str] | None = None,
        profile: Profile | None = None,
    ) -> None:
        self.variables = variables
        self.source = os.environ if source is None else source
        self.profile = _profile if profile is None else profile
        self.sentences: list[str] = []
        self._read: set[str] = set()

    @property
    def strict(self) -> bool:
        """Return whether the rules for a public address apply."""
        return self.profile.strict

    def complain(self, sentence: str) -> None:
        """Note something wrong that concerns several variables together."""
        self.sentences.append(sentence)

    def finish(self) -> None:
        """Raise Misconfigured with every sentence noted, if there is one; what is set and was not read yet is read."""
        for name in self.variables.keys() - self._read:
            if self.is_set(name):
                self.value(name)
        if self.sentences:
            raise Misconfigured(self.sentences)

    def is_set(self, name: str) -> bool:
        """Return whether somebody gave the variable a value, here or in a file."""
        return bool(self.source.get(name) or self.source.get(f"{name}_FILE"))

    def value(self, name: str) -> Any:
        """Return the variable as declared; None where it is empty, and where it is wrong or missing (and note why)."""
        self._read.add(name)
        variable = self.variables[name]
        text = self._text(variable)
        if not text:
            return None
        try:
            return variable.read(text)
        except ValueError as error:
            self.complain(f"{name} {error}")
            return None

    def _text(self, variable: Variable) -> str | None:
        name = variable.name
        file_name = self.source.get(f"{name}_FILE")
        if file_name:
            return self._file_text(name, file_name)
        given = self.source.get(name)
        if given:
            return given
        text = self.profile.defaults.get(name, variable.default)
        if text is None:
            self.complain(f"{name} is not set; set it, or set {name}_FILE to the path of a file that holds it.")
        return text

    def _file_text(self, name: str, file_name: str) -> str | None:
        if self.source.get(name):
            self.complain(f"{name} and {name}_FILE are both set; keep one of them.")
            return None
        try:
            return Path(file_name).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
            self.complain(f"{name}_FILE names {file_name}, which cannot be read ({reason}).")
            return None
