"""A Gaussian mixture whose groups share one covariance, fitted by expectation–maximisation.

With a shared (tied) covariance W the data's total covariance T is fixed and W = T − B, where B
is the covariance between the means. Hence a step needs no second moments: one product of the
data with k directions, and a softmax. The posterior is exactly the softmax of linear scores.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve

Floats = NDArray[np.float64]

RIDGE = 1e-3  # keeps W invertible where features repeat each other; the data have unit variance


@dataclass(frozen=True)
class Mixture:
    """k groups of f features: `weights` (k,), `means` (k, f), the shared `covariance` (f, f)."""

    weights: Floats
    means: Floats
    covariance: Floats

    @property
    def directions(self) -> Floats:
        """(f, k) W⁻¹μ: what one unit of each feature adds to each group's score."""
        return np.asarray(cho_solve(cho_factor(self.covariance), self.means.T))

    def scores(self, x: Floats) -> Floats:
        """(n, k) linear scores; differences between columns are the log-odds of the groups."""
        directions = self.directions
        offsets = np.log(self.weights) - 0.5 * (self.means.T * directions).sum(axis=0)
        return np.asarray(x @ directions + offsets)

    def posterior(self, x: Floats) -> Floats:
        """(n, k) probability of each group for each row of `x`."""
        return softmax(self.scores(x))


@dataclass(frozen=True)
class Sample:
    """Rows to fit, centred once: `x` (n, f) about `middle` (f,), their covariance `total`."""

    x: Floats
    middle: Floats
    total: Floats

    @classmethod
    def of(cls, x: Floats) -> Sample:
        """Centre the rows of `x`, (n, f)."""
        middle = x.mean(axis=0)
        centred = x - middle
        total = centred.T @ centred / len(x)
        total[np.diag_indices_from(total)] += RIDGE
        return cls(centred, middle, total)


def fit_mixture(
    sample: Sample, labels: NDArray[np.integer], k: int, *, rounds: int = 200, gain: float = 1e-4
) -> tuple[Mixture, float]:
    """Fit k groups by EM from a first partition; also the log-likelihood of the rows.

    Stops after `rounds`, or when a round adds less than `gain` per row.
    """
    share = np.eye(k)[labels]
    before = -np.inf
    for _ in range(rounds):
        mixture = _maximise(sample, share)
        share, likelihood = _expect(sample, mixture)
        if likelihood - before < gain * len(sample.x):
            break
        before = likelihood
    return Mixture(mixture.weights, mixture.means + sample.middle, mixture.covariance), likelihood


def softmax(scores: Floats) -> Floats:
    """Rows of scores as probabilities."""
    return _softmax(scores)[0]


def _maximise(sample: Sample, share: Floats) -> Mixture:
    mass = share.sum(axis=0) + 1e-9
    weights = mass / mass.sum()
    means = share.T @ sample.x / mass[:, None]
    return Mixture(weights, means, sample.total - (means.T * weights) @ means)


def _expect(sample: Sample, mixture: Mixture) -> tuple[Floats, float]:
    n, features = sample.x.shape
    factor = cho_factor(mixture.covariance, check_finite=False)
    directions = cho_solve(factor, mixture.means.T, check_finite=False)
    scores = sample.x @ directions
    scores += np.log(mixture.weights) - 0.5 * (mixture.means.T * directions).sum(axis=0)
    share, logs = _softmax(scores)
    log_det = 2 * np.log(np.diag(factor[0])).sum()
    trace = np.trace(cho_solve(factor, sample.total, check_finite=False))
    common = features * np.log(2 * np.pi) + log_det + trace
    return share, float(logs.sum() - 0.5 * n * common)


def _softmax(scores: Floats) -> tuple[Floats, Floats]:
    """(n, k) probabilities, and (n,) the logarithm of what they were divided by."""
    highest = scores.max(axis=1, keepdims=True)
    powers = np.exp(scores - highest)
    total = powers.sum(axis=1, keepdims=True)
    return powers / total, (np.log(total) + highest)[:, 0]
