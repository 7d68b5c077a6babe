"""A number with or without decimals; the other number kinds are narrower."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from questionnaires import rules
from questionnaires.kinds.base import Encoder, Fault, Kind
from questionnaires.model import Question
from questionnaires.normal import plain
from questionnaires.problems import (
    EXCEL_DATE,
    NOT_A_NUMBER,
    TOO_LARGE,
    TOO_SMALL,
    WRONG_TYPE,
    Problem,
)
from questionnaires.text import Text

NUMBER = Text("数字", "a number")
LARGEST = 2.0**53  # up to here float64 tells whole numbers apart
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?")
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)(e[+-]?[0-9]{1,3})?", re.IGNORECASE)
_PLAIN_TYPES = {int, float, type(None)}


class Decimal(Kind):
    """A finite number within the question's bounds (float64), NaN without an answer."""

    name = "decimal"
    dtype = np.dtype(np.float64)
    blank = math.nan
    takes = frozenset({"unit", "min", "max"})

    def bounds(self, question: Question) -> tuple[float, float]:
        """The least and the most that may be answered."""
        low, high = question.minimum, question.maximum
        return -LARGEST if low is None else low, LARGEST if high is None else high

    def read(self, question: Question, raw: object) -> float | Problem:
        """A number, or a text that spells one, full-width or with thousands set off by commas."""
        if isinstance(raw, str) and not raw.strip():
            return self.blank
        number = self.number(raw)
        if isinstance(number, Problem):
            return number
        low, high = self.bounds(question)
        if number < low:
            return TOO_SMALL.of(value=written(number), bound=written(low))
        if number > high:
            return TOO_LARGE.of(value=written(number), bound=written(high))
        return number + 0.0  # makes -0.0 the one zero

    def number(self, raw: object) -> float | Problem:
        """The finite number that a raw value means."""
        if isinstance(raw, date | datetime):
            return EXCEL_DATE.of(value=raw)
        if isinstance(raw, bool) or not isinstance(raw, int | float | str):
            return WRONG_TYPE.of(value=raw, expected=NUMBER)
        if isinstance(raw, str):
            typed = plain(raw)
            typed = typed.replace(",", "") if _GROUPED.fullmatch(typed) else typed
            if not _NUMBER.fullmatch(typed):
                return NOT_A_NUMBER.of(value=raw)
            raw = float(typed)
        if isinstance(raw, int):
            raw = max(min(raw, 10**300), -(10**300))
        return float(raw) if math.isfinite(raw) else NOT_A_NUMBER.of(value=raw)

    def write(self, question: Question, value: float) -> int | float:
        """The number, whole ones without a decimal point."""
        number = float(value)
        return int(number) if number.is_integer() else number

    def encoder(self, question: Question) -> Encoder:
        """Takes what came as numbers in one array operation."""
        low, high = self.bounds(question)

        def encode(raws: list[object]) -> tuple[NDArray[Any], list[int]]:
            care: set[int] = set()
            if not set(map(type, raws)) <= _PLAIN_TYPES:
                care = {
                    at for at, raw in enumerate(raws) if type(raw) not in _PLAIN_TYPES and raw != ""
                }
                raws = [raw if type(raw) in _PLAIN_TYPES else None for raw in raws]
            try:
                column = np.array(raws, dtype=np.float64)
            except OverflowError:  # a whole number beyond float64
                care.update(at for at, raw in enumerate(raws) if raw is not None)
                return np.full(len(raws), math.nan), sorted(care)
            odd = ~self.fits(column, low, high)
            care.update(at for at in np.flatnonzero(odd).tolist() if raws[at] is not None)
            column[odd] = math.nan
            return column + 0.0, sorted(care)

        return encode

    def fits(self, column: NDArray[Any], low: float, high: float) -> NDArray[np.bool_]:
        """(n,) where the number can be taken as it is."""
        fits: NDArray[np.bool_] = (column >= low) & (column <= high)
        return fits

    def is_blank(self, value: float) -> bool:
        """Whether it is NaN."""
        return math.isnan(value)

    def answered(self, column: NDArray[Any]) -> NDArray[np.bool_]:
        """(n,) where there is a number."""
        return np.asarray(~np.isnan(column))

    def faults(self, question: Question) -> Iterator[Fault]:
        """Bounds that leave no room."""
        low, high = self.bounds(question)
        if low > high:
            told = (("min", written(low)), ("max", written(high)))
            yield Fault(rules.MIN_ABOVE_MAX, "min", told)


def written(number: float) -> str:
    """A number as people write it: without an empty decimal part."""
    number = float(number)
    return f"{number:.0f}" if number.is_integer() and abs(number) < LARGEST else repr(number)
