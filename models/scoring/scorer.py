"""The scorer: answer sheets in, points, parts and levels out; one path for 1 or 1,000,000 firms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from models.scoring.blocks import in_blocks
from models.scoring.compiled import Judged, compile_standard
from models.scoring.explaining import Explainer
from models.scoring.lanes import Read
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
        totals, rows = _Totals.of(len(sheets), self.standard), self._compiled.rows
        in_blocks(len(sheets), lambda block: self._judge(rows(sheets, block), totals, block))
        return self._scores(totals)

    def traits(self, sheets: Sheets) -> Traits:
        """Each judged question as a fraction of its full, and their means by feature."""
        return read_traits(self.standard, self._compiled, sheets)

    def explain(self, sheets: Sheets, row: int) -> Explanation:
        """Points by question with what each missing step adds, and ways to the next level."""
        at = range(len(sheets))[row]
        block = slice(at, at + 1)
        rows, totals = self._compiled.rows(sheets, block), _Totals.of(1, self.standard)
        self._judge(rows, totals, slice(1))
        conflicts = [id_ for id_, there in self._conflicts(sheets, block).items() if there[0]]
        return self._explainer.explain(rows, self._scores(totals), conflicts)

    def conflicts(self, sheets: Sheets) -> Mapping[str, NDArray[np.bool_]]:
        """By question (n,): whether the counts contradict the chosen band or each other.

        The counts decide all the same.
        """
        return self._conflicts(sheets, slice(None))

    def _conflicts(self, sheets: Sheets, block: slice) -> Mapping[str, NDArray[np.bool_]]:
        rows = Rows(sheets, block, self._compiled.span)
        return {id_: rate.conflicts(rows) for id_, rate in self._compiled.rates.items()}

    def _scores(self, totals: _Totals) -> Scores:
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

    def _judge(self, rows: Rows, totals: _Totals, block: slice) -> None:
        compiled, standard = self._compiled, self.standard
        np.add(_missing(compiled.judged, rows), len(compiled.judged), out=totals.answered[block])
        points = compiled.points.total(len(rows), _digits(compiled.items, rows))
        ticks = compiled.points.view(points)
        np.divide(ticks, compiled.scale, out=totals.points[block])
        rule = LEVEL_RULES[standard.level_rule]
        score, scale = rule.score(standard, ticks[:, :-1], compiled.scale)
        np.divide(score, scale, out=totals.score[block])
        if compiled.levels:
            reached = compiled.levels.total(len(rows), _digits(compiled.scenes, rows))
            totals.reached[block] = compiled.levels.view(reached)
        totals.level[block] = judge(standard, score, scale, totals.reached[block])


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


def _missing(questions: Sequence[Judged], rows: Rows) -> NDArray[np.integer]:
    """(n,) minus the number of questions that are not answered."""
    missing = np.zeros(len(rows), np.min_scalar_type(-len(questions)))
    for question in questions:
        missing += rows.blank(question.column)
    return missing


def _digits(questions: Iterable[Judged], rows: Rows) -> list[Read]:
    """The digits of all questions, each to be read when its turn comes."""
    return [
        partial(digit.read, rows.column(question.column), rows.blank(question.column))
        for question in questions
        for digit in question.digits
    ]
