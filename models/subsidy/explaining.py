"""Why a firm gets what it gets: its last step, its next one, and the threshold between them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.subsidy.candidates import YUAN, Candidates, Floats, Grants
from models.subsidy.exact import Choice
from models.subsidy.limits import Rows
from models.subsidy.portfolios import Hulls
from models.subsidy.prices import Prices
from models.subsidy.results import Explained, Reason

_TINY = 1e-12


def explain(
    candidates: Candidates,
    grants: Grants,
    rows: Rows,
    hulls: Hulls,
    prices: Prices,
    choice: Choice,
) -> Explained:
    """The reasons behind a choice, firm by firm."""
    n = len(candidates)
    step, into = _beside(hulls, choice, n)
    threshold = prices.of_kind[rows.kind]
    return Explained(
        reason=_reasons(candidates, grants, hulls, prices, choice, into, threshold),
        slope=_slope(step) * YUAN,
        threshold=threshold * YUAN,
        group=_groups(rows, prices)[rows.kind],
        next_money=into[0] / YUAN,
        next_gain=into[1],
    )


def _beside(
    hulls: Hulls, choice: Choice, n: int
) -> tuple[tuple[Floats, Floats], tuple[Floats, Floats]]:
    """Money (yuan) and gain of the last step to what was chosen, and of the next one from it."""
    begin = np.searchsorted(hulls.owner, np.arange(n))
    end = np.searchsorted(hulls.owner, np.arange(n), side="right")
    upto = np.bincount(hulls.owner, hulls.grant <= choice.grant[hulls.owner], minlength=n).astype(
        np.int64
    )
    behind = np.where(hulls.grant[begin + upto - 1] == choice.grant, upto - 2, upto - 1)
    low = begin + np.maximum(behind, 0)
    last = (choice.grant - hulls.grant[low], choice.gain - hulls.gain[low])
    there = begin + upto < end
    high = np.where(there, begin + upto, begin)
    more = np.where(there, hulls.grant[high] - choice.grant, 0.0)
    gain = np.where(there, hulls.gain[high] - choice.gain, 0.0)
    return last, (np.where(gain > 0, more, 0.0), np.maximum(gain, 0.0))


def _slope(step: tuple[Floats, Floats]) -> Floats:
    money, gain = step
    return np.where(money > 0, gain / np.where(money > 0, money, 1.0), 0.0)


def _groups(rows: Rows, prices: Prices) -> NDArray[np.int64]:
    """(k,) for each kind the group whose rule moves its price most, -1 where none does."""
    force = np.where(rows.inside[:, 1:], np.maximum(prices.cap, prices.floor), 0.0)
    if not force.shape[1]:
        return np.full(len(force), -1)
    return np.where(force.max(axis=1) > _TINY, force.argmax(axis=1), -1)


def _reasons(
    candidates: Candidates,
    grants: Grants,
    hulls: Hulls,
    prices: Prices,
    choice: Choice,
    into: tuple[Floats, Floats],
    threshold: Floats,
) -> NDArray[np.int8]:
    slope = _slope(into)
    reached = np.isfinite(grants.reach).any(axis=1) | (grants.reach == -np.inf).any(axis=1)
    counts = (candidates.offered & (candidates.eligible > 0)).any(axis=1) & reached
    counts &= grants.limit > 0
    return np.select(
        [
            choice.grant > 0,
            ~candidates.offered.any(axis=1),
            ~counts,
            ~_adds(candidates, hulls),
            into[0] == 0,
            slope <= np.minimum(threshold, prices.budget) + _TINY,
            slope <= threshold + _TINY,
        ],
        [
            Reason.CHOSEN,
            Reason.NOTHING_OFFERED,
            Reason.NOTHING_COUNTS,
            Reason.NOTHING_MORE,
            Reason.OWN_MONEY,
            Reason.TOO_DEAR,
            Reason.GROUP_FULL,
        ],
        Reason.NOT_ENOUGH_LEFT,
    ).astype(np.int8)


def _adds(candidates: Candidates, hulls: Hulls) -> NDArray[np.bool_]:
    """(n,) whether anything that counts adds points and is not done without a grant anyway."""
    free = hulls.mask[np.searchsorted(hulls.owner, np.arange(len(candidates)))]
    done = (free[:, None] >> np.arange(candidates.width)) & 1 == 1
    counts = candidates.offered & (candidates.eligible > 0) & (candidates.gain > 0)
    return np.asarray((counts & ~done).any(axis=1))
