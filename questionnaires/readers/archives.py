"""What an Excel file takes once it is unpacked, told before anything unpacks it for good.

An .xlsx is a zip of XML. A sheet in memory takes the room of its whole area, so a few bytes can
ask for any amount: by packing (a zip bomb), by one stray cell in the far corner, by XML entities.
"""

from __future__ import annotations

import re
from typing import IO
from xml.parsers import expat
from zipfile import ZipFile

LARGEST_CONTENT = 1 << 30  # bytes once unpacked
MOST_CELLS = 30_000_000  # about 1 GiB in memory
_WORKBOOK = "xl/workbook.xml"
_REFERENCE = re.compile("([A-Z]{1,3})([0-9]{1,7})")


class TooBig(Exception):
    """The content or the area of a sheet is over the limit."""


class Suspicious(Exception):
    """The archive holds what no Excel file holds."""


def weigh(file: IO[bytes], largest_content: int, most_cells: int) -> None:
    """Unpack the XML of the archive once, keeping nothing.

    Raises `TooBig`, `Suspicious`, or whatever a damaged archive or damaged XML is tripped over
    by. What holds more than it declares is cut off there by `zipfile` and refused by calamine.
    """
    with ZipFile(file) as archive:
        if _WORKBOOK not in archive.namelist():
            raise Suspicious
        if sum(info.file_size for info in archive.infolist()) > largest_content:
            raise TooBig
        for info in archive.infolist():
            if info.filename.lower().endswith((".xml", ".rels")):
                with archive.open(info) as member:
                    _Part(most_cells).weigh(member)


class _Part:
    """One XML part; if it is a sheet, its area grows with its cells."""

    def __init__(self, most_cells: int) -> None:
        self.most_cells = most_cells
        self.row = self.column = self.deepest = self.widest = 0

    def weigh(self, member: IO[bytes]) -> None:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.StartDoctypeDeclHandler = _refuse
        parser.ParseFile(member)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "c":
            self._cell(attributes.get("r"))
        elif name == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.column = 0
        elif name == "Relationship" and _is_unweighed_sheet(attributes):
            raise Suspicious

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
