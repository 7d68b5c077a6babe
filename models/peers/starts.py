"""First partitions for the mixture: k-means where the shape rules and the level hardly counts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.peers.mixture import Mixture, Sample, fit_mixture

Floats = NDArray[np.float64]

LEVEL_WEIGHT = 0.33  # of the level beside the shape; near 1, k-means would slice the level

Labels = NDArray[np.intp]


def start_points(points: Floats) -> Floats:
    """The points k-means starts on: the shape, and a little of the level (column 0)."""
    weights = np.ones(points.shape[1])
    weights[0] = LEVEL_WEIGHT
    return points * weights


def partition(points: Floats, k: int, rng: np.random.Generator, rounds: int = 30) -> Labels:
    """(n,) k-means labels of `points` by Lloyd's rounds from a k-means++ start."""
    centres = _spread_out(points, k, rng)
    labels = np.full(len(points), -1)
    for _ in range(rounds):
        nearer = nearest_centre(points, centres)
        if np.array_equal(nearer, labels):
            break
        labels = nearer
        belongs = np.eye(k)[labels]
        mass = belongs.sum(axis=0)
        filled = mass > 0
        centres[filled] = (belongs.T @ points)[filled] / mass[filled, None]
    return labels


def nearest_centre(points: Floats, centres: Floats) -> Labels:
    """(n,) which of the centres is nearest."""
    return np.asarray(np.argmax(points @ centres.T - 0.5 * (centres**2).sum(axis=1), axis=1))


def best_mixture(
    sample: Sample, k: int, rng: np.random.Generator, starts: int
) -> tuple[Mixture, float]:
    """The likeliest of `starts` fits: each start is tried briefly, the best is carried through."""
    points = start_points(sample.x)
    labels = [partition(points, k, rng) for _ in range(starts if k > 1 else 1)]
    tries = [fit_mixture(sample, start, k, rounds=8) for start in labels]
    best = max(range(len(tries)), key=lambda at: tries[at][1])
    return fit_mixture(sample, labels[best], k)


def _spread_out(points: Floats, k: int, rng: np.random.Generator) -> Floats:
    """k-means++: each next centre is drawn with odds by its squared distance to those before."""
    chosen = [int(rng.integers(len(points)))]
    nearest = np.full(len(points), np.inf)
    for _ in range(k - 1):
        nearest = np.minimum(nearest, ((points - points[chosen[-1]]) ** 2).sum(axis=1))
        steps = np.cumsum(nearest)
        at = int(np.searchsorted(steps, rng.random() * steps[-1]))
        chosen.append(min(at, len(points) - 1))
    return points[chosen].copy()
