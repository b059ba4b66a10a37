"""Opens a file: which bytes, which encoding, which header, which rows; memory does not grow with the file."""

import codecs
import csv
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TextIO

from django.utils.translation import gettext as _

from register.enums import LoadKind
from register.importing.errors import FileRefused, RowRejected
from register.importing.mapping import FileMapping, built_in_mappings
from register.importing.numbers import shortened

_BLOCK: Final = 1 << 20
_DELIMITERS: Final = (";", ",", "\t", "|")
_GUESSES: Final = ("cp1252", "cp1251")  # what Western and Eastern European offices still write
_SPREADSHEETS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True)
class OpenedFile:
    """A file that can be read: what it holds, by which mapping, and where each column stands."""

    path: Path
    mapping: FileMapping
    sha256: str
    header: tuple[str, ...]
    has_nul: bool = False

    def rows(self) -> Iterator[tuple[int, list[str], RowRejected | None]]:
        """Yield line number and cells of every row, and why the row cannot be read if it cannot.

        Empty lines are passed over. The line is the one on which the row begins; the header stands on line 1.
        """
        with _text_of(self.path, self.mapping.encoding) as file:
            reader = csv.reader(file, delimiter=self.mapping.delimiter, strict=True)
            next(reader)
            while True:
                line = reader.line_num + 1
                try:
                    row = next(reader)
                except StopIteration:
                    return
                except csv.Error:
                    yield (
                        line,
                        [],
                        RowRejected(
                            _("A quotation mark opens here and does not close as it should (read on to line %(line)d).")
                            % {"line": reader.line_num}
                        ),
                    )
                    continue
                if any(row):
                    yield line, row, self._problem(row)

    def _problem(self, row: Sequence[str]) -> RowRejected | None:
        if len(row) != len(self.header):
            return RowRejected(
                _("The row has %(found)d columns and the header %(expected)d.")
                % {"found": len(row), "expected": len(self.header)}
            )
        if self.has_nul and any("\0" in cell for cell in row):
            return RowRejected(_("The row holds a NUL byte, which no text has."))
        return None


def open_file(path: Path, *, mapping: FileMapping | None = None, kind: LoadKind | None = None) -> OpenedFile:
    """Look at a file as a whole and find out how to read it, by its header if no mapping is given.

    Raises FileRefused with a sentence that says what was found, what was expected, and how to mend it.
    """
    sha256, has_nul = _looked_through(path, mapping.encoding if mapping else "utf-8")
    if mapping is None:
        mapping = _recognised(path, kind)
    return OpenedFile(path, mapping, sha256, _checked_header(path, mapping), has_nul)


def _recognised(path: Path, kind: LoadKind | None) -> FileMapping:
    """Return the built-in mapping that knows the header, or else the one that comes nearest to it."""
    known = [one for one in built_in_mappings() if kind in (None, one.kind)]
    if not known:
        raise FileRefused(
            _("%(file)s: no built-in mapping reads %(kind)s; describe the file in a mapping (--mapping).")
            % {"file": path.name, "kind": kind.label if kind else ""}
        )
    return min(known, key=lambda one: min(len(_absent(one, _header_of(path, one, mark))) for mark in _DELIMITERS))


def _looked_through(path: Path, encoding: str) -> tuple[str, bool]:
    """Return the SHA-256 of a file, and whether it holds NUL; raise FileRefused where some bytes cannot be read."""
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder(encoding)()
    lines, empty, first, has_nul = 1, True, True, False
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                if first:
                    _refuse_other_formats(path, block, encoding)
                    first = False
                digest.update(block)
                try:
                    text = decoder.decode(block)
                except UnicodeDecodeError as problem:
                    raise _undecodable(path, encoding, problem, lines) from problem
                lines += block.count(b"\n")
                has_nul = has_nul or "\0" in text
                empty = empty and not text.strip("\ufeff \t\r\n")
            decoder.decode(b"", final=True)
    except UnicodeDecodeError as problem:
        raise _undecodable(path, encoding, problem, lines) from problem
    except FileNotFoundError as problem:
        raise FileRefused(_("There is no file %(path)s.") % {"path": path}) from problem
    except OSError as problem:
        raise FileRefused(
            _("%(path)s cannot be opened: %(problem)s.") % {"path": path, "problem": problem.strerror}
        ) from problem
    if empty:
        raise FileRefused(_("%(file)s is empty; a file has a header and at least one row.") % {"file": path.name})
    return digest.hexdigest(), has_nul


