"""Answer sheets of many firms as columns: the one form in which answers are judged.

One firm is a table of one row. Every surface (form, Excel, CSV, JSON Lines) ends here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from questionnaires.model import Questionnaire

Column = NDArray[Any]


class State(IntEnum):
    """What is known of an answer. Only `ANSWERED` is ever scored."""

    UNANSWERED = 0
    ANSWERED = 1
    UNKNOWN = 2
    NOT_APPLICABLE = 3
    OFF_ROUTE = 4


@dataclass(frozen=True)
class Firms:
    """The firms behind the sheets, a column each, all of length n.

    `uscc` unified social credit code, `industry` GB/T 4754 code of 2 to 4 digits ('' unknown),
    `employees` persons, `revenue` 万元 a year (NaN unknown), `region` street or park.
    """

    uscc: NDArray[np.object_]
    name: NDArray[np.object_]
    industry: NDArray[np.object_]
    region: NDArray[np.object_]
    employees: NDArray[np.float64]
    revenue: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.uscc)

    def take(self, rows: NDArray[Any] | list[int]) -> Firms:
        """The firms at `rows`."""
        return Firms(**{name: column[rows] for name, column in vars(self).items()})


@dataclass(frozen=True)
class Sheets:
    """The answer sheets of n firms to one questionnaire of q questions.

    `states` (n, q) int8 of `State`, quickest to judge where each question's states lie together
    (Fortran order). `columns[j]` is the answer column of question j, its dtype
    by kind: single and yes/no int8 (option position, 0/1), multi int32 (bit i = option i),
    numbers float64, date int32 (proleptic ordinal), text object. Where there is no answer the
    column holds its kind's blank: -1, NaN or ''. An off-route answer keeps its value; its state
    says that it never counts. `reasons` says why a `NOT_APPLICABLE` question does not apply:
    (row, question) → text. `lines` is where each row was read (0: not from a file).
    """

    questionnaire: Questionnaire
    firms: Firms
    states: NDArray[np.int8]
    columns: tuple[Column, ...]
    lines: NDArray[np.int64]
    reasons: Mapping[tuple[int, int], str]

    def __len__(self) -> int:
        return len(self.states)

    def column(self, question_id: str) -> Column:
        """The answer column of one question."""
        return self.columns[self.questionnaire.index[question_id]]

    def answered(self, question_id: str) -> NDArray[np.bool_]:
        """(n,) whether the question is answered and on route."""
        states = self.states[:, self.questionnaire.index[question_id]]
        return np.asarray(states == State.ANSWERED)

    def take(self, rows: NDArray[Any] | list[int]) -> Sheets:
        """The sheets at `rows`, in that order."""
        at = np.asarray(rows)
        at = np.flatnonzero(at) if at.dtype == bool else at.astype(np.intp)
        states = np.asfortranarray(self.states[at])
        return replace(
            self,
            firms=self.firms.take(at),
            states=states,
            columns=tuple(column[at] for column in self.columns),
            lines=self.lines[at],
            reasons=self._reasons_at(at, states),
        )

    def _reasons_at(
        self, rows: NDArray[np.intp], states: NDArray[np.int8]
    ) -> Mapping[tuple[int, int], str]:
        """The reasons of `rows` under their new numbers, found where a state has one."""
        found = {
            (int(new), int(question)): self.reasons.get((int(rows[new]), int(question)))
            for new, question in np.argwhere(states == State.NOT_APPLICABLE)
        }
        return {place: reason for place, reason in found.items() if reason is not None}
