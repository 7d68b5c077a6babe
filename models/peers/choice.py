"""How many groups there are: a vote of small samples at the price of a group among no groups.

On all rows likelihood turns floors, skew and size into groups as n grows; at a fixed sample size
it does not. What a group must gain to be believed is learnt from pools without groups: firms
drawn from a Gaussian copula with the same marginals and correlations (after Hennig and Lin 2015,
who so calibrate any index). BIC's price, some two and a half times what chance gains, sees only
groups far apart.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from models.peers.mixture import Sample
from models.peers.starts import best_mixture

Floats = NDArray[np.float64]

PRICE = 1.6  # of one more group, in what it gains on average in pools without groups
LEAST_PRICE = 2.0  # a parameter, which is Akaike's; where answers hardly vary, chance gains nothing


@dataclass(frozen=True, slots=True)
class Vote:
    """One sample's vote: the gain of each candidate (-inf: not admissible) and the winner."""

    gains: tuple[float, ...]
    k: int


def vote(
    points: Floats,
    most: int,
    rng: np.random.Generator,
    *,
    price: float,
    starts: int,
    least: float,
) -> Vote:
    """Fit 1…`most` groups to one sample; candidates with a group below share `least` are out."""
    gained = gains(points, most, rng, starts=starts, least=least)
    return Vote(tuple(gained.tolist()), 1 + int(np.argmax(gained - price * np.arange(most))))


def gains(
    points: Floats, most: int, rng: np.random.Generator, *, starts: int, least: float = 0.0
) -> Floats:
    """(most,) twice the log-likelihood that 1…`most` groups gain over one group."""
    sample = Sample.of(points)
    values = np.empty(most)
    for k in range(1, most + 1):
        mixture, likelihood = best_mixture(sample, k, rng, starts)
        sizes = np.bincount(mixture.posterior(points).argmax(axis=1), minlength=k)
        values[k - 1] = 2 * likelihood if sizes.min() >= least * len(points) else -np.inf
    return np.asarray(values - values[0])


def price_of_a_group(null: Floats, parameters: int) -> float:
    """What one more group must gain; `null` (draws, most) the gains in pools without groups."""
    chance = (null[:, 1:] / np.arange(1, null.shape[1])).mean()
    return max(PRICE * float(chance), LEAST_PRICE * parameters)


def majority(votes: list[Vote]) -> int:
    """The k with more than half of the votes; 1 where they scatter."""
    counts = np.bincount([each.k for each in votes])
    return int(counts.argmax()) if 2 * counts.max() > len(votes) else 1


def null_p(votes: list[Vote], k: int, null: Floats) -> float:
    """How often pools without groups gain as much by k as this one does: (1 + hits) ÷ (1 + n)."""
    own = np.median([each.gains[k - 1] for each in votes])
    return float((1 + (null[:, k - 1] >= own).sum()) / (1 + len(null)))


def without_groups(points: Floats, rng: np.random.Generator) -> Floats:
    """As many rows with the same marginals and rank correlations, but no groups."""
    n = len(points)
    ranks = points.argsort(axis=0).argsort(axis=0)
    normal = ndtri((ranks + 0.5) / n)
    correlation = np.corrcoef(normal, rowvar=False) + 1e-6 * np.eye(points.shape[1])
    drawn = rng.standard_normal(points.shape) @ np.linalg.cholesky(correlation).T
    at = np.clip((ndtr(drawn) * n).astype(np.intp), 0, n - 1)
    return np.take_along_axis(np.sort(points, axis=0), at, axis=0)
