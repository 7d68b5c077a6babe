"""A ledger as a sheet: the wanted columns, every cell a text, a number or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from diagnose.ledgers.frames import Frame
from diagnose.ledgers.ordering import Shown
from diagnose.ledgers.reading import BY_HAND, Column, Ledger
from questionnaires.clock import day_of
from questionnaires.text import Language, Text
from reports.workbook import tables
from reports.workbook.tables import Cell, Sheet

YES, NO = Text("是", "yes"), Text("否", "no")
WIDTHS: Mapping[str, float] = MappingProxyType(
    {"T": 22, "N": 10, "M": 13, "D": 12, "E": 16, "B": 8}
)
WIDE = 34
UNFIT = "[]:*?/\\"
BETWEEN = Text("、", ", ")


def ledger_sheet(
    ledger: Ledger, columns: Sequence[Shown], frame: Frame, language: Language
) -> Sheet:
    """The sheet in the wanted columns; those filled by hand are empty and say so in their head."""
    count = len(next(iter(frame.values())))
    made = tuple(_column(ledger, shown, frame, count, language) for shown in columns)
    return Sheet(_name(ledger.title.to(language)), made)


def _column(
    ledger: Ledger, shown: Shown, frame: Frame, count: int, language: Language
) -> tables.Column:
    if not shown.id:
        return tables.Column(shown.title, WIDTHS["E"], [shown.constant] * count)
    column = ledger.columns[shown.id]
    cells = frame[column.source] if column.filled else [None] * count
    told = [_cell(value, language) for value in cells]
    width = WIDE if column.id in ("name", "content", "title") else WIDTHS[column.type]
    return tables.Column(shown.title or head(column, language), width, told)


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
