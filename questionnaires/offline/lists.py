"""The lists that cells are chosen from, on a hidden sheet: a rule itself holds 255 characters."""

from __future__ import annotations

from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from questionnaires.offline.layout import LISTS_SHEET


class Lists:
    """Each distinct list once, a column each."""

    def __init__(self, page: Worksheet) -> None:
        self._page = page
        self._places: dict[tuple[str, ...], str] = {}

    def place(self, choices: list[str]) -> str:
        """Where a list stands, as a rule refers to it."""
        key = tuple(choices)
        if key not in self._places:
            column = len(self._places)
            for row, choice in enumerate(choices):
                self._page.write_string(row, column, choice)
            place = xl_range_abs(0, column, len(choices) - 1, column)
            self._places[key] = f"={LISTS_SHEET}!{place}"
        return self._places[key]
