"""A firm's percentile rank among its peers, within the narrowest circle that is large enough.

Circles are cells of group, division and size; where a cell holds too few other firms the next
wider one is used. Ranks are rounded, and medians given only for larger circles, so that no
single firm's answers can be read from them (rules of statistical offices: at least 10 firms).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from models.firms import FirmProfiles
from models.peers.results import Membership, Standing
from models.scoring.results import Scores

LEAST = 10  # other firms in a circle
LEAST_MEDIAN = 30  # firms in a circle that may publish a median
STEP = 5  # ranks are rounded to

WITH_GROUP = ("group+division+size", "group+division", "group+size", "group")
WITHOUT_GROUP = ("division+size", "division", "size")
CIRCLES = (*WITH_GROUP, *WITHOUT_GROUP, "all")

Codes = NDArray[np.int64]


def rank(
    scores: Scores, membership: Membership, profiles: FirmProfiles, *, least: int = LEAST
) -> Standing:
    """Rank n firms by score and parts, each within its circle of at least `least` other firms.

    A rank is the share of the other firms below, equals counted half, in steps of 5. Firms with
    a group descend the ladder of group circles, others that of division and size; then all.
    """
    values = np.column_stack([scores.score, scores.parts])
    scored = np.isfinite(values).all(axis=1)
    circle = np.full(len(values), -1, dtype=np.int8)
    peers = np.zeros(len(values), dtype=np.int32)
    ranks, medians = np.full((2, *values.shape), np.nan, dtype=np.float32)
    dense = [np.unique(column, return_inverse=True) for column in values.T]
    for at, cells in enumerate(_ladder(membership, profiles)):
        cells = np.where(scored, cells, -1)  # noqa: PLW2901 - the unscored are no one's peers
        sizes = np.bincount(cells + 1)
        sizes[0] = 0
        others = sizes[cells + 1] - 1
        here = (circle < 0) & (cells >= 0) & (others >= least)
        here &= _entitled(at, membership)
        if not here.any():
            continue
        circle[here], peers[here] = at, others[here]
        within = np.isin(cells, np.unique(cells[here]))
        for column, (known, order) in enumerate(dense):
            placed, median = _placed(cells[within], order[within], known, here[within])
            ranks[here, column] = placed
            medians[here, column] = median
    measures = ("score", *(part.id for part in scores.standard.parts))
    return Standing(measures, ranks, peers, circle, CIRCLES, medians)


def _ladder(membership: Membership, profiles: FirmProfiles) -> list[Codes]:
    """(n,) cell numbers for every circle, -1 where a firm belongs to no cell of it."""
    group = membership.group.astype(np.int64)
    size = profiles.size.astype(np.int64)
    known, division = np.unique(profiles.division.astype(str), return_inverse=True)
    division = np.where(known[division] == "", -1, division)
    parts = {"group": group, "division": division, "size": size}
    everyone = np.zeros(len(group), dtype=np.int64)
    return [*(_cells([parts[p] for p in each.split("+")]) for each in CIRCLES[:-1]), everyone]


def _cells(codes: Sequence[Codes]) -> Codes:
    cells = np.zeros_like(codes[0])
    for code in codes:
        cells = cells * (code.max(initial=0) + 1) + np.maximum(code, 0)
    cells[np.min(codes, axis=0) < 0] = -1
    return cells


def _entitled(at: int, membership: Membership) -> NDArray[np.bool_]:
    grouped = membership.group >= 0
    if at < len(WITH_GROUP):
        return grouped
    return np.ones_like(grouped) if CIRCLES[at] == "all" else ~grouped


def _placed(
    cells: Codes, order: Codes, known: NDArray[np.float64], asked: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Ranks and medians within cells; `order` numbers the values as they stand in `known`."""
    keys = cells * len(known) + order
    ascending = np.sort(keys)
    own, base = keys[asked], cells[asked] * len(known)
    start, end = np.searchsorted(ascending, base), np.searchsorted(ascending, base + len(known))
    below, upto = np.searchsorted(ascending, own), np.searchsorted(ascending, own, side="right")
    others = end - start - 1
    share = ((below - start) + 0.5 * (upto - below - 1)) / np.maximum(others, 1)
    ranks = np.floor(share * 100 / STEP + 0.5) * STEP
    low, high = (ascending[(start + end - shift) // 2] % len(known) for shift in (1, 0))
    median = np.where(others + 1 >= LEAST_MEDIAN, (known[low] + known[high]) / 2, np.nan)
    return ranks, median
