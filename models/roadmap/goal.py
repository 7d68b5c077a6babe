"""What makes one plan better than another.

The next level comes first, as far as it can be proved: a plan that reaches a higher level is
better than any that does not. Among plans of one level the value decides, in points of the score:

    value = sum over years of (1 - 0.05 × years of delay) × what is gained in that year
            - 0.5 × cost of the projects ÷ budget of all years

where a gain is a point of the score, 0.1 for each step of a scene (steps bring the levels to
come, and each is a gain in the workshop), and 0.2 for each trouble the firm named that is eased.
So points decide, then the time they come, then the cost. A fee that returns counts once here,
lest waiting seem to save money; the budget pays it every year. Where a level cannot be proved
out of reach, each level counts as 100 points in the gap that is stated.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.roadmap.cases import Cases
from models.roadmap.units import PAINS, Units
from models.standard import Level, Standard

LEVEL = 100.0
SCENE_STEP = 0.1
PAIN = 0.2
DELAY = 0.05
THRIFT = 0.5
# Sums of points are told apart down to this; the least tick of a standard is far larger.
EXACT = 1e-6


def weights(units: Units) -> NDArray[np.float64]:
    """(u,) what each unit is worth, in points."""
    pains = np.array([unit.question == PAINS for unit in units.units])
    return units.points + SCENE_STEP * (units.scene_levels > 0) + PAIN * pains


def discounts(years: int) -> NDArray[np.float64]:
    """(years,) what a gain counts, by the year in which it comes."""
    return np.asarray(1 - DELAY * np.arange(years))


@dataclass(frozen=True, slots=True)
class Short:
    """What a firm is short of, on the way to a level."""

    level: int
    points: float
    scenes: int
    binding: int


def short_of(cases: Cases, row: int, level: Level) -> Short:
    """What firm `row` is short of for `level`; at most 0 where nothing is missing."""
    at, scores = level.number - 1, cases.scores
    beyond = 2 * EXACT if level.beyond else 0.0
    return Short(
        level.number,
        float(level.score) - float(scores.score[row]) + beyond,
        level.scenes - int(scores.scenes_at[row, at]),
        level.binding - int(scores.binding_at[row, at]),
    )


def levels_reached(
    standard: Standard, units: Units, cases: Cases, gained: NDArray[np.bool_]
) -> NDArray[np.int8]:
    """(n,) the level of n firms once they have gained `gained` (n, u)."""
    score = cases.scores.score + gained @ units.points
    level = np.zeros(len(cases), np.int8)
    for at, goal in enumerate(standard.levels):
        here = units.scene_levels == at + 1
        scenes = cases.scores.scenes_at[:, at] + gained[:, here].sum(axis=1)
        binding = cases.scores.binding_at[:, at] + gained[:, here & units.binding].sum(axis=1)
        least = float(goal.score) + (EXACT if goal.beyond else -EXACT)
        holds = (score >= least) & (scenes >= goal.scenes) & (binding >= goal.binding)
        level[holds] = goal.number
    return level


def thrift(cases: Cases) -> NDArray[np.float64]:
    """(n,) what a cost of 1 万元 takes off a plan's value."""
    total = cases.budgets.yearly.sum(axis=1)
    return THRIFT / np.where(total > 0, total, 1.0)
