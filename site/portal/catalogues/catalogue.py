"""The .po files of one package: brought up to date with its sources, and compiled, without gettext tools."""

import difflib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import polib

from portal.catalogues.sources import Message

# The languages besides the one the sources are written in, each with its rule for plurals.
PLURAL_FORMS = {
    "fr": "nplurals=2; plural=(n > 1);",
    "ru": ("nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"),
}
_WIDTH = 100
_LOOKS_ALIKE = 0.85  # from here on a new string is taken for an old one reworded


@dataclass(frozen=True)
class Update:
    """What bringing one catalogue up to date did to it, in counts."""

    path: Path
    added: int
    reworded: int
    removed: int
    missing: int


def catalogue_path(package: Path, language: str) -> Path:
    """Where Django looks for the package's catalogue in that language."""
    return package / "locale" / language / "LC_MESSAGES" / "django.po"


def plural_count(language: str) -> int:
    """How many plural forms the language has."""
    return int(PLURAL_FORMS[language].split(";")[0].removeprefix("nplurals="))


def merged(messages: Iterable[Message]) -> dict[tuple[str, str], Message]:
    """One message per key, in order of first use; where one use has a plural the entry has it."""
    entries: dict[tuple[str, str], Message] = {}
    for message in messages:
        known = entries.get(message.key)
        if known is None or (message.plural and not known.plural):
            entries[message.key] = message
    return entries


def read_catalogue(path: Path) -> polib.POFile:
    """The catalogue at that path, or an empty one."""
    return polib.pofile(str(path), wrapwidth=_WIDTH) if path.exists() else polib.POFile(wrapwidth=_WIDTH)


def entry_key(entry: polib.POEntry) -> tuple[str, str]:
    """The key of an entry, as `Message.key`."""
    return (entry.msgctxt or "", entry.msgid)


def needs_translation(entry: polib.POEntry) -> bool:
    """Whether a reader of that language would still see English, or a guess nobody has confirmed."""
    return not entry.obsolete and not entry.translated()


def update_catalogue(package: Path, language: str, messages: list[Message]) -> Update:
    """Writes the catalogue anew from the sources: translations stay, new strings come in, strings out of use go.

    A string that was only reworded keeps its translation marked fuzzy, which `check` refuses until it is confirmed.
    """
    path = catalogue_path(package, language)
    old = {entry_key(entry): entry for entry in read_catalogue(path) if not entry.obsolete}
    wanted = merged(messages)
    places: dict[tuple[str, str], list[str]] = {}
    for message in messages:
        places.setdefault(message.key, []).append(message.source)
    leaving = {key: entry for key, entry in old.items() if key not in wanted and entry.translated()}
    catalogue = polib.POFile(wrapwidth=_WIDTH)
    catalogue.header = f"Translations of PRTR Commons: the package {package.name}, language {language}."
    catalogue.metadata = {
        "Project-Id-Version": "PRTR Commons",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURAL_FORMS[language],
    }
    reworded = 0
    for key, message in wanted.items():
        entry = _new_entry(message, language)
        entry.occurrences = [(source, "") for source in dict.fromkeys(places[key])]
        source_entry = old.get(key)
        if source_entry is None:
            source_entry = _reworded_from(message, leaving)
            if source_entry is not None:
                reworded += 1
                entry.previous_msgid = source_entry.msgid
                entry.flags.append("fuzzy")
        elif "fuzzy" in source_entry.flags:
            entry.previous_msgid = source_entry.previous_msgid
            entry.flags.append("fuzzy")
        if source_entry is not None:
            _keep_translation(entry, source_entry)
        catalogue.append(entry)
    if wanted or path.exists():
        _write_if_changed(path, str(catalogue).rstrip("\n") + "\n")
    return Update(
        path=path,
        added=len(wanted.keys() - old.keys()) - reworded,
        reworded=reworded,
        removed=len(old.keys() - wanted.keys()),
        missing=sum(needs_translation(entry) for entry in catalogue),
    )


def compile_catalogue(path: Path) -> Path:
    """Writes the .mo beside the .po, in one step, so that a server reading it never sees half a file."""
    target = path.with_suffix(".mo")
    temporary = target.with_suffix(f".{os.getpid()}.tmp")
    temporary.write_bytes(read_catalogue(path).to_binary())
    temporary.replace(target)
    return target


def _new_entry(message: Message, language: str) -> polib.POEntry:
    entry = polib.POEntry(msgid=message.singular, msgctxt=message.context or None)
    if message.plural:
        entry.msgid_plural = message.plural
        entry.msgstr_plural = dict.fromkeys(range(plural_count(language)), "")
    if "%(" in message.singular + message.plural:
        entry.flags.append("python-format")
    return entry


def _keep_translation(entry: polib.POEntry, old: polib.POEntry) -> None:
    """Carries a translation over, also where a string has gained or lost its plural."""
    entry.tcomment = old.tcomment
    if entry.msgid_plural:
        known = old.msgstr_plural or {0: old.msgstr}
        entry.msgstr_plural = {form: known.get(form, "") for form in entry.msgstr_plural}
    else:
        entry.msgstr = old.msgstr or old.msgstr_plural.get(0, "")


def _reworded_from(message: Message, leaving: dict[tuple[str, str], polib.POEntry]) -> polib.POEntry | None:
    candidates = {entry.msgid: entry for (context, _), entry in leaving.items() if context == message.context}
    closest = difflib.get_close_matches(message.singular, candidates, n=1, cutoff=_LOOKS_ALIKE)
    return candidates[closest[0]] if closest else None


def _write_if_changed(path: Path, text: str) -> None:
    if path.exists() and path.read_text("utf-8") == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    temporary.write_text(text, "utf-8")
    temporary.replace(path)
