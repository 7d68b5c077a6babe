"""How levels are spread over a district, and how they moved between two years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from diagnose.analysis.reading import Assessed
from diagnose.reading import standard
from diagnose.records import Basis

LEAST_INSIDE = 5  # firms behind a row of self-assessed levels, which nobody but the firm may read
LEAST_OUTSIDE = 10


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """Firms by level of one part of the district: `counts` (levels,), None where withheld.

    `n` firms are judged; `mean` are their points, None below the least.
    """

    key: str
    n: int
    counts: NDArray[np.int64] | None
    mean: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Moved:
    """Firms judged in both years: `matrix` from → to (levels, levels), `n` of `of` firms.

    `of` were judged in the later year. `up`, `same` and `down` count the firms.
    """

    before: int
    after: int
    matrix: NDArray[np.int64]
    n: int
    of: int

    @property
    def up(self) -> int:
        """How many rose."""
        return int(np.triu(self.matrix, 1).sum())

    @property
    def same(self) -> int:
        """How many stayed."""
        return int(np.trace(self.matrix))

    @property
    def down(self) -> int:
        """How many fell."""
        return int(np.tril(self.matrix, -1).sum())


def whole(held: Assessed, basis: Basis) -> Spread:
    """The levels of all firms of one year."""
    everyone = np.zeros(len(held), dtype="<U1")
    found = _spreads(everyone, held, basis, 1)
    return found[0] if found else Spread("", 0, np.zeros(_levels(), np.int64), None)


def by_part(
    held: Assessed, basis: Basis, *, least: int | None = None
) -> Mapping[str, list[Spread]]:
    """The levels by industry, size and street; rows of fewer than `least` firms are withheld."""
    if least is None:
        least = LEAST_INSIDE if basis == Basis.SELF else 1
    parts: dict[str, NDArray[Any]] = {
        "division": held.division,
        "size": held.size.astype(str),
        "street": held.street,
    }
    return {name: _spreads(keys, held, basis, least) for name, keys in parts.items()}


def movement(held: Assessed, basis: Basis, before: int, after: int) -> Moved:
    """How the levels of the firms that were judged in both years moved."""
    old, new = held.of_year(before), held.of_year(after)
    _, first, second = np.intersect1d(old.firm, new.firm, return_indices=True)
    pairs = np.column_stack([old.levels(basis)[first], new.levels(basis)[second]])
    return moved(pairs, before, after, _levels(), int((new.levels(basis) >= 0).sum()))


def moved(pairs: NDArray[np.int64], before: int, after: int, states: int, of: int) -> Moved:
    """From what to what: `pairs` (n, 2), -1 where one of them is not known."""
    known = pairs[(pairs >= 0).all(axis=1)]
    matrix = np.zeros((states, states), np.int64)
    np.add.at(matrix, (known[:, 0], known[:, 1]), 1)
    return Moved(before, after, matrix, len(known), of)


def _levels() -> int:
    return len(standard().level_names)


def _spreads(keys: NDArray[Any], held: Assessed, basis: Basis, least: int) -> list[Spread]:
    levels, scores = held.levels(basis), held.scores(basis)
    judged = levels >= 0
    if not judged.any():
        return []
    names, at = np.unique(keys[judged], return_inverse=True)
    counts = np.zeros((len(names), _levels()), np.int64)
    np.add.at(counts, (at, levels[judged]), 1)
    n = counts.sum(axis=1)
    mean = np.bincount(at, weights=scores[judged], minlength=len(names)) / n
    return [
        Spread(
            str(name),
            int(n[row]),
            counts[row] if n[row] >= least else None,
            float(mean[row]) if n[row] >= max(least, LEAST_INSIDE) else None,
        )
        for row, name in enumerate(names)
    ]
