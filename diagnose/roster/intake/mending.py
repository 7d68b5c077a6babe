"""The rows that could not be taken as an Excel file, to be mended and brought in again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from diagnose.roster.intake.plan import Bad
from questionnaires.text import Language, Text
from reports.workbook.tables import Cell, Column, Sheet

LINE = Text("原文件行号", "Row in the file")
REASON = Text("不能导入的原因", "Why it was not taken")
SHEET = Text("待改正的行", "Rows to mend")
WIDTH, WIDE = 18, 60


def to_mend(headings: Sequence[str], bad: Sequence[Bad], language: Language) -> Sheet:
    """The rows in the order and the columns of their file, then where they stood and why."""
    width = len(headings)
    cells = [[*each.cells, *[""] * (width - len(each.cells))] for each in bad]
    columns = [
        Column(heading, WIDTH, [_cell(row[at]) for row in cells])
        for at, heading in enumerate(headings)
    ]
    columns.append(Column(LINE.to(language), WIDTH, [each.line for each in bad]))
    columns.append(Column(REASON.to(language), WIDE, [why(each, language) for each in bad]))
    return Sheet(SHEET.to(language), tuple(columns))


def why(bad: Bad, language: Language) -> str:
    """All that is wrong with a row in one line."""
    return " ".join(_sentences(bad, language))


def _sentences(bad: Bad, language: Language) -> Iterable[str]:
    for wrong in bad.wrong:
        told = wrong.reason.to(language)
        named = f"{wrong.heading}: " if language == "en" else f"{wrong.heading}："
        yield named + told if wrong.heading else told


def _cell(value: Any) -> Cell:
    """A cell as it was; days are written out, so that they are read again."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str | float | int) or value is None else str(value)
