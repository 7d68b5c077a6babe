"""All portfolios of a firm, and the few of them that can ever be right: the upper hull.

A portfolio is a bit mask over the firm's candidates. What it is worth is its gain beyond what the
firm can do without any grant; with no grant at all it is worth nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.subsidy.candidates import YUAN, Candidates, Floats, Grants

# Portfolios looked at in one go: 256 firms of 12 candidates, 8 MB an array.
_AT_ONCE = 1 << 20
_CENT = 1e-9


@dataclass(frozen=True)
class Portfolios:
    """All 2^p portfolios of a block of b firms: `gain` (b, 2^p), -inf where not allowed.

    `grant` (b, 2^p) whole yuan. `free` (b,) the mask of the best portfolio without a grant, whose
    gain is taken off every other's.
    """

    gain: Floats
    grant: Floats
    free: NDArray[np.int64]


@dataclass(frozen=True)
class Hulls:
    """The hull points of n firms, firm by firm, by rising grant; the first is the free portfolio.

    `owner` (k,) the row of the firm, `mask` (k,) the portfolio, `grant` (k,) whole yuan, `gain`
    (k,) points beyond the free portfolio.
    """

    owner: NDArray[np.int64]
    mask: NDArray[np.int64]
    grant: Floats
    gain: Floats


def enumerate_portfolios(
    candidates: Candidates, grants: Grants
) -> Iterator[tuple[slice, Portfolios]]:
    """Block by block, which firms and all their portfolios."""
    step = max(1, _AT_ONCE >> candidates.width)
    for at in range(0, len(candidates), step):
        rows = slice(at, min(at + step, len(candidates)))
        yield rows, _portfolios(candidates.take(rows), grants.take(rows))


def find_hulls(candidates: Candidates, grants: Grants, *, falling: bool) -> Hulls:
    """The upper hull of gain over grant of each firm.

    `falling`: also where more money brings less gain, which only a floor can ask for.
    """
    parts = []
    for rows, portfolios in enumerate_portfolios(candidates, grants):
        owner, mask, grant, gain = _wrap(portfolios, falling=falling)
        parts.append((owner + rows.start, mask, grant, gain))
    owner, mask, grant, gain = (np.concatenate(part) for part in zip(*parts, strict=True))
    order = np.lexsort((grant, owner))
    return Hulls(owner[order], mask[order], grant[order], gain[order])


def _portfolios(candidates: Candidates, grants: Grants) -> Portfolios:
    gain, cost = _sums(candidates.gain), _sums(candidates.cost)
    grant = grants.paid(gain, _sums(candidates.eligible))
    allowed = _closed(candidates)
    allowed &= cost - grant / YUAN <= candidates.own[:, None] + _CENT
    gain[~allowed] = -np.inf
    free_gain = np.where(grant == 0, gain, -np.inf)
    free = free_gain.argmax(axis=1)
    base = free_gain[np.arange(len(gain)), free]
    gain -= base[:, None]
    # Without a grant the free portfolio is the one: the others only stand in the way.
    gain[grant == 0] = -np.inf
    gain[np.arange(len(gain)), free] = 0.0
    return Portfolios(gain, grant, free)


def _sums(values: Floats) -> Floats:
    """(n, 2^p) the sum of `values` (n, p) over each subset, by doubling."""
    n, width = values.shape
    sums = np.zeros((n, 1 << width))
    for at in range(width):
        half = 1 << at
        np.add(sums[:, :half], values[:, at, None], out=sums[:, half : 2 * half])
    return sums


def _closed(candidates: Candidates) -> NDArray[np.bool_]:
    """(n, 2^p) whether a subset holds only what is offered, and all that it needs."""
    n, width = candidates.gain.shape
    closed = np.zeros((n, 1 << width), bool)
    closed[:, 0] = True
    subsets = np.arange(1 << max(width - 1, 0), dtype=np.uint16)
    for at in range(width):
        half = 1 << at
        met = closed[:, :half] & candidates.offered[:, at, None]
        for group in range(candidates.needs.shape[2]):
            of = candidates.needs[:, at, group].astype(np.uint16)
            least = candidates.least[:, at, group]
            if least.any():
                held = BITS[subsets[None, :half] & of[:, None]]
                met &= held >= least[:, None]
        closed[:, half : 2 * half] = met
    return closed


BITS = np.array([mask.bit_count() for mask in range(1 << 12)], np.int8)
"""How many projects each portfolio holds."""


def _wrap(
    portfolios: Portfolios, *, falling: bool
) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats, Floats]:
    """Gift wrapping: from each hull point on to the one that is reached on the steepest line."""
    gain, grant = portfolios.gain, portfolios.grant
    rows, at = np.arange(len(gain)), portfolios.free
    found = [(rows, at, np.zeros(len(rows)), np.zeros(len(rows)))]
    held, worth = found[0][2], found[0][3]
    while len(rows):
        more = grant[rows] - held[:, None]
        with np.errstate(divide="ignore", invalid="ignore"):
            slope = (gain[rows] - worth[:, None]) / more
        slope[more <= 0] = -np.inf
        slope[np.isnan(slope)] = -np.inf
        at = slope.argmax(axis=1)
        steep = slope[np.arange(len(rows)), at]
        on = np.isfinite(steep) if falling else steep > 0
        rows, at = rows[on], at[on]
        held, worth = grant[rows, at], gain[rows, at]
        found.append((rows, at, held, worth))
    owner, mask, money, points = (np.concatenate(part) for part in zip(*found, strict=True))
    return owner, mask, money, points
