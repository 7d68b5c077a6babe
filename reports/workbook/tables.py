"""Tables of many rows in an Excel file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

Cell = str | float | None

A4 = 9  # as Excel counts paper sizes
HEAD = 30  # points: two lines
MOST_ROWS = 1_048_575  # rows of a sheet below its head


@dataclass(frozen=True)
class Column:
    """A column: its head, its width in characters, its cells (None: empty)."""

    head: str
    width: float
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Sheet:
    """A sheet of columns of equal length."""

    name: str
    columns: tuple[Column, ...]

    def __len__(self) -> int:
        return len(self.columns[0].cells)


def write_tables(file: IO[bytes], sheets: Iterable[Sheet], created: datetime) -> None:
    """Write the sheets; one with more rows than Excel holds goes on in further sheets.

    No text is ever a formula. The same sheets and `created` give the same bytes.
    """
    with Workbook(file, {"constant_memory": True}) as book:
        book.set_properties({"created": created})
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        for sheet in sheets:
            for page in _pages(sheet):
                _write(book.add_worksheet(page.name), page, head)


def _pages(sheet: Sheet) -> Iterator[Sheet]:
    for at, start in enumerate(range(0, max(len(sheet), 1), MOST_ROWS), 1):
        columns = (
            Column(column.head, column.width, column.cells[start : start + MOST_ROWS])
            for column in sheet.columns
        )
        yield Sheet(sheet.name if at == 1 else f"{sheet.name} {at}", tuple(columns))


def _write(page: Worksheet, sheet: Sheet, head: Format) -> None:
    page.freeze_panes(1, 2)
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_row(0, HEAD)
    page.autofilter(0, 0, max(len(sheet), 1), len(sheet.columns) - 1)
    for at, column in enumerate(sheet.columns):
        page.set_column(at, at, column.width)
        page.write_string(0, at, column.head, head)
    for row, cells in enumerate(zip(*(column.cells for column in sheet.columns), strict=True), 1):
        for at, cell in enumerate(cells):
            if cell is None or cell == "":
                continue
            if isinstance(cell, str):
                page.write_string(row, at, cell)
            else:
                page.write_number(row, at, cell)
