"""A ledger as a sheet: the wanted columns, every cell a text, a number or nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from math import ceil
from types import MappingProxyType
from typing import Any

from diagnose.ledgers.frames import Frame
from diagnose.ledgers.ordering import Shown
from diagnose.ledgers.reading import BY_HAND, Column, Ledger
from questionnaires.clock import day_of
from questionnaires.text import Language, Text
from reports.workbook import tables
from reports.workbook.tables import HEAD_LINES, Cell, Head, Sheet, width_of

YES, NO = Text("是", "yes"), Text("否", "no")
WIDEST: Mapping[str, int] = MappingProxyType({"T": 26, "N": 11, "M": 11, "D": 11, "E": 28, "B": 7})
LEAST = 5
SAMPLE = 2_000
UNFIT = "[]:*?/\\"
BETWEEN = Text("、", ", ")
AS_OF = Text("截至 {day}", "As of {day}")
FILTER = 2  # places of the arrow that opens a filter
WORD = re.compile("[!-~]+")


def ledger_sheet(
    ledger: Ledger,
    columns: Sequence[Shown],
    frame: Frame,
    language: Language,
    whose: tuple[str, date],
) -> Sheet:
    """The sheet in the wanted columns; those filled by hand are empty and say so in their head.

    `whose`: the district and the day that are printed beside the title.
    """
    count = len(next(iter(frame.values())))
    made = tuple(_column(ledger, shown, frame, count, language) for shown in columns)
    title, (district, day) = ledger.title.to(language), whose
    head = Head(title, district, AS_OF.format(day=day.isoformat()).to(language))
    return Sheet(_name(title), made, head)


def _column(
    ledger: Ledger, shown: Shown, frame: Frame, count: int, language: Language
) -> tables.Column:
    if not shown.id:
        return _fitted(shown.title, WIDEST["E"], [shown.constant] * count)
    column = ledger.columns[shown.id]
    cells = frame[column.source] if column.filled else [None] * count
    told = [_cell(value, language) for value in cells]
    return _fitted(shown.title or head(column, language), WIDEST[column.type], told)


def _fitted(title: str, widest: int, cells: Sequence[Cell]) -> tables.Column:
    """A column as wide as its cells need, at most `widest`, and its heading in three lines."""
    needed = max((width_of(str(cell)) for cell in cells[:SAMPLE] if cell is not None), default=0)
    heading = max([ceil(width_of(title) / HEAD_LINES), *map(len, WORD.findall(title))]) + FILTER
    return tables.Column(title, max(LEAST, heading, min(needed + 2, widest)), cells)


def head(column: Column, language: Language) -> str:
    """The usual heading of a column."""
    title = column.title.to(language)
    if column.source:
        return title
    return f"{title}（{BY_HAND.zh}）" if language == "zh" else f"{title} ({BY_HAND.en})"


def _cell(value: Any, language: Language) -> Cell:
    if value is None or value in ("", ()):
        return None
    if isinstance(value, tuple):
        return BETWEEN.to(language).join(str(_cell(each, language)) for each in value)
    if isinstance(value, bool):
        value = YES if value else NO
    if isinstance(value, Text):
        return value.to(language)
    if isinstance(value, datetime):
        value = day_of(value)
    return value.isoformat() if isinstance(value, date) else value


def _name(title: str) -> str:
    """A name that a sheet may bear: at most 31 characters, none of those in `UNFIT`."""
    kept = "".join(" " if sign in UNFIT else sign for sign in title)
    return kept[:31].strip()
