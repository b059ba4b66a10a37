"""What is wrong with a package's catalogues, one sentence for each thing to mend."""

import re
from collections.abc import Iterator
from pathlib import Path

import polib

from portal.catalogues.catalogue import (
    PLURAL_FORMS,
    catalogue_path,
    entry_key,
    merged,
    needs_translation,
    plural_count,
    read_catalogue,
)
from portal.catalogues.sources import Message, Problem

_PLACEHOLDER = re.compile(r"(?<!%)(?:%%)*%\((?P<name>[^)]*)\)(?P<type>[#0\- +]*\d*(?:\.\d+)?[a-zA-Z]?)")


class _AnyValue(dict[str, object]):
    """Stands for whatever a view would fill in; 1 suits every conversion."""

    def __missing__(self, key: str) -> object:
        return 1


def check_catalogue(package: Path, language: str, messages: list[Message], *, relative_to: Path) -> Iterator[Problem]:
    """Everything wrong with one catalogue: missing, stale or unconfirmed strings, and placeholders that would fail."""
    path = catalogue_path(package, language)
    place = path.relative_to(relative_to).as_posix()
    wanted = merged(messages)
    if not path.exists():
        if wanted:
            yield Problem(place, f"There is no catalogue for {len(wanted)} strings: run `messages update`.")
        return
    catalogue = read_catalogue(path)
    if catalogue.metadata.get("Plural-Forms") != PLURAL_FORMS[language]:
        yield Problem(place, "The header has another rule for plurals: run `messages update`.")
    entries = {entry_key(entry): entry for entry in catalogue if not entry.obsolete}
    for key, message in wanted.items():
        entry = entries.get(key)
        if entry is None or (entry.msgid_plural or "") != message.plural:
            yield Problem(place, f"“{message.singular}” ({message.source}) is not in it: run `messages update`.")
    for key, entry in entries.items():
        if key not in wanted:
            yield Problem(place, f"“{entry.msgid}” is no longer used: run `messages update`.")
        elif "fuzzy" in entry.flags:
            yield Problem(place, f"“{entry.msgid}” has a guessed translation: confirm it and take the mark fuzzy away.")
        elif needs_translation(entry):
            yield Problem(place, f"“{entry.msgid}” has no translation.")
        else:
            yield from _check_translation(place, entry, language)


def check_agreement(catalogues: dict[Path, polib.POFile], *, relative_to: Path) -> Iterator[Problem]:
    """One string translated in two ways by two packages: Django merges the catalogues, so one of them is never seen."""
    seen: dict[tuple[str, str], tuple[Path, polib.POEntry]] = {}
    for path, catalogue in catalogues.items():
        for entry in catalogue.translated_entries():
            first = seen.setdefault(entry_key(entry), (path, entry))
            if (first[1].msgstr, first[1].msgstr_plural) != (entry.msgstr, entry.msgstr_plural):
                yield Problem(
                    path.relative_to(relative_to).as_posix(),
                    f"“{entry.msgid}” is translated in another way in {first[0].relative_to(relative_to).as_posix()}: "
                    "use one translation, or give each its context (pgettext).",
                )


def _check_translation(place: str, entry: polib.POEntry, language: str) -> Iterator[Problem]:
    if not entry.msgid_plural:
        forms = {"": (entry.msgstr, placeholders(entry.msgid), placeholders(entry.msgid))}
    else:
        singular, plural = placeholders(entry.msgid), placeholders(entry.msgid_plural)
        # Where the first form stands for one thing only, it may leave the number out as English does; in Russian it
        # also stands for 21 and 101, so there it may not.
        first_needs = plural if plural_count(language) > 2 else singular & plural
        forms = {
            f" (plural form {form})": (text, first_needs if form == 0 else plural, singular | plural)
            for form, text in entry.msgstr_plural.items()
        }
    for which, (text, needed, allowed) in forms.items():
        used = placeholders(text)
        if needed - used or used - allowed:
            differing = ", ".join(sorted((needed - used) | (used - allowed)))
            yield Problem(place, f"“{entry.msgid}”{which} differs in its placeholders: {differing}.")
        elif allowed and not _can_be_filled_in(text):
            yield Problem(place, f"“{entry.msgid}”{which} cannot be filled in: a percent sign is written %% there.")


def placeholders(text: str) -> set[str]:
    """The named placeholders of a text, as written: `%(count)s`."""
    return {f"%({match['name']}){match['type']}" for match in _PLACEHOLDER.finditer(text)}


def _can_be_filled_in(text: str) -> bool:
    try:
        text % _AnyValue()
    except (ValueError, TypeError):
        return False
    return True
