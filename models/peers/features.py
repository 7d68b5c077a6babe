"""Firms as points: variance-stabilised features, split into level and shape.

Maturity scores share one strong general factor. Clustered as they are, they only slice their
mean; hence the split into the level (the mean of all features) and the shape (what each feature
has beyond what is usual at that level). Floors, ceilings and a skewed level would pass for
groups; hence the usual is a cubic in the level, the shape is scaled to spread evenly over the
levels, and the level itself is brought to normal scores.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

Floats = NDArray[np.float64]

LEAST_TO_PLACE = 0.5  # share of features a firm must have before it is placed …
LEAST_TO_FIT = 0.8  # … and before groups are learnt from it,
MOST_AT_ENDS = 0.65  # provided that no more of them stand at the floor or ceiling
KNOTS = 41  # of the table that brings the level to normal scores …
FIRMS_A_KNOT = 10  # … each slice between two of them holding at least so many firms
FLAT = 1e-6  # a spread below this is none
BANDS = 8  # of the level, equally filled, in each of which the shape's spread is learnt
LEAST_SPREAD = 0.01  # of the average squared, lest next to nothing be blown up
CENTRES = ndtri((np.arange(BANDS) + 0.5) / BANDS)
END = 6.0  # standard deviations to which the table's ends are drawn out


@dataclass(frozen=True)
class Space:
    """How firms with f features are placed on common axes.

    `center`, `scale` (f,) of the arcsine-transformed features; `knots`, `normal` (b,) the level's
    quantiles and their normal scores; `usual` (4, f) the coefficients of 1, L, L², L³ that give
    each standardised feature at level L; `spread` (8,) how widely shapes spread in each band of
    the level, 1 on average.
    """

    center: Floats
    scale: Floats
    knots: Floats
    normal: Floats
    usual: Floats
    spread: Floats

    @classmethod
    def learn(cls, features: NDArray[np.floating]) -> Space:
        """Learn the axes from the firms of a fit, (n, f) fractions with NaN where unknown."""
        angles = arcsine(features)
        center, scale = moments(angles)
        z = (angles - center) / scale
        level = moments(z.T)[0]
        knots, normal = _normal_table(level)
        powers = _powers(level, knots)
        filled = np.where(np.isnan(z), level[:, None], z)
        usual = np.asarray(np.linalg.lstsq(powers, filled, rcond=None)[0], dtype=np.float64)
        even = cls(center, scale, knots, normal, usual, np.ones(BANDS))
        return replace(even, spread=_spread(even.place(features)))

    def place(self, features: NDArray[np.floating]) -> Floats:
        """(n, 1 + f) the points: level in normal scores, then the shape.

        An unknown feature takes what is usual at the level of the known ones.
        """
        z = (arcsine(features) - self.center) / self.scale
        unknown = np.isnan(z)
        level = moments(z.T)[0]
        usual = _powers(level, self.knots) @ self.usual
        shape = np.where(unknown, 0.0, z - usual)
        normal = np.interp(level, self.knots, self.normal)
        return np.column_stack([normal, shape / np.interp(normal, CENTRES, self.spread)[:, None]])


def arcsine(fractions: NDArray[np.floating]) -> Floats:
    """Stabilise the variance of fractions 0…1: asin(√p). NaN stays NaN."""
    return np.arcsin(np.sqrt(np.clip(fractions.astype(np.float64), 0.0, 1.0)))


def moments(values: Floats) -> tuple[Floats, Floats]:
    """Mean and standard deviation of each column over its known values; 0 and 1 without any.

    A column that hardly varies has a standard deviation of 1, to be divided by.
    """
    unknown = np.isnan(values)
    counts = np.maximum((~unknown).sum(axis=0), 1)
    mean = np.where(unknown, 0.0, values).sum(axis=0) / counts
    squares = np.where(unknown, 0.0, values - mean) ** 2
    spread = np.sqrt(squares.sum(axis=0) / counts)
    return mean, np.where(spread < FLAT, 1.0, spread)


def placeable(features: NDArray[np.floating]) -> NDArray[np.bool_]:
    """(n,) whether enough features are known to place the firm among groups."""
    return np.asarray(np.isfinite(features).mean(axis=1) >= LEAST_TO_PLACE)


def learnable(features: NDArray[np.floating]) -> NDArray[np.bool_]:
    """(n,) whether the firm shows enough of a shape for groups to be learnt from it."""
    at_ends = ((features == 0) | (features == 1)).mean(axis=1)
    known = np.isfinite(features).mean(axis=1)
    return np.asarray((known >= LEAST_TO_FIT) & (at_ends <= MOST_AT_ENDS))


def _powers(level: Floats, knots: Floats) -> Floats:
    within = np.clip(level, knots[1], knots[-2])
    return np.column_stack([np.ones_like(level), level, within**2, within**3])


def _spread(points: Floats) -> Floats:
    """(8,) root mean square of the shape by band of the level, over that of all."""
    band = np.searchsorted(ndtri(np.arange(1, BANDS) / BANDS), points[:, 0])
    squares = (points[:, 1:] ** 2).mean(axis=1)
    counts = np.bincount(band, minlength=BANDS)
    overall = max(float(squares.mean()), FLAT)
    by_band = np.bincount(band, squares, minlength=BANDS) / np.maximum(counts, 1)
    return np.sqrt(np.where(counts > 0, np.maximum(by_band / overall, LEAST_SPREAD), 1.0))


def _normal_table(level: Floats) -> tuple[Floats, Floats]:
    count = int(np.clip(len(level) // FIRMS_A_KNOT, 3, KNOTS))
    odds = (np.arange(count) + 0.5) / count
    knots, at = np.unique(np.quantile(level, odds), return_index=True)
    normal = ndtri(odds)[at]
    spread = max(float(level.std()), FLAT)
    low = knots[0] - (END + normal[0]) * spread
    high = knots[-1] + (END - normal[-1]) * spread
    return np.concatenate([[low], knots, [high]]), np.concatenate([[-END], normal, [END]])
