"""A whole number: a count of things or people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from questionnaires import rules
from questionnaires.kinds.base import Fault
from questionnaires.kinds.decimal import Decimal
from questionnaires.model import Question
from questionnaires.problems import NOT_WHOLE, Problem


class Whole(Decimal):
    """A whole number within the question's bounds (float64), NaN without an answer."""

    name = "whole"

    def number(self, raw: object) -> float | Problem:
        """As for decimals, but whole; Excel's 12.0 is 12."""
        number = super().number(raw)
        if isinstance(number, Problem) or number.is_integer():
            return number
        return NOT_WHOLE.of(value=raw)

    def fits(self, column: NDArray[Any], low: float, high: float) -> NDArray[np.bool_]:
        """(n,) also whole."""
        whole: NDArray[np.bool_] = np.floor(column) == column
        return whole & super().fits(column, low, high)

    def faults(self, question: Question) -> Iterator[Fault]:
        """Also bounds that are not whole."""
        yield from super().faults(question)
        for key, bound in (("min", question.minimum), ("max", question.maximum)):
            if bound is not None and not float(bound).is_integer():
                yield Fault(rules.BOUND_NOT_WHOLE, key, (("bound", bound),))
