"""Answer quality: sheets that look filled in without reading, found in the answers alone.

Over-claiming cannot be seen this way; it takes a check of answers against evidence.
Sources: Jones et al. 2023 (PMC10552731) on combining person-fit with long strings and
Mahalanobis distance; Snijders 2001 and van der Linden on the normed likelihood lz.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtri, fdtri, ndtri

from models.peers.results import Quality
from models.scoring.results import Traits

Floats32 = NDArray[np.float32]

RUN_SHARE = 0.025  # at most this share of firms has a "long" run …
RUN_FLOOR = 0.25  # … and only if it spans this share of the questions;
RUN_CERTAIN = 0.5  # one that spans so much is long wherever it is found
ALL_WORST = 0.5  # what each answer counts in a sheet of nothing but the lowest
LEARN_FROM = 20_000  # rows from which the usual pattern is learnt
RARE = 0.001  # an attentive firm is this rarely as far out, or fits this badly
BANDS = 12  # level bands within which answers are called likely or not
INNER = 0.9  # share of firms taken for usual
LEAST_PER_QUESTION = 4  # firms, below which the usual pattern is not known
DEPTH = 6  # finest coding of an answer in the likelihood


def flag_quality(traits: Traits) -> Quality:
    """Flag the sheets that deserve a second look; a flag never rejects one.

    A long run of one and the same answer, a pattern of answers far from all usual ones
    (robust Mahalanobis distance), or answers unlikely at the firm's own level (lz).
    """
    if not len(traits):
        return Quality(*np.zeros((3, 0), bool))
    return Quality(
        longest_run=_long(traits.items),
        distance=_far(traits.items),
        person_fit=person_fit(traits.items, traits.steps) < ndtri(RARE),
    )


def longest_run(items: NDArray[np.floating]) -> NDArray[np.float32]:
    """(n,) the longest run of equal answers in the questionnaire's order, gaps left out.

    A run of the lowest or the highest answers counts only so far as the rest of the sheet lies
    away from that end: beginners and leaders answer so without being careless. A sheet of
    nothing but the best answers is a claim to verify: where a question takes several options,
    it cannot come about by choosing the same place all through.
    """
    floor, inner, ceiling = longest = np.zeros((3, len(items)), dtype=np.float32)
    run = np.zeros(len(items), dtype=np.float32)
    before = np.full(len(items), np.nan, dtype=items.dtype)
    for answer in items.T:
        known = np.isfinite(answer)
        run = np.where(known, np.where(answer == before, run + 1, 1), run)
        before = np.where(known, answer, before)
        for best, here in zip(longest, _thirds(before), strict=True):
            np.maximum(best, run * here, out=best)
    from_floor, from_ceiling = _rest(items, floor, ALL_WORST), _rest(1 - items, ceiling, 0)
    at_an_end = np.maximum(floor * from_floor, ceiling * from_ceiling)
    return np.asarray(np.maximum(inner, at_an_end))


def distances(items: NDArray[np.floating]) -> NDArray[np.float32]:
    """(n,) squared Mahalanobis distance to the usual pattern, an open answer filled by level.

    Centre and covariance are learnt without the outermost tenth, then scaled so that the median
    is that of the chi-square distribution.
    """
    filled = _fill_by_level(items)
    sample = filled[_spaced(len(filled), LEARN_FROM)].astype(np.float64)
    inner = np.ones(len(sample), dtype=bool)
    for _ in range(3):
        centre, root = _whiten(sample[inner])
        squares = (((sample - centre) @ root) ** 2).sum(axis=1)
        inner = squares <= np.quantile(squares, INNER)
    stretch = chdtri(items.shape[1], 0.5) / max(float(np.median(squares)), 1e-12)
    whitened = (filled - centre.astype(np.float32)) @ root.astype(np.float32)
    return np.asarray((whitened**2).sum(axis=1) * np.float32(stretch), dtype=np.float32)


def person_fit(items: NDArray[np.floating], steps: NDArray[np.int64]) -> NDArray[np.float32]:
    """(n,) normed log-likelihood lz of each firm's answers among firms of its level; low is odd.

    Non-parametric: how common each answer is, is counted within bands of the mean answer.
    """
    n, _ = items.shape
    mean = _row_means(items)
    bands = min(BANDS, max(1, n // 100))
    band = np.searchsorted(np.quantile(mean, np.arange(1, bands) / bands), mean)
    surprise, variance = np.zeros((2, n), dtype=np.float64)
    for answer, depth in zip(items.T, np.minimum(steps, DEPTH), strict=True):
        known = np.isfinite(answer)
        code = np.rint(np.where(known, answer, 0) * (depth - 1)).astype(np.intp)
        counts = np.bincount((band * depth + code)[known], minlength=bands * depth)
        odds = counts.reshape(bands, depth) + 0.5
        odds /= odds.sum(axis=1, keepdims=True)
        logs = np.log(odds)
        expected = (odds * logs).sum(axis=1, keepdims=True)
        spread = (odds * (logs - expected) ** 2).sum(axis=1)
        surprise += np.where(known, (logs - expected)[band, code], 0)
        variance += np.where(known, spread[band], 0)
    return np.asarray(surprise / np.sqrt(np.maximum(variance, 1e-9)), dtype=np.float32)


def _thirds(answer: NDArray[np.floating]) -> tuple[NDArray[np.bool_], ...]:
    return answer == 0, (answer > 0) & (answer < 1), answer == 1


def _rest(items: NDArray[np.floating], run: Floats32, without: float) -> Floats32:
    """(n,) the mean answer beside a run of zeros; `without` where there is none."""
    others = np.isfinite(items).sum(axis=1) - run
    mean = np.nansum(items, axis=1) / np.maximum(others, 1)
    return np.asarray(np.where(others > 0, mean, without), dtype=np.float32)


def _long(items: NDArray[np.floating]) -> NDArray[np.bool_]:
    runs = longest_run(items)
    usual = np.quantile(runs, 1 - RUN_SHARE) if len(runs) else 0
    questions = items.shape[1]
    rare = runs > max(usual, RUN_FLOOR * questions)
    return np.asarray(rare | (runs >= RUN_CERTAIN * questions))


def _far(items: NDArray[np.floating]) -> NDArray[np.bool_]:
    n, questions = items.shape
    learnt = round(INNER * min(n, LEARN_FROM))
    if learnt < LEAST_PER_QUESTION * questions:  # too few sheets to know the usual pattern
        return np.zeros(n, dtype=bool)
    answered = np.arange(questions + 1).clip(1)
    # Distances from a learnt pattern follow F, not chi-square, while the sample is small.
    limit = answered * (learnt**2 - 1) / (learnt * (learnt - answered))
    limit = limit * fdtri(answered, learnt - answered, 1 - RARE)
    return np.asarray(distances(items) > limit[np.isfinite(items).sum(axis=1)])


def _row_means(items: NDArray[np.floating]) -> Floats32:
    known = np.isfinite(items)
    total = np.where(known, items, 0).sum(axis=1, dtype=np.float64)
    return np.asarray(total / np.maximum(known.sum(axis=1), 1), dtype=np.float32)


def _fill_by_level(items: NDArray[np.floating]) -> Floats32:
    known = np.isfinite(items)
    filled = np.where(known, items, 0).astype(np.float32)
    centre = filled.sum(axis=0, dtype=np.float64) / np.maximum(known.sum(axis=0), 1)
    centre = centre.astype(np.float32)
    above = ((filled - centre) * known).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    rows, columns = np.nonzero(~known)
    filled[rows, columns] = centre[columns] + above[rows]
    return filled


def _whiten(rows: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    centre = rows.mean(axis=0)
    covariance = np.cov(rows, rowvar=False) + 1e-6 * np.eye(rows.shape[1])
    return centre, np.linalg.cholesky(np.linalg.inv(covariance))


def _spaced(n: int, most: int) -> NDArray[np.intp]:
    """At most `most` rows, evenly spaced."""
    return np.linspace(0, n - 1, min(n, most)).astype(np.intp)
