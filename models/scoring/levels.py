"""How points become a score and a level: one class a rule, all of them in `LEVEL_RULES`.

Every rule says what the score is. The level is then the highest one whose score, scenes and
binding scenes are all reached. Everything is counted in whole ticks, so that 39.95 is not 40.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import ceil, floor, lcm
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from models.standard import Level, Standard

Ticks = NDArray[np.int64]


class LevelRule(Protocol):
    """What the score of a standard is."""

    def score(self, standard: Standard, parts: NDArray[Any], scale: int) -> tuple[Ticks, int]:
        """(n,) the score in ticks and the ticks a point, from `parts` (n, p) at `scale`."""

    def most(self, standard: Standard, level: int, /) -> Fraction:
        """The highest score that can count towards `level`."""

    def worth(self, standard: Standard, level: int, /) -> tuple[Fraction, ...]:
        """What a point in each part adds to the score on the way to `level`."""


class Total:
    """The points of all parts, added up (MIIT, edition 2024)."""

    def score(self, standard: Standard, parts: NDArray[Any], scale: int) -> tuple[Ticks, int]:
        """The sum of all parts."""
        return _weigh(parts, scale, self.worth(standard, 1))

    def worth(self, standard: Standard, _level: int) -> tuple[Fraction, ...]:
        """One."""
        return (Fraction(1),) * len(standard.parts)

    def most(self, standard: Standard, _level: int) -> Fraction:
        """All parts in full."""
        return sum((part.full for part in standard.parts), Fraction(0))


class Averaged:
    """The mean of the parts, each as a percentage of its full (EU Digital Maturity Assessment)."""

    def score(self, standard: Standard, parts: NDArray[Any], scale: int) -> tuple[Ticks, int]:
        """The mean of the percentages."""
        return _weigh(parts, scale, self.worth(standard, 1))

    def worth(self, standard: Standard, _level: int) -> tuple[Fraction, ...]:
        """Its share of the mean."""
        return tuple(100 / part.full / len(standard.parts) for part in standard.parts)

    def most(self, _standard: Standard, _level: int) -> Fraction:
        """All parts in full."""
        return Fraction(100)


class Gated:
    """One part a level, from low to high (GB/T 39117, read as in its public digests).

    A level whose part reaches the gate counts 1; the first that does not counts its share of
    full; higher ones are not assessed. The gate of level L is its score less L - 1, to be reached
    or gone beyond as the level says.
    """

    def score(self, standard: Standard, parts: NDArray[Any], scale: int) -> tuple[Ticks, int]:
        """The levels met, and the share of the first that is not."""
        common = lcm(*(part.full.numerator for part in standard.parts))
        one = common * scale
        total = np.zeros(len(parts), np.int64)
        below = np.ones(len(parts), bool)
        for at, (part, level) in enumerate(zip(standard.parts, standard.levels, strict=True)):
            share = parts[:, at] * np.int64(common / part.full)
            met = share >= bound(level, one) - at * one
            total += np.where(met, one, share) * below
            below &= met
        return total, one

    def worth(self, standard: Standard, level: int) -> tuple[Fraction, ...]:
        """A share of the level's own part; other parts are of no use."""
        return tuple(
            1 / part.full if at == level - 1 else Fraction(0)
            for at, part in enumerate(standard.parts)
        )

    def most(self, _standard: Standard, level: int) -> Fraction:
        """As many as there are levels up to it."""
        return Fraction(level)


LEVEL_RULES: Mapping[str, LevelRule] = {
    "points_and_scenes": Total(),
    "averaged": Averaged(),
    "gated": Gated(),
}


def judge(
    standard: Standard, score: Ticks, scale: int, reached: NDArray[np.int8]
) -> NDArray[np.int8]:
    """(n,) the level: the highest for which all that it takes is there, else 0.

    `reached` (n, 2 × levels) counts the scenes, then the binding scenes, by level.
    """
    found = np.zeros(len(score), np.int8)
    scenes, binding = np.split(np.ascontiguousarray(reached.T), 2)
    for at, level in enumerate(standard.levels):
        holds = score >= bound(level, scale)
        holds &= scenes[at] >= level.scenes
        holds &= binding[at] >= level.binding
        np.copyto(found, np.int8(level.number), where=holds)
    return found


def bound(level: Level, scale: int) -> int:
    """The fewest ticks that reach the level's score."""
    ticks = level.score * scale
    return floor(ticks) + 1 if level.beyond else ceil(ticks)


def _weigh(parts: NDArray[Any], scale: int, weights: Sequence[Fraction]) -> tuple[Ticks, int]:
    common = lcm(*(weight.denominator for weight in weights))
    total = np.zeros(len(parts), np.int64)
    for at, weight in enumerate(weights):
        whole = int(weight * common)
        total += parts[:, at] if whole == 1 else parts[:, at] * np.int64(whole)
    return total, scale * common
