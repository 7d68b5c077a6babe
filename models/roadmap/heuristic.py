"""Good plans for many firms at once: round the relaxed plan, fill up, then drop and refill."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from models.roadmap.cases import Bools, Floats
from models.roadmap.plans import Plans, Rows, Years

# Starts: the share from which a project of the relaxed plan is taken over (above 1: none), and
# the power of the cost by which what is added is compared.
_STARTS = ((0.3, 1.0), (0.5, 1.0), (0.5, 0.4), (0.7, 1.0), (0.9, 1.0), (2.0, 1.0))
# How much a project that the relaxed plan leaves out counts while plans are filled up.
_UNSEEN = 0.02
# What a missing point counts while plans are compared: more than any gain.
_SHORT = 20.0
# The share of the relaxed plan from which a project is tried where it was not chosen.
_LIKED = 0.2
# Plans this close to the bound are left as they are.
_CLOSE = 0.005
_TINY = 1e-9


@dataclass(frozen=True)
class Hints:
    """What the relaxed programmes of n firms say.

    `goal` (n,) the level to reach, 0 for none; `bound` (n,) the value no plan exceeds; `done`
    (n, p, t) how much of each project is done by each year.
    """

    goal: NDArray[np.int8]
    bound: Floats
    done: Floats


@dataclass(frozen=True)
class _Task:
    """Plans being filled: whose they are, and how what is added is compared."""

    firm: Rows
    liking: Floats
    power: float
    barred: Bools


def search(plans: Plans, hints: Hints) -> Years:
    """(n, p) a good plan for every firm, on the way to its goal."""
    firms = np.arange(len(plans.cases))
    best = np.zeros(plans.cases.candidates.shape, np.int8)
    rank = _rank(plans, best, firms, hints)
    for share, power in _STARTS:
        rows = firms[_open(rank, hints)]
        task = _task(plans, hints, rows, power)
        wanted = _rounded(hints.done[rows], share)
        found = _fill(plans, plans.settle(wanted, rows), task, hints)
        found = plans.advance(found, rows)
        _keep_better(best, rank, found, _rank(plans, found, rows, hints), rows)
    _improve(plans, best, rank, hints)
    return best


def _open(rank: Floats, hints: Hints) -> Bools:
    return rank < hints.bound - _CLOSE * np.maximum(hints.bound, 1.0)


def _rank(plans: Plans, when: Years, firm: Rows, hints: Hints) -> Floats:
    short = plans.shortage(plans.gained(when > 0, firm), firm, hints.goal[firm])
    return plans.value(when, firm) - _SHORT * short


def _keep_better(best: Years, rank: Floats, found: Years, found_rank: Floats, at: Rows) -> None:
    better = found_rank > rank[at] + _TINY
    best[at[better]] = found[better]
    rank[at[better]] = found_rank[better]


def _task(plans: Plans, hints: Hints, firm: Rows, power: float) -> _Task:
    liking = hints.done[firm, :, -1] + _UNSEEN
    return _Task(firm, liking, power, ~plans.cases.candidates[firm])


def _rounded(done: Floats, share: float) -> Years:
    """(s, p) the year in which at least `share` of a project is done, 0 for none."""
    reached = done >= share
    return np.where(reached.any(axis=2), reached.argmax(axis=2) + 1, 0).astype(np.int8)


def _fill(plans: Plans, when: Years, task: _Task, hints: Hints) -> Years:
    """Add the best project with its prerequisites, again and again, until none helps or fits."""
    when = when.copy()
    active = np.arange(len(when))
    while active.size:
        part = replace(
            task,
            firm=task.firm[active],
            liking=task.liking[active],
            barred=task.barred[active],
        )
        bundles = plans.bundles(when[active], part.firm)
        merit = _merits(plans, when[active], bundles, part, hints)
        pick = merit.argmax(axis=1)
        rows = np.arange(len(active))
        helps = merit[rows, pick] > _TINY
        chosen = bundles[rows, pick] & helps[:, None]
        when[active], fits = plans.place(when[active], part.firm, chosen)
        task.barred[active[~fits], pick[~fits]] = True
        active = active[helps]
    return when


def _merits(plans: Plans, when: Years, bundles: Bools, task: _Task, hints: Hints) -> Floats:
    """(s, p) what each project with its bundle adds, by its cost; 0 where there is none."""
    # A bundle with a barred member cannot be had.
    barred = task.barred | (when > 0) | (bundles & task.barred[:, None, :]).any(axis=2)
    row, p = np.nonzero(~barred)
    merit = np.zeros(when.shape)
    if not row.size:
        return merit
    firm, bundle = task.firm[row], bundles[row, p]
    now = plans.gained(when > 0, task.firm)
    then = plans.gained(bundle | (when[row] > 0), firm)
    worth = plans.rules.worth
    gain = then @ worth - (now @ worth)[row]
    gain += plans.shortage(now, task.firm, hints.goal[task.firm])[row]
    gain -= plans.shortage(then, firm, hints.goal[firm])
    cost = np.where(bundle, plans.cost[firm], 0.0).sum(axis=1)
    gain -= plans.thrift[firm] * cost
    merit[row, p] = gain * task.liking[row, p] / np.maximum(cost, _TINY) ** task.power
    return np.maximum(merit, 0.0)


def _improve(plans: Plans, best: Years, rank: Floats, hints: Hints) -> None:
    """Flip each project in turn, settle the rest anew, refill, keep what is better; in place.

    A chosen project is dropped; one that the relaxed plan likes is put first.
    """
    for p in range(best.shape[1]):
        chosen = best[:, p] > 0
        liked = (hints.done[:, p, -1] > _LIKED) & plans.cases.candidates[:, p]
        firm = np.flatnonzero((chosen | liked) & _open(rank, hints))
        if not firm.size:
            continue
        drop = chosen[firm]
        wanted = best[firm]
        wanted[drop, p] = 0
        task = replace(_task(plans, hints, firm, 1.0), liking=np.ones((len(firm), best.shape[1])))
        task.barred[drop, p] = True
        start = np.zeros_like(wanted)
        bundle = plans.bundles(start, firm)[:, p] & ~drop[:, None]
        start, _ = plans.place(start, firm, bundle)
        found = _fill(plans, plans.settle(wanted, firm, start), task, hints)
        found = plans.advance(found, firm)
        _keep_better(best, rank, found, _rank(plans, found, firm, hints), firm)
