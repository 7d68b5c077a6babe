"""The rows of a roster file: CSV in UTF-8 or GB18030, or the first sheet of an Excel file."""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from diagnose.roster.intake.fields import match
from questionnaires.errors import SheetsUnreadable
from questionnaires.normal import clean_line
from questionnaires.problems import Problem
from questionnaires.readers.archives import TooBig, weigh
from questionnaires.readers.csvfile import Decoded, records
from questionnaires.readers.excel import refuse_bombs, rows_of
from questionnaires.readers.files import lines_of, opened, refuse_binary
from questionnaires.text import Text

SUFFIXES = (".csv", ".xlsx")
AT_ONCE = 10_000
SAMPLE = 5
MOST_COLUMNS = 200
LIGHT_CONTENT = 16 << 20  # bytes of an Excel file once unpacked: it is read in about a second
LIGHT_CELLS = 300_000
_SEARCHED = 10  # rows from the top among which the headings are looked for
Cells = Sequence[object]
Row = tuple[int, Cells | Problem]
Told = Callable[[int, int], None]

NOT_A_ROSTER = Text(
    "请选择 CSV 或 Excel 文件（.csv、.xlsx）；旧版 .xls 请先另存为 .xlsx。",
    "Choose a CSV or Excel file (.csv, .xlsx); save an old .xls as .xlsx first.",
)
NO_ROWS = Text(
    "“{name}”里没有数据行：需要一行列标题，下面每行一家企业。",
    'There are no rows in "{name}": it needs a row of headings, then one firm a row.',
)
NO_TEXT = Text(
    "“{name}”的文字编码无法识别；请用 Excel 打开后另存为“CSV UTF-8（逗号分隔）”或 .xlsx 再试。",
    'The text of "{name}" is in no known encoding; open it in Excel, save it as "CSV UTF-8" or '
    ".xlsx and try again.",
)
TOO_WIDE = Text(
    "“{name}”有 {count} 列，最多 {most} 列；请删去空白列。",
    '"{name}" has {count} columns, at most {most} are taken; delete the empty ones.',
)


@dataclass(frozen=True, slots=True)
class Head:
    """The headings of a file, the line they stand in, and its first rows below them."""

    line: int
    headings: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]

    def examples(self, at: int) -> list[str]:
        """What stands below a heading in the first rows, each once."""
        cells = (row[at] for row in self.sample if at < len(row))
        return list(dict.fromkeys(filter(None, cells)))


def read_head(path: Path, name: str, told: Told | None = None) -> Head:
    """The headings: of the first rows, the one that names most of what a roster holds.

    Titles above them are passed over. Raises `SheetsUnreadable`, telling of the file as `name`.
    """
    first = [(line, cells) for line, cells in islice(_rows(path, name, told), _SEARCHED)]
    read = [(line, _texts(cells)) for line, cells in first if not isinstance(cells, Problem)]
    read = [(line, texts) for line, texts in read if any(texts)]
    unread = any(isinstance(cells, Problem) for _line, cells in first)
    nothing = SheetsUnreadable((NO_TEXT if unread else NO_ROWS).format(name=name))
    if not read:
        raise nothing
    at = max(range(len(read)), key=lambda each: (_named(read[each][1]), -each))
    line, headings = read[at]
    below = [texts for _line, texts in read[at + 1 :]]
    if not below:
        raise nothing
    if len(headings) > MOST_COLUMNS:
        said = {"name": name, "count": len(headings), "most": MOST_COLUMNS}
        raise SheetsUnreadable(TOO_WIDE.format(**said))
    return Head(line, headings, tuple(below[:SAMPLE]))


def is_light(path: Path) -> bool:
    """Whether the headings can be read while somebody waits.

    Of a CSV file only the beginning is read for them, of an Excel file everything.
    """
    if path.suffix.lower() != ".xlsx":
        return True
    try:
        with path.open("rb") as file:
            weigh(file, LIGHT_CONTENT, LIGHT_CELLS)
    except TooBig:
        return False
    except Exception:  # noqa: BLE001  # what is damaged is told where it is read
        return True
    return True


def read_rows(path: Path, head: Head, told: Told | None = None) -> Iterator[list[Row]]:
    """The rows below the headings, some at a time, each with its line; blank ones left out.

    A row has a cell for each heading; where it has more, the rest is cut off. `told` is told what
    was read and what there is in all: bytes of a CSV file, rows of an Excel file.
    """
    rows = _rows(path, path.name, told)
    below = (row for row in rows if row[0] > head.line and _is_filled(row[1]))
    width = len(head.headings)
    while some := list(islice(below, AT_ONCE)):
        yield [(line, _of_width(cells, width)) for line, cells in some]


def _rows(path: Path, name: str, told: Told | None) -> Iterator[Row]:
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise SheetsUnreadable(NOT_A_ROSTER)
    named = path.with_name(name)
    if path.is_file() and not path.stat().st_size:
        raise SheetsUnreadable(NO_ROWS.format(name=name))
    with opened(path) as (file, size):
        if suffix == ".csv":
            if file.read(2) in (BOM_UTF16_LE, BOM_UTF16_BE):
                raise SheetsUnreadable(NO_TEXT.format(name=name))
            file.seek(0)
            refuse_binary(file, named, "CSV")
            lines = _told(lines_of(file), told, size)
            yield from records(Decoded(lines))
        else:
            # The file is gone through twice: weighed, then read.
            weighed = told and (lambda done, rows: told(done, 2 * rows))
            read = told and (lambda done, rows: told(rows + done, 2 * rows))
            yield from rows_of(file, named, refuse_bombs(file, named, weighed), read)


def _told(
    lines: Iterable[tuple[int, bytes | None]], told: Told | None, size: int
) -> Iterator[tuple[int, bytes | None]]:
    if told is None:
        yield from lines
        return
    done = 0
    for number, line in lines:
        done += len(line or b"")
        if number % AT_ONCE == 0:
            told(min(done, size), size)
        yield number, line


def _texts(cells: Iterable[object]) -> tuple[str, ...]:
    texts = [clean_line(str(in_full(cell))) if cell is not None else "" for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)


def in_full(cell: object) -> object:
    """A cell as people write it: Excel keeps the number 12 as 12.0."""
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def _named(headings: Sequence[str]) -> int:
    return sum(map(bool, match(headings)))


def _is_filled(cells: Cells | Problem) -> bool:
    return isinstance(cells, Problem) or any(cells)


def _of_width(cells: Cells | Problem, width: int) -> Cells | Problem:
    if isinstance(cells, Problem) or len(cells) == width:
        return cells
    return [*cells[:width], *[""] * (width - len(cells))]
