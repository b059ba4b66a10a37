"""Finds what the words of a file mean in the register: pollutants, facilities, activities, operations, countries."""

import difflib
import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import Final

from babel import Locale
from django.utils.text import slugify
from django.utils.translation import gettext as _

from register.countries import OWN_NAMES
from register.importing.errors import RowNotNeeded, RowRejected
from register.importing.numbers import shortened
from register.models import Activity, Facility, Operation, Pollutant

_LANGUAGES: Final = ("en", "fr", "ru")
_PLAIN_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,80}")
_SLUG_LENGTH: Final = 60


def squeezed(text: str) -> str:
    """Return a code without the spaces, points and capitals by which registers write the same code differently."""
    return re.sub(r"[\s.\-–]+", "", text).casefold()


def public_id_of(identifier: str) -> str:
    """Return the register number under which a facility is published: its identifier, made fit for an address.

    An identifier with other characters than letters, digits, hyphens and low lines keeps what is readable of it and
    ends in six digits of its hash, so that two identifiers never become one.
    """
    if _PLAIN_ID.fullmatch(identifier):
        return identifier
    digest = hashlib.sha256(identifier.encode()).hexdigest()[:6]
    readable = slugify(identifier)[-_SLUG_LENGTH:].strip("-")
    return f"{readable}-{digest}" if readable else digest


class Vocabulary:
    """Words of one list, each under every spelling by which a file may name it."""

    def __init__(self, spellings: Iterable[tuple[str, int]], unknown: str) -> None:
        self._ids: dict[str, int] = {}
        self._spellings: dict[str, str] = {}
        self._unknown = unknown
        for spelling, pk in spellings:
            if spelling and squeezed(spelling) not in self._ids:
                self._ids[squeezed(spelling)] = pk
                self._spellings[squeezed(spelling)] = spelling

    def find(self, word: str) -> int:
        """Return what a word means; raise RowNotNeeded, naming the nearest word that is known."""
        pk = self._ids.get(word)
        if pk is None:
            key = squeezed(word)
            pk = self._ids.get(key)
            if pk is None:
                raise RowNotNeeded(self._sentence(word, key))
            self._ids[word] = pk
        return pk

    def _sentence(self, word: str, key: str) -> str:
        sentence = self._unknown % {"word": shortened(word)}
        nearest = difflib.get_close_matches(key, self._spellings, n=1, cutoff=0.6)
        if nearest:
            return _("%(sentence)s The nearest is “%(nearest)s”.") % {
                "sentence": sentence,
                "nearest": self._spellings[nearest[0]],
            }
        return sentence


def pollutants() -> Vocabulary:
    """Return the pollutants by reporting code, code elsewhere, CAS number and name; a sub-entry by code and name."""
    spellings: list[tuple[str, int]] = []
    known = list(Pollutant.objects.all())
    for one in known:
        spellings.append((one.code, one.pk))
    for one in known:
        spellings += [(code, one.pk) for code in one.other_codes]
        if one.part_of_id is None:
            spellings.append((one.cas, one.pk))
    for one in known:
        spellings += [(name, one.pk) for name in (one.name_en, one.name_fr, one.name_ru)]
    return Vocabulary(spellings, _("The pollutant “%(word)s” is not in the register's list."))


def activities() -> Vocabulary:
    """Return the activities of Annex I by code, whichever way its parts are separated."""
    return Vocabulary(
        Activity.objects.values_list("code", "pk"), _("The activity “%(word)s” is not one of Annex I.")
    )  # fmt: skip


def operations() -> Vocabulary:
    """Return the operations of Annex III by code."""
    return Vocabulary(
        Operation.objects.values_list("code", "pk"), _("The operation “%(word)s” is not one of Annex III.")
    )  # fmt: skip


class Countries:
    """Countries by ISO 3166-1 code or by name in any of the three languages."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}
        for language in _LANGUAGES:
            for code, name in Locale(language).territories.items():
                if len(code) == 2 and code.isalpha():
                    self._codes.setdefault(name.casefold(), code)
        for code, names in OWN_NAMES.items():
            self._codes.update({name.casefold(): code for name in names.values()})
        self._by_code = set(self._codes.values())

    def find(self, word: str) -> str:
        """Return the code of a country; raise RowRejected, naming the nearest name that is known."""
        if word.upper() in self._by_code:
            return word.upper()
        code = self._codes.get(word.casefold())
        if code is None:
            nearest = difflib.get_close_matches(word.casefold(), self._codes, n=1)
            sentence = _("“%(word)s” is neither the code nor the name of a country.") % {"word": shortened(word)}
            if nearest:
                sentence = _("%(sentence)s The nearest is “%(nearest)s”.") % {
                    "sentence": sentence,
                    "nearest": nearest[0].title(),
                }
            raise RowRejected(sentence)
        self._codes[word.casefold()] = code
        return code


class Facilities:
    """Facilities of one register by the identifier that files give."""

    def __init__(self, register: str) -> None:
        self.register = register
        self._known: dict[str, tuple[int, str]] = {
            public_id: (pk, owner or "")
            for pk, public_id, owner in Facility.objects.values_list("pk", "public_id", "load__register")
        }
        self._found: dict[str, int] = {}
        self._public_ids: dict[int, str] = {pk: public_id for public_id, (pk, _owner) in self._known.items()}

    def find(self, identifier: str) -> int:
        """Return the facility with an identifier; raise RowNotNeeded where there is none in this register."""
        pk = self._found.get(identifier)
        if pk is None:
            pk, _owner = self._known.get(public_id_of(identifier), (0, ""))
            if not pk:
                raise RowNotNeeded(
                    _("There is no facility “%(word)s” in the register; load the file of facilities first.")
                    % {"word": shortened(identifier)}
                )
            self.refuse_foreign(identifier)
            self._found[identifier] = pk
        return pk

    def refuse_foreign(self, identifier: str) -> None:
        """Raise RowNotNeeded where a facility is another register's."""
        _pk, owner = self._known.get(public_id_of(identifier), (0, ""))
        if owner and owner != self.register:
            raise RowNotNeeded(
                _("The facility “%(word)s” belongs to another register, “%(register)s”.")
                % {"word": shortened(identifier), "register": owner}
            )

    def public_id(self, pk: int) -> str:
        """Return the register number of a facility found before."""
        return self._public_ids[pk]


def translations(values: Mapping[str, str], own: Iterable[str]) -> dict[str, str]:
    """Return the register's own words and those that a mapping translates into them, by their small letters."""
    known = {word.casefold(): word for word in own}
    return {**known, **values}
