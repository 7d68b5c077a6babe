"""The rows at hand of a table of sheets, their states turned question by question."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from questionnaires.sheets import Sheets, State

MISSING = np.int8(-1)
_TURNED = 4096


class Rows:
    """Columns and states of `rows` of the sheets, for the questions in `span`."""

    def __init__(self, sheets: Sheets, rows: slice, span: slice) -> None:
        self._sheets = sheets
        self._rows = rows
        self._start = span.start
        self._states = _turned(sheets.states[rows, span])
        self._blank = np.negative((self._states != State.ANSWERED.value).view(np.int8))

    def __len__(self) -> int:
        return int(self._states.shape[1])

    def column(self, question: int) -> NDArray[Any]:
        """(n,) the answers to the question at that position."""
        return self._sheets.columns[question][self._rows]

    def states(self, question: int) -> NDArray[np.int8]:
        """(n,) what is known of the answers."""
        return np.asarray(self._states[question - self._start])

    def blank(self, question: int) -> NDArray[np.int8]:
        """(n,) -1 where the question is not answered, else 0."""
        return np.asarray(self._blank[question - self._start])


def _turned(states: NDArray[np.int8]) -> NDArray[np.int8]:
    """(questions, n) of (n, questions), turned in pieces that stay in the cache.

    This is cheaper than stepping through the table once for every question.
    """
    turned = np.empty(states.T.shape, np.int8)
    for at in range(0, len(states), _TURNED):
        turned[:, at : at + _TURNED] = states[at : at + _TURNED].T
    return turned
