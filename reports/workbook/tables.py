"""Large tables in an Excel file: XlsxWriter frames the sheets, rows are poured in by the column.

See docs/decisions/0007: cell by cell, the workbook takes longer than reading and judging the
firms together; formatted by the column and joined by the row, a tenth of that. Texts are inline
strings, so a text that begins with "=" stays text; numbers are numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from itertools import count, islice, repeat
from math import ceil
from typing import IO
from unicodedata import east_asian_width
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

Cell = str | float | None

RULE = "#BFBFBF"
A3, A4 = 8, 9  # as Excel counts paper sizes
WIDEST = 170  # characters that can be read across A4
LINE = 15  # points
HEAD_LINES = 3  # of a sheet that is to be printed
MOST_LINES = 12
MOST_ROWS = 1_048_575  # rows of a sheet below its head
_LEVEL = 1  # of compression: rows repeat themselves, a higher level gains little and costs much
_BLOCK = 4096
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_CODED = re.compile("_x(?=[0-9A-Fa-f]{4}_)")  # Excel reads “_x0041_” as “A”
_END = b"</sheetData>"
_STYLED = re.compile(r'<col min="(\d+)" max="(\d+)"[^>]* style="(\d+)"')
_EPOCH = (1980, 1, 1, 0, 0, 0)
_OPTIONS = {"in_memory": True}


@dataclass(frozen=True)
class Column:
    """A column: its head, its width in characters, its cells (None: empty)."""

    head: str
    width: float
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Head:
    """What stands at the head of every printed page: a title, and what is left and right of it."""

    title: str
    left: str
    right: str


@dataclass(frozen=True)
class Sheet:
    """A sheet of columns of equal length.

    With a `head` it is made to be printed: under that head, ruled, its texts in as many lines as
    they need, on A3 where A4 would make them too small.
    """

    name: str
    columns: tuple[Column, ...]
    head: Head | None = None

    @classmethod
    def of(cls, name: str, columns: Mapping[tuple[str, float], Sequence[Cell]]) -> Sheet:
        """A sheet from the cells of each column, told by its head and its width."""
        return cls(name, tuple(Column(*column, cells) for column, cells in columns.items()))

    def __len__(self) -> int:
        return len(self.columns[0].cells)


def write_tables(file: IO[bytes], sheets: Iterable[Sheet], created: datetime) -> None:
    """Write the sheets; one with more rows than Excel holds goes on in further sheets.

    No text is ever a formula. The same sheets and `created` give the same bytes.
    """
    pages = [page for sheet in sheets for page in _pages(sheet)]
    framed = ZipFile(BytesIO(_frame(pages, created)))
    filled = {f"xl/worksheets/sheet{at}.xml": page for at, page in enumerate(pages, 1)}
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        for name in framed.namelist():
            entry = ZipInfo(name, _EPOCH)
            entry.compress_type = ZIP_DEFLATED
            entry._compresslevel = _LEVEL  # type: ignore[attr-defined]  # noqa: SLF001
            with archive.open(entry, "w", force_zip64=name in filled) as part:
                if name in filled:
                    part.writelines(_poured(framed.read(name), filled[name]))
                else:
                    part.write(framed.read(name))


def _pages(sheet: Sheet) -> Iterator[Sheet]:
    for at, start in enumerate(range(0, max(len(sheet), 1), MOST_ROWS), 1):
        columns = (
            Column(column.head, column.width, column.cells[start : start + MOST_ROWS])
            for column in sheet.columns
        )
        name = sheet.name if at == 1 else f"{sheet.name} {at}"
        yield Sheet(name, tuple(columns), sheet.head)


def _frame(pages: Sequence[Sheet], created: datetime) -> bytes:
    """The workbook with heads, widths, frozen head and filters, but without rows."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, _OPTIONS) as book:
        titles = [page.head.title for page in pages if page.head]
        book.set_properties({"created": created, "title": titles[0] if titles else ""})
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        figures = {"num_format": "General_)"}  # clear of a text on their right by a sign
        ruled = {"text_wrap": True, "valign": "top", "border": 1, "border_color": RULE}
        styles = {
            (True, False): book.add_format(ruled),
            (True, True): book.add_format(ruled | figures),
            (False, True): book.add_format(figures),
        }
        for page in pages:
            sheet = book.add_worksheet(page.name)
            sheet.freeze_panes(1, 2)
            sheet.set_landscape()
            sheet.set_paper(A4)
            sheet.fit_to_pages(1, 0)
            sheet.repeat_rows(0)
            sheet.set_footer("&C&P / &N")
            sheet.set_row(0, LINE * (HEAD_LINES if page.head else 2))
            sheet.autofilter(0, 0, max(len(page), 1), len(page.columns) - 1)
            for at, column in enumerate(page.columns):
                style = styles.get((page.head is not None, _holds_numbers(column)))
                sheet.set_column(at, at, column.width, style)
                sheet.write_string(0, at, column.head, head)
            if page.head:
                _set_up(sheet, page, page.head)
    return buffer.getvalue()


