"""States and texts as cells of CSV and Excel hold them.

A cell says `unknown` or `n/a:reason`. A text that would be mistaken for one, or for a formula,
gets a leading apostrophe, which is taken off again when the cell is read; so does a text that
begins with an apostrophe. A cell typed by hand loses at most that one apostrophe.
"""

from __future__ import annotations

import re

from questionnaires.normal import plain
from questionnaires.problems import EXCEL_ERRORS

UNKNOWN = "unknown"
NOT_APPLICABLE = "n/a:"
GUARD = "'"
_FORMULA = "=+-@＝＋－＠"
_UNKNOWN_WORDS = frozenset({UNKNOWN, "未知", "不清楚"})
_NOT_APPLICABLE = re.compile(
    r"\s*(?:[nNｎＮ][/／][aAａＡ]|不适用)\s*(?:[:：](?P<reason>.*))?", re.DOTALL
)


def from_cell(cell: object) -> object:
    """A cell as JSON would have it: a state as a mapping, a guarded text without its guard."""
    if not isinstance(cell, str):
        return cell
    if cell.startswith(GUARD):
        return cell[1:]
    if len(cell) <= len(UNKNOWN) + 2 and plain(cell).lower() in _UNKNOWN_WORDS:
        return {"state": "unknown"}
    match = _NOT_APPLICABLE.fullmatch(cell)
    if match:
        return {"state": "not_applicable", "reason": match["reason"] or ""}
    return cell


def to_cell(text: str) -> str:
    """A text as a cell that is read as this text and never run as a formula."""
    mistaken = from_cell(text) != text or text in EXCEL_ERRORS
    return GUARD + text if mistaken else never_formula(text)


def never_formula(text: str) -> str:
    """A text as a cell that people read and no spreadsheet runs as a formula."""
    return GUARD + text if text.startswith(tuple(_FORMULA)) else text
