"""What an Excel file takes once it is unpacked, told before anything unpacks it for good.

An .xlsx is a zip of XML. A sheet in memory takes the room of its whole area, so a few bytes can
ask for any amount: by packing (a zip bomb), by one stray cell in the far corner, by XML entities.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from typing import IO
from xml.parsers import expat
from zipfile import ZipFile

LARGEST_CONTENT = 1 << 30  # bytes once unpacked
MOST_CELLS = 30_000_000  # about 1 GiB in memory
TELL_EVERY = 10_000  # rows
Told = Callable[[int, int], None]
_WORKBOOK = "xl/workbook.xml"
_TARGETS = "xl/_rels/workbook.xml.rels"
Errors = dict[str, dict[int, dict[int, str]]]
"""By the title of a sheet, the row from 1 and the column from 0: the errors in its cells."""
_REFERENCE = re.compile("([A-Z]{1,3})([0-9]{1,7})")


class TooBig(Exception):
    """The content or the area of a sheet is over the limit."""


class Suspicious(Exception):
    """The archive holds what no Excel file holds."""


def weigh(
    file: IO[bytes], largest_content: int, most_cells: int, told: Told | None = None
) -> Errors:
    """Unpack the XML of the archive once, keeping nothing but the errors in cells.

    A cell whose formula failed is read as blank by calamine; here it is told. `told` is told the
    rows seen and the rows that the sheet says it has.
    Raises `TooBig`, `Suspicious`, or whatever a damaged archive or damaged XML is tripped over
    by. What holds more than it declares is cut off there by `zipfile` and refused by calamine.
    """
    parts: dict[str, _Part] = {}
    with ZipFile(file) as archive:
        if _WORKBOOK not in archive.namelist():
            raise Suspicious
        if sum(info.file_size for info in archive.infolist()) > largest_content:
            raise TooBig
        for info in archive.infolist():
            if info.filename.lower().endswith((".xml", ".rels")):
                part = parts[info.filename] = _Part(most_cells, told)
                with archive.open(info) as member:
                    part.weigh(member)
    return _by_title(parts)


class _Part:
    """One XML part; if it is a sheet, its area grows with its cells."""

    def __init__(self, most_cells: int, told: Told | None) -> None:
        self.most_cells, self.told = most_cells, told
        self.rows = 0
        self.row = self.column = self.deepest = self.widest = 0
        self.errors: dict[int, dict[int, str]] = defaultdict(dict)
        self.sheets: dict[str, str] = {}
        self.targets: dict[str, str] = {}
        self._failed = False

    def weigh(self, member: IO[bytes]) -> None:
        self._parser = parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.StartDoctypeDeclHandler = _refuse
        parser.ParseFile(member)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "c":
            self._cell(attributes.get("r"))
            self._failed = attributes.get("t") == "e"
        elif name == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.column = 0
            if self.told and self.row % TELL_EVERY == 0 and self.row <= self.rows:
                self.told(self.row, self.rows)
        elif name == "v" and self._failed:
            self._parser.CharacterDataHandler = self._keep
            self._parser.EndElementHandler = self._end
        elif name == "dimension":
            last = _REFERENCE.fullmatch(attributes.get("ref", "").rpartition(":")[2])
            self.rows = int(last[2]) if last else 0
        elif name == "sheet":
            number = next((v for k, v in attributes.items() if k.endswith(":id")), "")
            self.sheets[number] = attributes.get("name", "")
        elif name == "Relationship":
            if _is_unweighed_sheet(attributes):
                raise Suspicious
            self.targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def _keep(self, data: str) -> None:
        row = self.errors[self.row]
        row[self.column - 1] = row.get(self.column - 1, "") + data

    def _end(self, _name: str) -> None:
        self._failed = False
        self._parser.CharacterDataHandler = self._parser.EndElementHandler = None

    def _cell(self, reference: str | None) -> None:
        self.column += 1
        if reference is not None:
            match = _REFERENCE.fullmatch(reference)
            if not match:
                raise Suspicious
            self.row, self.column = int(match[2]), _column(match[1])
        self.deepest = max(self.deepest, self.row)
        self.widest = max(self.widest, self.column)
        if self.deepest * self.widest > self.most_cells:
            raise TooBig


def _by_title(parts: dict[str, _Part]) -> Errors:
    targets = parts[_TARGETS].targets if _TARGETS in parts else {}
    found: Errors = {}
    for number, title in parts[_WORKBOOK].sheets.items():
        target = targets.get(number, "")
        name = target[1:] if target.startswith("/") else f"xl/{target}"
        if name in parts and parts[name].errors:
            found[title] = dict(parts[name].errors)
    return found


def _is_unweighed_sheet(attributes: dict[str, str]) -> bool:
    is_sheet = attributes.get("Type", "").endswith("/worksheet")
    return is_sheet and not attributes.get("Target", "").lower().endswith(".xml")


def _refuse(*_: object) -> None:
    raise Suspicious


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
