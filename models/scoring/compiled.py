"""A standard compiled against a questionnaire: what to read, and what it is worth in ticks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.scoring.lanes import Lanes
from models.scoring.rates import RateBands
from models.scoring.rules import RULES, Digit
from models.standard import Item, Scene, Standard
from questionnaires.model import Questionnaire
from questionnaires.sheets import Sheets, State


@dataclass(frozen=True)
class Judged:
    """One judged question: where its answers are, how they are read, what they are worth.

    `ticks` are the worth of its options by position, `full` the most an answer is worth; those of
    a scene are levels.
    """

    id: str
    column: int
    digits: tuple[Digit, ...]
    ticks: tuple[int, ...]
    full: int
    rate: RateBands | None = None

    def answers(self, sheets: Sheets, rows: slice) -> tuple[NDArray[Any], NDArray[np.bool_]]:
        """The answers at `rows` and which of them count."""
        if self.rate:
            return self.rate.read(sheets, rows)
        states = sheets.states[rows, self.column]
        return sheets.columns[self.column][rows], states == State.ANSWERED

    def points(self, sheets: Sheets, rows: slice) -> tuple[NDArray[Any], NDArray[np.bool_]]:
        """The ticks of the answers at `rows` (for a scene its level) and which of them count."""
        column, answered = self.answers(sheets, rows)
        ticks = np.zeros(len(answered), np.int64)
        for digit in self.digits:
            ticks += digit.ticks[digit.read(column, answered)]
        return ticks, answered


@dataclass(frozen=True)
class Compiled:
    """The judged questions of a standard, items first, and the totals their digits add up to.

    `scale` is the number of ticks in a point. The lanes of `points` are the parts and what could
    be added; those of `scenes` count the scenes, then the binding scenes, by level from 1 up.
    """

    scale: int
    items: tuple[Judged, ...]
    scenes: tuple[Judged, ...]
    points: Lanes
    levels: Lanes | None


def compile_standard(standard: Standard, questionnaire: Questionnaire) -> Compiled:
    """Compile `standard`; raises KeyError where it reads what `questionnaire` does not ask."""
    scale = _ticks_per_point(standard)
    items = tuple(_item(item, questionnaire, scale) for item in standard.items)
    scenes = tuple(_scene(scene, questionnaire) for scene in standard.scenes)
    levels = [
        _level_worth(scene, judged, len(standard.levels))
        for scene, judged in zip(standard.scenes, scenes, strict=True)
    ]
    return Compiled(
        scale,
        items,
        scenes,
        Lanes(_points_worth(standard, items, scale)),
        Lanes(levels) if levels else None,
    )


def _ticks_per_point(standard: Standard) -> int:
    """The smallest number of ticks in a point that makes every number of points whole."""
    numbers = [n for item in standard.items for n in (item.full, *item.points.values())]
    return lcm(*(number.denominator for number in numbers))


def _item(item: Item, questionnaire: Questionnaire, scale: int) -> Judged:
    question = questionnaire[item.question]
    ticks = [int(item.points[option.id] * scale) for option in question.options]
    rate = RateBands(item, item.rate, question) if item.rate else None
    at, rule = questionnaire.index[item.question], RULES[item.rule]
    return Judged(item.question, at, rule.digits(ticks), tuple(ticks), rule.full(ticks), rate)


def _scene(scene: Scene, questionnaire: Questionnaire) -> Judged:
    levels = [int(option.id) for option in questionnaire[scene.question].options]
    at, rule = questionnaire.index[scene.question], RULES["choice"]
    return Judged(scene.question, at, rule.digits(levels), tuple(levels), rule.full(levels))


def _points_worth(
    standard: Standard, judged: Sequence[Judged], scale: int
) -> list[NDArray[np.int64]]:
    """By digit (size, parts + 1): ticks in its part, and the item's full where not answered."""
    worth = []
    homes = [at for at, part in enumerate(standard.parts) for _ in part.items]
    for item, home, question in zip(standard.items, homes, judged, strict=True):
        for digit in question.digits:
            table = np.zeros((len(digit.ticks), len(standard.parts) + 1), np.int64)
            table[:, home] = digit.ticks
            table[0, -1] = int(item.full * scale) if digit.first else 0
            worth.append(table)
    return worth


def _level_worth(scene: Scene, judged: Judged, levels: int) -> NDArray[np.int64]:
    """(size, 2 × levels) 1 where the scene's level is at least 1…levels; again if binding."""
    reached = judged.digits[0].ticks[:, None] >= np.arange(1, levels + 1)
    return np.hstack([reached, reached & scene.binding]).astype(np.int64)
