"""The rows at hand of a table of sheets, turned question by question."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from questionnaires.sheets import Sheets, State

MISSING = np.int8(-1)
_TURNED = 8192


class Rows:
    """Answers and states of `rows` of the sheets, for the questions in `span`."""

    def __init__(self, sheets: Sheets, rows: slice, span: slice) -> None:
        self._sheets = sheets
        self._rows = rows
        self._start = span.start
        self._blank = _blank(sheets.states[rows, span])
        self._settled: dict[int, NDArray[np.int8]] = {}

    def __len__(self) -> int:
        return int(self._blank.shape[1])

    def column(self, question: int) -> NDArray[Any]:
        """(n,) the answers to the question at that position."""
        settled = self._settled.get(question)
        return self._sheets.columns[question][self._rows] if settled is None else settled

    def states(self, question: int) -> NDArray[np.int8]:
        """(n,) what is known of the answers."""
        return np.asarray(self._sheets.states[self._rows, question])

    def blank(self, question: int) -> NDArray[np.int8]:
        """(n,) -1 where the question is not answered, else 0."""
        return np.asarray(self._blank[question - self._start])

    def settle(self, question: int, column: NDArray[np.int8], blank: NDArray[np.int8]) -> None:
        """Put what other answers decide in the place of the question's own answers."""
        self._settled[question] = column
        self._blank[question - self._start] = blank


def _blank(states: NDArray[np.int8]) -> NDArray[np.int8]:
    """(questions, n) -1 where `states` (n, questions) is not answered, else 0.

    The table is turned in pieces that stay in the cache, which is cheaper than to step through it
    once for every question.
    """
    blank = np.empty(states.T.shape, np.int8)
    for at in range(0, len(states), _TURNED):
        piece = np.ascontiguousarray(states[at : at + _TURNED].T)
        missing = piece != State.ANSWERED.value
        np.negative(missing.view(np.int8), out=blank[:, at : at + _TURNED])
    return blank
