"""The scorer: answer sheets in, points, parts and levels out; one path for 1 or 1,000,000 firms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.scoring.blocks import in_blocks
from models.scoring.compiled import Judged, compile_standard
from models.scoring.explaining import Explainer
from models.scoring.levels import LEVEL_RULES, judge
from models.scoring.results import Explanation, Scores, Traits
from models.scoring.rows import Rows
from models.scoring.traits import read_traits
from models.standard import Standard
from questionnaires.model import Questionnaire
from questionnaires.sheets import Sheets


class Scorer:
    """Judges answer sheets by one standard, which is compiled once.

    Only answers in the state `ANSWERED` count, in any order of questions and options. Raises
    ValueError where the standard judges another questionnaire, KeyError where it reads questions
    or options that the questionnaire does not have.
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
        totals = _Totals.of(len(sheets), self.standard)
        in_blocks(len(sheets), lambda block: self._score_block(sheets, block, totals))
        parts, levels = len(self.standard.parts), len(self.standard.levels)
        return Scores(
            standard=self.standard,
            score=totals.score,
            parts=totals.points[:, :parts],
            level=totals.level,
            answered=totals.answered,
            of=len(self._compiled.judged),
            could_add=totals.points[:, parts],
            scenes_at=totals.reached[:, :levels],
            binding_at=totals.reached[:, levels:],
        )

    def item_points(self, sheets: Sheets) -> NDArray[np.float64]:
        """(n, m) the points of each scored item, in the standard's order; 0 where not answered."""
        compiled = self._compiled
        points = np.empty((len(sheets), len(compiled.items)))

        def read(block: slice) -> None:
            rows = Rows(sheets, block, compiled.span)
            for at, item in enumerate(compiled.items):
                points[block, at] = item.worth(rows)[0] / compiled.scale

        in_blocks(len(sheets), read)
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
        rows = Rows(sheets, slice(None), self._compiled.span)
        return {item.id: item.rate.conflicts(rows) for item in self._compiled.items if item.rate}

    def _score_block(self, sheets: Sheets, block: slice, totals: _Totals) -> None:
        compiled, standard = self._compiled, self.standard
        rows = Rows(sheets, block, compiled.span)
        of = len(compiled.judged)
        missing = np.zeros(len(rows), np.min_scalar_type(-of))
        lanes = compiled.points.total(_digits(compiled.items, rows, missing))
        ticks = lanes.view(compiled.points.dtype)[:, : compiled.points.used]
        np.divide(ticks, compiled.scale, out=totals.points[block])
        if compiled.levels:
            lanes = compiled.levels.total(_digits(compiled.scenes, rows, missing))
            totals.reached[block] = lanes.view(compiled.levels.dtype)[:, : compiled.levels.used]
        np.add(missing, of, out=totals.answered[block])
        total, scale = LEVEL_RULES[standard.level_rule].score(
            standard, ticks[:, :-1], compiled.scale
        )
        np.divide(total, scale, out=totals.score[block])
        totals.level[block] = judge(standard, total, scale, totals.reached[block])


@dataclass(frozen=True)
class _Totals:
    """What the blocks fill in: (n, parts + 1) points, (n, 2 × levels) scenes, (n,) the others."""

    points: NDArray[np.float64]
    reached: NDArray[np.int8]
    score: NDArray[np.float64]
    level: NDArray[np.int8]
    answered: NDArray[np.int16]

    @classmethod
    def of(cls, n: int, standard: Standard) -> _Totals:
        return cls(
            points=np.empty((n, len(standard.parts) + 1)),
            reached=np.zeros((n, 2 * len(standard.levels)), np.int8),
            score=np.empty(n),
            level=np.empty(n, np.int8),
            answered=np.empty(n, np.int16),
        )


def _digits(
    questions: tuple[Judged, ...], rows: Rows, missing: NDArray[np.integer]
) -> list[NDArray[np.int8]]:
    """The digits of all questions; takes 1 from `missing` (n,) for each that is not answered."""
    digits: list[NDArray[np.int8]] = []
    for question in questions:
        column, blank = question.answers(rows)
        missing += blank
        digits.extend(digit.read(column, blank) for digit in question.digits)
    return digits
