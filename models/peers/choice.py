"""How many groups there are: a vote of small samples, and a test that may only veto.

On all rows BIC turns floors, skew and size into groups as n grows; at a fixed sample size it
does not. The null test (Hennig and Lin 2015) asks whether firms drawn from a Gaussian copula
with the same marginals and correlations, hence without groups, would cluster as well.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from models.peers.mixture import Sample, bic
from models.peers.starts import best_mixture, partition, start_points

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Vote:
    """One sample's vote: the BIC of each candidate (inf: not admissible) and the winner."""

    bic: tuple[float, ...]
    k: int


def vote(points: Floats, most: int, rng: np.random.Generator, *, starts: int, least: float) -> Vote:
    """Fit 1…`most` groups to one sample; candidates with a group below share `least` are out."""
    sample = Sample.of(points)
    n, columns = points.shape
    values = []
    for k in range(1, most + 1):
        mixture, likelihood = best_mixture(sample, k, rng, starts)
        sizes = np.bincount(mixture.posterior(points).argmax(axis=1), minlength=k)
        fits = bic(likelihood, n, k, columns - 1)  # the shape sums to zero: one column is bound
        values.append(fits if sizes.min() >= least * n else np.inf)
    return Vote(tuple(values), 1 + int(np.argmin(values)))


def majority(votes: list[Vote]) -> int:
    """The k with more than half of the votes; 1 where they scatter."""
    counts = np.bincount([each.k for each in votes])
    return int(counts.argmax()) if 2 * counts.max() > len(votes) else 1


def null_p(points: Floats, k: int, rng: np.random.Generator, *, draws: int) -> float:
    """How often firms without groups cluster into k as well as these: (1 + hits) ÷ (1 + draws)."""
    own = _silhouette(points, k, rng)
    hits = sum(_silhouette(_copula(points, rng), k, rng) >= own for _ in range(draws))
    return (1 + hits) / (1 + draws)


def _copula(points: Floats, rng: np.random.Generator) -> Floats:
    """As many rows with the same marginals and rank correlations, but no groups."""
    n = len(points)
    ranks = points.argsort(axis=0).argsort(axis=0)
    normal = ndtri((ranks + 0.5) / n)
    correlation = np.corrcoef(normal, rowvar=False) + 1e-6 * np.eye(points.shape[1])
    drawn = rng.standard_normal(points.shape) @ np.linalg.cholesky(correlation).T
    at = np.clip((ndtr(drawn) * n).astype(np.intp), 0, n - 1)
    return np.take_along_axis(np.sort(points, axis=0), at, axis=0)


def _silhouette(points: Floats, k: int, rng: np.random.Generator) -> float:
    """Mean silhouette of the best of three k-means partitions."""
    where = start_points(points)
    squares = (where**2).sum(axis=1)
    between = np.sqrt(np.maximum(squares[:, None] + squares - 2 * where @ where.T, 0))
    return max(_mean_silhouette(between, partition(where, k, rng), k) for _ in range(3))


def _mean_silhouette(between: Floats, labels: NDArray[np.intp], k: int) -> float:
    belongs = np.eye(k)[labels]
    sizes = belongs.sum(axis=0)
    if sizes.min() <= 1:  # a lone firm has no distance to its own
        return -1.0
    to_group = between @ belongs
    own = np.take_along_axis(to_group, labels[:, None], axis=1)[:, 0] / (sizes[labels] - 1)
    others = to_group / sizes
    np.put_along_axis(others, labels[:, None], np.inf, axis=1)
    other = others.min(axis=1)
    return float(((other - own) / np.maximum(np.maximum(own, other), 1e-12)).mean())
