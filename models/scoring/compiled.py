"""A standard compiled against a questionnaire: what to read, and what it is worth in ticks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import lcm

import numpy as np
from numpy.typing import NDArray

from models.scoring.lanes import Lanes
from models.scoring.rates import RateBands
from models.scoring.rows import MISSING, Rows
from models.scoring.rules import RULES, Digit
from models.standard import Item, Scene, Standard
from questionnaires.model import Questionnaire
from questionnaires.sheets import Sheets


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

    def worth(self, rows: Rows) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """(n,) the ticks of the answers (for a scene its level), and which of them count."""
        column, blank = rows.column(self.column), rows.blank(self.column)
        ticks = np.zeros(len(rows), np.int64)
        for digit in self.digits:
            ticks += digit.ticks[digit.read(column, blank) + 1]
        return ticks, blank != MISSING


@dataclass(frozen=True)
class Compiled:
    """The judged questions of a standard and the totals their digits add up to.

    `scale` is the number of ticks in a point; `span` holds all questions that are read. The lanes
    of `points` are the parts and what could be added; those of `levels` count the scenes, then
    the binding scenes, by level from 1 up.
    """

    scale: int
    span: slice
    items: tuple[Judged, ...]
    scenes: tuple[Judged, ...]
    rates: Mapping[str, RateBands]
    points: Lanes
    levels: Lanes | None

    def rows(self, sheets: Sheets, block: slice) -> Rows:
        """The answers in a block of the sheets, the rates settled."""
        rows = Rows(sheets, block, self.span)
        for rate in self.rates.values():
            rate.settle(rows)
        return rows

    @property
    def judged(self) -> tuple[Judged, ...]:
        """Items, then scenes."""
        return self.items + self.scenes


def compile_standard(standard: Standard, questionnaire: Questionnaire) -> Compiled:
    """Compile `standard`; raises KeyError where it reads what `questionnaire` does not ask."""
    numbers = [n for item in standard.items for n in (item.full, *item.points.values())]
    scale = lcm(*(number.denominator for number in numbers))
    items = tuple(_item(item, questionnaire, scale) for item in standard.items)
    scenes = tuple(_scene(scene, questionnaire) for scene in standard.scenes)
    levels = [
        _level_worth(scene, judged, len(standard.levels))
        for scene, judged in zip(standard.scenes, scenes, strict=True)
    ]
    rates = {
        item.question: RateBands(item, item.rate, questionnaire)
        for item in standard.items
        if item.rate
    }
    return Compiled(
        scale=scale,
        span=_span(items + scenes, rates.values()),
        items=items,
        scenes=scenes,
        rates=rates,
        points=Lanes(_points_worth(standard, items)),
        levels=Lanes(levels) if levels else None,
    )


def _item(item: Item, questionnaire: Questionnaire, scale: int) -> Judged:
    question, rule = questionnaire[item.question], RULES[item.rule]
    ticks = tuple(int(item.points[option.id] * scale) for option in question.options)
    at = questionnaire.index[item.question]
    return Judged(item.question, at, rule.digits(ticks), ticks, int(item.full * scale))


def _scene(scene: Scene, questionnaire: Questionnaire) -> Judged:
    levels = tuple(int(option.id) for option in questionnaire[scene.question].options)
    digits = RULES["choice"].digits(levels)
    return Judged(scene.question, questionnaire.index[scene.question], digits, levels, max(levels))


def _span(judged: Iterable[Judged], rates: Iterable[RateBands]) -> slice:
    columns = [question.column for question in judged]
    columns += [at for rate in rates for at in rate.columns]
    return slice(min(columns), max(columns) + 1)


def _points_worth(standard: Standard, items: Sequence[Judged]) -> list[NDArray[np.int64]]:
    """By digit (size, parts + 1): ticks in its part, and the item's full where not answered."""
    worth = []
    homes = [at for at, part in enumerate(standard.parts) for _ in part.items]
    for item, home in zip(items, homes, strict=True):
        for at, digit in enumerate(item.digits):
            table = np.zeros((len(digit.ticks), len(standard.parts) + 1), np.int64)
            table[:, home] = digit.ticks
            table[0, -1] = 0 if at else item.full
            worth.append(table)
    return worth


def _level_worth(scene: Scene, judged: Judged, levels: int) -> NDArray[np.int64]:
    """(size, 2 × levels) 1 where the scene's level is at least 1…levels; again if binding."""
    reached = judged.digits[0].ticks[:, None] >= np.arange(1, levels + 1)
    return np.hstack([reached, reached & scene.binding]).astype(np.int64)
