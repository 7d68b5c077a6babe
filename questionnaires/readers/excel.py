"""Answer sheets in Excel: the first sheet, headings in its first row, one firm a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetVisibleEnum,
)

from questionnaires.errors import SheetsUnreadable
from questionnaires.model import Questionnaire
from questionnaires.problems import FailedCell
from questionnaires.readers import archives
from questionnaires.readers.archives import TELL_EVERY, Errors, Told, TooBig, weigh
from questionnaires.readers.files import Progress, Reporter, opened
from questionnaires.readers.headers import Header, read_header
from questionnaires.reading import RawSheet, Rejection
from questionnaires.text import Text

BROKEN = Text(
    "“{name}”不是完好的 Excel 文件，请用 Excel 打开后另存为 .xlsx 再试。",
    '"{name}" is not a sound Excel file; open it in Excel, save it as .xlsx and try again.',
)
ENCRYPTED = Text(
    "“{name}”设有打开密码，请去掉密码后再试。",
    '"{name}" is protected by a password; remove it and try again.',
)
TOO_BIG = Text(
    "“{name}”解压后过大（上限 {size} MiB 或 {cells} 个单元格），请删去空白区域，或改用 CSV。",
    '"{name}" is too large once unpacked (at most {size} MiB or {cells} cells); '
    "delete empty areas, or use CSV.",
)
NO_ROWS = Text("“{name}”的第一张工作表是空的。", 'The first sheet of "{name}" is empty.')


def read_excel(
    path: Path, questionnaire: Questionnaire, on_progress: Progress | None
) -> Iterator[RawSheet | Rejection]:
    """The rows of the first sheet; `line` is the row number in Excel.

    Raises `SheetsUnreadable`, also for a file that would not fit into memory.
    """
    with opened(path) as (file, size):
        rows = rows_of(file, path, refuse_bombs(file, path))
        reporter = Reporter(file, size, on_progress)
        header: Header | None = None
        for line, cells in rows:
            if header is None:
                if any(cell != "" for cell in cells):
                    header = read_header(cells, questionnaire, path.name)
                continue
            row = header.sheet(line, cells)
            if row is not None:
                reporter.step()
                yield row
        if header is None:
            raise SheetsUnreadable(NO_ROWS.format(name=path.name))
        reporter.done()


def rows_of(
    file: IO[bytes], path: Path, errors: Errors, told: Told | None = None
) -> Iterator[tuple[int, list[object]]]:
    """The rows of the first sheet that is shown, each with its number.

    A cell whose formula failed holds the error as Excel writes it. `told` is told the rows read
    and the rows in all. Raises `SheetsUnreadable`.
    """
    try:
        with CalamineWorkbook.from_object(file) as book:
            shown = (sheet.visible == SheetVisibleEnum.Visible for sheet in book.sheets_metadata)
            at = next((at for at, is_ in enumerate(shown) if is_), 0)
            sheet, failed = book.get_sheet_by_index(at), errors.get(book.sheet_names[at], {})
            rows = sheet.iter_rows() if sheet.start else iter(())
            count = sheet.start[0] + sheet.height if sheet.start else 0
    except PasswordError:
        raise SheetsUnreadable(ENCRYPTED.format(name=path.name)) from None
    except (CalamineError, OSError, ValueError, IndexError) as error:
        raise SheetsUnreadable(BROKEN.format(name=path.name)) from error
    for line, row in enumerate(rows, start=1):
        cells: list[object] = list(row)
        if line in failed:
            put_errors(cells, failed[line])
        if told and line % TELL_EVERY == 0:
            told(line, max(line, count))
        yield line, cells


def put_errors(cells: list[object], failed: Mapping[int, str]) -> None:
    """Put the errors of a row where they stand."""
    for at, error in failed.items():
        cells += [""] * (at + 1 - len(cells))
        cells[at] = FailedCell(error)


def refuse_bombs(file: IO[bytes], path: Path, told: Told | None = None) -> Errors:
    """The errors in the cells; raises `SheetsUnreadable` where the file does not fit in memory.

    `told` is told the rows seen and the rows in all.
    """
    packed = file.read(4) == b"PK\x03\x04"  # .xls is not, and bounded by its format
    file.seek(0)
    if not packed:
        return {}
    try:
        errors = weigh(file, archives.LARGEST_CONTENT, archives.MOST_CELLS, told)
    except TooBig:
        limits = {"size": archives.LARGEST_CONTENT >> 20, "cells": archives.MOST_CELLS}
        raise SheetsUnreadable(TOO_BIG.format(name=path.name, **limits)) from None
    except Exception as error:  # a damaged archive raises whatever it is tripped over by
        raise SheetsUnreadable(BROKEN.format(name=path.name)) from error
    file.seek(0)
    return errors
