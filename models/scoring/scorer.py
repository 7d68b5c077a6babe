"""The scorer: answer sheets in, points, parts and levels out; one path for 1 or 1,000,000 firms."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from models.scoring.compiled import Judged, compile_standard
from models.scoring.explaining import Explainer
from models.scoring.levels import LEVEL_RULES, judge
from models.scoring.results import Explanation, Scores, Traits
from models.scoring.traits import read_traits
from models.standard import Standard
from questionnaires.model import Questionnaire
from questionnaires.sheets import Sheets

# Rows judged at a time: their working columns fit a second-level cache.
_BLOCK = 16384


class Scorer:
    """Judges answer sheets by one standard, which is compiled once.

    Only answers in the state `ANSWERED` count, in any order of questions and options.
    """

    def __init__(self, standard: Standard, questionnaire: Questionnaire) -> None:
        if standard.questionnaire != questionnaire.id:
            raise ValueError(f"{standard.id} does not judge {questionnaire.id}")
        self.standard = standard
        self.questionnaire = questionnaire
        self._compiled = compile_standard(standard, questionnaire)
        self._explainer = Explainer(standard, questionnaire, self._compiled)

    def score(self, sheets: Sheets) -> Scores:
        """Points by part, score, level, and what the missing answers could add."""
        scores = self._empty(len(sheets))
        _in_blocks(len(sheets), lambda rows: self._score_block(sheets, rows, scores))
        return scores

    def item_points(self, sheets: Sheets) -> NDArray[np.float64]:
        """(n, m) the points of each scored item, in the standard's order; 0 where not answered."""
        points = np.empty((len(sheets), len(self._compiled.items)))
        for at, item in enumerate(self._compiled.items):
            ticks, _ = item.points(sheets, slice(None))
            np.divide(ticks, self._compiled.scale, out=points[:, at])
        return points

    def traits(self, sheets: Sheets) -> Traits:
        """Each judged question as a fraction of its full, and their means by feature."""
        return read_traits(self.standard, self._compiled, sheets)

    def explain(self, sheets: Sheets, row: int) -> Explanation:
        """Points by question with what each missing step adds, and ways to the next level."""
        sheet = sheets.take([row])
        return self._explainer.explain(sheet, self.score(sheet))

    def conflicts(self, sheets: Sheets) -> Mapping[str, NDArray[np.bool_]]:
        """By question (n,): whether the counts contradict the chosen band. The counts decide."""
        return {
            item.id: item.rate.conflicts(sheets, slice(None))
            for item in self._compiled.items
            if item.rate
        }

    def _empty(self, n: int) -> Scores:
        levels = len(self.standard.levels)
        return Scores(
            standard=self.standard,
            score=np.empty(n),
            parts=np.empty((n, len(self.standard.parts))),
            level=np.empty(n, np.int8),
            answered=np.empty(n, np.int16),
            of=len(self._compiled.items) + len(self._compiled.scenes),
            could_add=np.empty(n),
            scenes_at=np.zeros((n, levels), np.int8),
            binding_at=np.zeros((n, levels), np.int8),
        )

    def _score_block(self, sheets: Sheets, rows: slice, scores: Scores) -> None:
        compiled, levels = self._compiled, len(self.standard.levels)
        answered = np.zeros(rows.stop - rows.start, np.int16)
        ticks = compiled.points.total(_digits(compiled.items, sheets, rows, answered))
        if compiled.levels:
            reached = compiled.levels.total(_digits(compiled.scenes, sheets, rows, answered))
            scores.scenes_at[rows] = reached[:, :levels]
            scores.binding_at[rows] = reached[:, levels:]
        scores.answered[rows] = answered
        parts, missing = ticks[:, :-1], ticks[:, -1]
        total, scale = LEVEL_RULES[self.standard.level_rule].score(
            self.standard, parts, compiled.scale
        )
        scores.score[rows] = total / scale
        scores.could_add[rows] = missing / compiled.scale
        for part in range(parts.shape[1]):
            scores.parts[rows, part] = parts[:, part] / compiled.scale
        scores.level[rows] = judge(
            self.standard, total, scale, scores.scenes_at[rows], scores.binding_at[rows]
        )


def _digits(
    questions: tuple[Judged, ...], sheets: Sheets, rows: slice, count: NDArray[np.int16]
) -> list[NDArray[np.int16]]:
    """The digits of all questions at `rows`; adds to `count` those that are answered."""
    digits: list[NDArray[np.int16]] = []
    for question in questions:
        column, answered = question.answers(sheets, rows)
        count += answered
        digits.extend(digit.read(column, answered) for digit in question.digits)
    return digits


def _in_blocks(n: int, run: Callable[[slice], None]) -> None:
    blocks = [slice(at, min(at + _BLOCK, n)) for at in range(0, n, _BLOCK)]
    if len(blocks) == 1:
        run(blocks[0])
        return
    # NumPy lets go of the interpreter inside its loops, so threads share the work.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(run, blocks))
