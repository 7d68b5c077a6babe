"""What goes wrong in answer sheets: carelessness, boasting, gaps, sheets left half finished."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from diagnose.fictional.scored import Columns
from questionnaires.model import Question, Questionnaire

Mask = NDArray[np.bool_]

BOAST = 0.9  # standard deviations that a boastful firm adds to every answer
UNKNOWN = 0.02  # share of scored answers said to be unknown
SKIPPED = 0.01  # share left open
CUT = (0.35, 0.9)  # where a half-finished sheet ends, as a share of the questions
STRAIGHT, RANDOM, HALF_RANDOM = 1, 2, 3


@dataclass(frozen=True)
class Faults:
    """(n,) which firms are careless (0 no, else how), boastful, and stopped half-way."""

    careless: NDArray[np.int8]
    boastful: Mask
    half_finished: Mask

    @classmethod
    def draw(
        cls,
        firms: int,
        careless: float,
        boastful: float,
        half_finished: float,
        rng: np.random.Generator,
    ) -> Faults:
        """Faults by their shares, in random firms; the three kinds of carelessness in turn."""
        how = np.zeros(firms, dtype=np.int8)
        rows = rng.permutation(firms)[: round(careless * firms)]
        how[rows] = 1 + np.arange(len(rows)) % 3
        return cls(
            how, (rng.random(firms) < boastful) & (how == 0), rng.random(firms) < half_finished
        )


def answer_carelessly(
    questionnaire: Questionnaire, columns: Columns, how: NDArray[np.int8], rng: np.random.Generator
) -> None:
    """Overwrite the answers of careless firms: one place all through, or at random."""
    order = sorted(columns, key=questionnaire.index.__getitem__)
    place = rng.integers(0, 5, len(how))
    for at, question_id in enumerate(order):
        question, column = questionnaire[question_id], columns[question_id]
        straight = how == STRAIGHT
        at_random = (how == RANDOM) | ((how == HALF_RANDOM) & (at >= len(order) // 2))
        last = len(question.options) - 1
        column[straight] = _chosen(question, np.minimum(place[straight], last))
        column[at_random] = _at_random(question, int(at_random.sum()), rng)


def finished_until(
    questionnaire: Questionnaire, half_finished: Mask, rng: np.random.Generator
) -> Mask:
    """(n, q) true where a sheet has not been left off yet."""
    questions = len(questionnaire.questions)
    end = np.where(half_finished, rng.uniform(*CUT, len(half_finished)) * questions, questions)
    return np.asarray(np.arange(questions) < end[:, None])


def _chosen(question: Question, place: NDArray[np.int64]) -> NDArray[np.int64]:
    return 1 << place if question.kind == "multi" else place


def _at_random(question: Question, firms: int, rng: np.random.Generator) -> NDArray[np.int64]:
    options = len(question.options)
    if question.kind != "multi":
        return rng.integers(0, options, firms)
    none = next(at for at, option in enumerate(question.options) if option.excludes)
    bits = rng.integers(0, 1 << options, firms) & ~(1 << none)
    return np.where(bits, bits, 1 << none)