def _refuse_other_formats(path: Path, block: bytes, encoding: str) -> None:
    if block.startswith(_SPREADSHEETS):
        raise FileRefused(
            _("%(file)s is a spreadsheet or an archive, not a CSV file; save the sheet as CSV in UTF-8 first.")
            % {"file": path.name}
        )
    if block.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and "16" not in encoding:
        raise FileRefused(
            _("%(file)s is in UTF-16; save it as UTF-8, or name the encoding in a mapping (encoding = \"utf-16\").")
            % {"file": path.name}
        )  # fmt: skip


def _undecodable(path: Path, encoding: str, problem: UnicodeDecodeError, lines: int) -> FileRefused:
    line = lines + problem.object[: problem.start].count(b"\n")
    found = problem.object[problem.start]
    return FileRefused(
        _(
            "%(file)s is not in %(encoding)s: line %(line)d holds the byte %(byte)s, which has no meaning there. "
            "Save the file as UTF-8, or name its encoding in a mapping (--mapping), perhaps %(guesses)s."
        )
        % {
            "file": path.name,
            "encoding": encoding,
            "line": line,
            "byte": f"0x{found:02X}",
            "guesses": ", ".join(_GUESSES),
        }
    )


def _text_of(path: Path, encoding: str) -> TextIO:
    """Open a file as text; a byte order mark of UTF-8 is no part of it."""
    bare = codecs.lookup(encoding).name == "utf-8"
    return path.open(encoding="utf-8-sig" if bare else encoding, newline="")


def _header_of(path: Path, mapping: FileMapping, delimiter: str = "") -> tuple[str, ...]:
    """Return the first row as a mapping, or another delimiter, would split it."""
    with _text_of(path, mapping.encoding) as file:
        try:
            return tuple(cell.strip() for cell in next(csv.reader(file, delimiter=delimiter or mapping.delimiter)))
        except (StopIteration, csv.Error):
            return ()


def _absent(mapping: FileMapping, header: Sequence[str]) -> list[str]:
    return [name for name in mapping.columns_needed() if name not in header]


def _checked_header(path: Path, mapping: FileMapping) -> tuple[str, ...]:
    """Return the header; raise FileRefused where it is not one that the mapping can be used with."""
    header = _header_of(path, mapping)
    absent = _absent(mapping, header)
    if absent:
        raise _unrecognised(path, mapping, header, absent)
    twice = sorted({name for name in mapping.columns_needed() if header.count(name) > 1})
    if twice:
        raise FileRefused(
            _("The header of %(file)s names a column twice, so it is not clear which is meant: %(columns)s.")
            % {"file": path.name, "columns": ", ".join(twice)}
        )
    return header


def _unrecognised(path: Path, mapping: FileMapping, header: Sequence[str], absent: Sequence[str]) -> FileRefused:
    """Say what the header is and what was expected: another delimiter, or other columns."""
    for delimiter in _DELIMITERS:
        if delimiter != mapping.delimiter and not _absent(mapping, _header_of(path, mapping, delimiter)):
            return FileRefused(
                _(
                    "The columns of %(file)s are separated by %(found)s, and “%(title)s” expects %(expected)s. "
                    "Save the file so, or name a mapping that says delimiter = %(found)s (--mapping)."
                )
                % {
                    "file": path.name,
                    "found": _shown(delimiter),
                    "expected": _shown(mapping.delimiter),
                    "title": mapping.title,
                }
            )
    return FileRefused(
        _(
            "The header of %(file)s is not that of “%(title)s”: it lacks %(absent)s. It has: %(found)s. "
            "If the file is written in another way, describe it in a mapping (--mapping)."
        )
        % {
            "file": path.name,
            "title": mapping.title,
            "absent": shortened(", ".join(absent), 200),
            "found": shortened(", ".join(header), 200),
        }
    )


def _shown(delimiter: str) -> str:
    return '"\\t"' if delimiter == "\t" else f'"{delimiter}"'
