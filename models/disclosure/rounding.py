"""Figures about firms that are not counts: from how many firms on, and how finely."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

IN_SLICE = 10
FOR_MEAN = 30
RANK_STEP = 5


def mean(values: NDArray[np.float64], *, least: int = FOR_MEAN) -> int | None:
    """The mean to a whole number; None where fewer than `least` values are known.

    Rounded, since two means before and after one newcomer would give its value away.
    """
    known = values[~np.isnan(values)]
    return None if known.size < least else round(float(known.mean()))


def quantile(values: NDArray[np.float64], share: float, *, least: int = IN_SLICE) -> int | None:
    """The value below which `share` (0 to 1) of the firms lie, to a whole number.

    None where fewer than `least` firms lie on either side: median from 20 firms, quartiles 40,
    deciles 100; least and greatest value never.
    """
    known = values[~np.isnan(values)]
    slice_ = min(share, 1 - share) * known.size
    return None if slice_ < least - 1e-9 else round(float(np.quantile(known, share)))


def rank(share: float, *, step: int = RANK_STEP) -> int:
    """A percentile rank (0 to 100) to the nearest `step` points."""
    return int(step * round(float(share) / step))
