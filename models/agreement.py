"""How far two raters agree: quadratic weighted kappa of levels, ICC(A,1) of points."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def weighted_kappa(first: NDArray[np.integer], second: NDArray[np.integer], levels: int) -> float:
    """Cohen's kappa with quadratic weights of ratings 0…`levels` - 1, (n,) each.

    1 is full agreement, 0 what chance gives. NaN where it is not defined: nothing rated, or both
    raters give everyone the same level.
    """
    seen = np.zeros((levels, levels))
    np.add.at(seen, (first, second), 1)
    steps = np.arange(levels)
    weights = (steps[:, None] - steps) ** 2
    expected = np.outer(seen.sum(axis=1), seen.sum(axis=0)) / max(len(first), 1)
    by_chance = float((weights * expected).sum())
    return 1 - float((weights * seen).sum()) / by_chance if by_chance else float("nan")


def absolute_icc(first: NDArray[np.float64], second: NDArray[np.float64]) -> float:
    """ICC(A,1) of two ratings (n,): single rating, absolute agreement (McGraw and Wong 1996).

    NaN below two rated things, or where nothing varies.
    """
    n = len(first)
    if n < 2:  # noqa: PLR2004  # no variance below two
        return float("nan")
    ratings = np.column_stack([first, second]).astype(float)
    whole = ratings.mean()
    rows = 2 * ((ratings.mean(axis=1) - whole) ** 2).sum() / (n - 1)
    columns = n * ((ratings.mean(axis=0) - whole) ** 2).sum()
    centred = ratings - ratings.mean(axis=1, keepdims=True) - ratings.mean(axis=0) + whole
    errors = (centred**2).sum() / (n - 1)
    below = rows + errors + 2 * (columns - errors) / n
    return float((rows - errors) / below) if below > 0 else float("nan")
