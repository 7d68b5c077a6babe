"""A calendar date."""

from __future__ import annotations

import datetime as dt
import re

import numpy as np

from questionnaires.kinds.base import Kind
from questionnaires.model import Question
from questionnaires.normal import plain
from questionnaires.problems import NOT_A_DATE, Problem

_WRITTEN = re.compile(r"([0-9]{4})([-/.年])([0-9]{1,2})[-/.月]([0-9]{1,2})日?([ T]00:00(:00)?)?")
_YEARS = range(1900, 2101)


class Date(Kind):
    """Days since 0001-01-01 plus one, as `date.toordinal` (int32), -1 without an answer."""

    name = "date"
    dtype = np.dtype(np.int32)
    blank = -1

    def read(self, question: Question, raw: object) -> int | Problem:
        """A date of 1900 to 2100: 2024-03-31, 2024/3/31, 2024年3月31日, or Excel's own."""
        if isinstance(raw, str) and not raw.strip():
            return self.blank
        day = _day(raw)
        return (
            NOT_A_DATE.of(value=raw) if day is None or day.year not in _YEARS else day.toordinal()
        )

    def write(self, question: Question, value: int) -> str:
        """The date as 2024-03-31."""
        return dt.date.fromordinal(int(value)).isoformat()


def _day(raw: object) -> dt.date | None:
    if isinstance(raw, dt.datetime):
        return raw.date()
    if isinstance(raw, dt.date):
        return raw
    match = _WRITTEN.fullmatch(plain(raw)) if isinstance(raw, str) else None
    if not match:
        return None
    try:
        return dt.date(int(match[1]), int(match[3]), int(match[4]))
    except ValueError:
        return None