def _holds_numbers(column: Column) -> bool:
    return any(isinstance(cell, int | float) for cell in dict.fromkeys(column.cells))


def _set_up(sheet: xlsxwriter.worksheet.Worksheet, page: Sheet, head: Head) -> None:
    """For print: the head, narrow margins, and paper on which it can be read."""
    left, title, right = (part.replace("&", "&&") for part in (head.left, head.title, head.right))
    sheet.set_header(f"&L&9{left}&C&14{title}&R&9{right}")
    sheet.set_margins(left=0.4, right=0.4, top=0.75, bottom=0.6)
    if sum(column.width for column in page.columns) > WIDEST:
        sheet.set_paper(A3)


def _poured(frame: bytes, page: Sheet) -> Iterator[bytes]:
    """The sheet's file with its rows between head and end."""
    before, after = frame.split(_END)
    styles = {
        at: f' s="{style}"'
        for first, final, style in _STYLED.findall(before.decode())
        for at in range(int(first), int(final) + 1)
    }
    last = f"{xl_col_to_name(len(page.columns) - 1)}{len(page) + 1}"
    yield re.sub(rb'<dimension ref="[^"]*"/>', f'<dimension ref="A1:{last}"/>'.encode(), before)
    rows = _rows(page, [styles.get(at, "") for at in range(1, len(page.columns) + 1)])
    while block := "".join(islice(rows, _BLOCK)):
        yield block.encode()
    yield _END + after


def _rows(page: Sheet, styles: Sequence[str]) -> Iterator[str]:
    cells = (f'<c r="{xl_col_to_name(at)}%d"{style}%s' for at, style in enumerate(styles))
    template = '<row r="%d"%s>' + "".join(cells) + "</row>"
    columns = [_fragments(column.cells) for column in page.columns]
    pairs = [each for column in columns for each in (count(2), column)]
    heights = _heights(page) if page.head else repeat("")
    return (template % row for row in zip(count(2), heights, *pairs))


def _heights(page: Sheet) -> list[str]:
    """What says of each row how high it is; Excel alone would find out by itself."""
    lines = [1] * len(page)
    for column in page.columns:
        needed = {cell: _lines(cell, column.width) for cell in dict.fromkeys(column.cells)}
        if max(needed.values(), default=1) > 1:
            found = map(needed.__getitem__, column.cells)
            lines = [max(pair) for pair in zip(lines, found, strict=True)]
    told = {n: f' ht="{LINE * n}" customHeight="1"' if n > 1 else "" for n in set(lines)}
    return [told[n] for n in lines]


def _lines(cell: Cell, width: float) -> int:
    """In how many lines a text stands; a little is lost at the end of each."""
    if not isinstance(cell, str):
        return 1
    parts = (ceil(width_of(part) / max(width - 2, 1)) or 1 for part in cell.split("\n"))
    needed = 1 if width_of(cell) < width and "\n" not in cell else sum(parts)
    return min(needed, MOST_LINES)


def width_of(text: str) -> int:
    """How many places a text takes; a Chinese sign takes two."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def _fragments(cells: Sequence[Cell]) -> list[str]:
    """The end of each cell's element, made once for each different value."""
    made = {value: _fragment(value) for value in dict.fromkeys(cells)}
    return [made[value] for value in cells]


def _fragment(value: Cell) -> str:
    if value is None or value == "":
        return "/>"
    if isinstance(value, str):
        text = escape(_CODED.sub("_x005F_x", _UNPRINTABLE.sub("", value)))
        space = ' xml:space="preserve"' if text != text.strip() else ""
        return f' t="inlineStr"><is><t{space}>{text}</t></is></c>'
    return f"><v>{value!r}</v></c>"
