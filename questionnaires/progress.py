"""How far a sheet is filled in: the one progress function of every surface."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from questionnaires.sheets import Sheets, State


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts over the required questions on each firm's route, (n,) each.

    `answered` of `of` have an answer. `settled` also counts those said to be unknown or not
    applicable: nothing is left to do there, though they rest on no answer.
    """

    answered: NDArray[np.int64]
    of: NDArray[np.int64]
    settled: NDArray[np.int64]


def progress(sheets: Sheets) -> Progress:
    """The progress of every sheet."""
    required = np.array([question.required for question in sheets.questionnaire.questions], bool)
    states = sheets.states[:, required]
    asked = states != State.OFF_ROUTE
    return Progress(
        answered=(states == State.ANSWERED).sum(axis=1),
        of=asked.sum(axis=1),
        settled=(asked & (states != State.UNANSWERED)).sum(axis=1),
    )
