"""Answer sheets into files: JSON Lines, CSV, Excel. Reading them gives the same sheets."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

import orjson
import xlsxwriter

from questionnaires.sheets import Sheets
from questionnaires.writers.cells import header, rows_of_cells
from questionnaires.writers.raw import places, raw_answers, raw_firm, written_answers

__all__ = ["WRITERS", "raw_answers", "raw_firm", "write_sheets"]

_MADE = datetime(2000, 1, 1, tzinfo=UTC)  # a fixed day, so that equal sheets give equal bytes


def write_sheets(sheets: Sheets, path: Path | str) -> None:
    """Write all sheets in the format of the suffix (.jsonl, .csv, .xlsx).

    The file appears whole or not at all. No text is ever a formula: in CSV one that begins like
    a formula gets a leading apostrophe, which `read_sheets` takes off again; in Excel it is a
    text cell. Raises `ValueError` for another suffix, `OSError` where the disk does not take it.
    """
    path = Path(path)
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        raise ValueError(f"no writer for {path.suffix!r}; use one of {', '.join(WRITERS)}")
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        writer(sheets, unfinished)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _write_jsonlines(sheets: Sheets, path: Path) -> None:
    with path.open("wb") as file:
        for row, answers in enumerate(places(sheets)):
            sheet = {"firm": raw_firm(sheets.firms, row), "answers": written_answers(answers)}
            file.write(orjson.dumps(sheet) + b"\n")


def _write_csv(sheets: Sheets, path: Path) -> None:
    # Excel takes CSV for UTF-8 only where it begins with a byte-order mark
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(header(sheets.questionnaire))
        rows.writerows(rows_of_cells(sheets))


def _write_excel(sheets: Sheets, path: Path) -> None:
    # opened here: XlsxWriter has an error of its own for a path that it cannot open
    with path.open("wb") as file, xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        book.set_properties({"created": _MADE})
        page = book.add_worksheet("answers")
        page.freeze_panes(1, 2)
        page.set_column(0, 1, 24)
        bold = book.add_format({"bold": True})
        for at, name in enumerate(header(sheets.questionnaire)):
            page.write_string(0, at, name, bold)
        for row, cells in enumerate(rows_of_cells(sheets), start=1):
            for at, cell in enumerate(cells):
                _write_cell(page, row, at, cell)


def _write_cell(page: xlsxwriter.worksheet.Worksheet, row: int, at: int, cell: str | float) -> None:
    if isinstance(cell, str):
        if cell:
            page.write_string(row, at, cell)
    elif float(f"{cell:.16G}") == cell:  # the digits a file of XlsxWriter holds
        page.write_number(row, at, cell)
    else:
        page.write_string(row, at, repr(cell))


WRITERS: Mapping[str, Callable[[Sheets, Path], None]] = MappingProxyType(
    {".jsonl": _write_jsonlines, ".csv": _write_csv, ".xlsx": _write_excel}
)
