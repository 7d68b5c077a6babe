"""One issue after another: what to show of a table, given what was shown before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.disclosure.frames import Frame, Shared, linked
from models.disclosure.hiding import ONE_FIRM, Change, Figures, Growing, Mask, hide

LEAST = 10


@dataclass(frozen=True, slots=True, eq=False)
class Release:
    """A table as it was given out, margins included.

    `truth` are its figures and stays inside. `hidden` says which were withheld on that day, and
    `needed` which of them for the sake of that day, not of an earlier one alone. `shown` is what
    stands in print (NaN: withheld): a figure withheld today is given as it was last shown, and
    `issue` says in which issue that was (0 the first, -1 never).
    """

    truth: NDArray[np.float64]
    hidden: NDArray[np.bool_]
    needed: NDArray[np.bool_]
    shown: NDArray[np.float64]
    issue: NDArray[np.int64]


def hide_small(
    counts: NDArray[np.generic], *, least: int = LEAST, published: Sequence[Release] = ()
) -> NDArray[np.bool_]:
    """Which cells of a list or table of firms to withhold (True), without its margins.

    counts: (n,) or (rows, columns), without totals; None and NaN are not known and withheld. Cells
    of 1 to `least` - 1 firms are withheld. A nought is shown, as no firm stands behind it, except
    in a row or column of a table with one cell that is not nought: it would tell of every firm of
    that line. Whoever shows totals as well takes them from `publish`, since totals may have to be
    withheld too.
    """
    hidden = publish(counts, least=least, published=published).hidden
    return hidden[tuple(slice(-1) for _ in range(hidden.ndim))]


def publish(
    counts: NDArray[np.generic], *, least: int = LEAST, published: Sequence[Release] = ()
) -> Release:
    """What to give out of a table, given earlier issues of it (oldest first, of equal shape)."""
    return publish_linked([counts], least=least, published=[[one] for one in published])[0]


def publish_linked(
    tables: Sequence[NDArray[np.generic]],
    *,
    least: int = LEAST,
    published: Sequence[Sequence[Release]] = (),
    same: Sequence[Shared] | None = None,
    dear: Sequence[Mask] = (),
) -> list[Release]:
    """What to give out of tables of the same firms, so that none tells what another withholds.

    `same` says which figures they have in common (see `linked`): unless told, their column totals,
    or the grand total for lists. `published`: each earlier issue's releases in the same order.
    `dear` marks in each table (margins included) what is to be shown rather than other figures.
    """
    bodies = [np.asarray(one, dtype=float) for one in tables]
    unknown = [np.isnan(body) for body in bodies]
    frame = linked([body.shape for body in bodies], same)
    figures = frame.gather([np.nan_to_num(body) for body in bodies])
    earlier = [_flat(issue, frame) for issue in published]
    untold = _untold(unknown, frame)
    sensitive = untold | _is_small(figures, least) | _telling(figures > ONE_FIRM, untold, frame)
    changes = [Change(figures - truth, ~hidden) for truth, hidden, _needed in earlier]
    for change in changes:
        sensitive |= change.shown & _is_small(change.by, least)
    lasting = np.zeros(frame.size, dtype=bool)
    for truth, _hidden, needed in earlier:
        lasting |= needed & (np.abs(figures - truth) < least)
    kept = np.zeros(frame.size, dtype=bool)
    for grid, marked in zip(frame.grids, dear, strict=False):
        kept[grid] |= marked
    width = np.full(frame.size, float(least))

    growing = _growing(figures, earlier, least) if earlier else None

    def secure(these: Mask) -> Mask:
        return hide(figures, frame, these, width, least, changes, kept, growing)

    # What keeps today's secrets must do so alone: what only lasts is shown one day.
    alone = secure(sensitive)
    hidden = secure(alone | lasting) if (lasting & ~alone).any() else alone
    needed = alone | (hidden & ~lasting)
    return [
        _release(figures[grid], hidden[grid], needed[grid], [issue[number] for issue in published])
        for number, grid in enumerate(frame.grids)
    ]


def _is_small(figures: Figures, least: float) -> Mask:
    return (np.abs(figures) >= ONE_FIRM) & (np.abs(figures) < least)


def _growing(
    figures: Figures, earlier: Sequence[tuple[Figures, Mask, Mask]], least: float
) -> Growing:
    """What was printed of figures that are no smaller now; small ones must be safe beside it."""
    printed = [np.where(hidden | (truth > figures), 0.0, truth) for truth, hidden, _ in earlier]
    return Growing(np.maximum.reduce(printed), _is_small(figures, least))


def _telling(filled: Mask, untold: Mask, frame: Frame) -> Mask:
    """The cells of lines with a single cell that is not nought: they tell of all its firms."""
    telling = np.zeros(frame.size, dtype=bool)
    for grid in frame.grids:
        if grid.ndim > 1:
            for line in (*grid[:-1, :-1], *grid[:-1, :-1].T):
                if line.size > 1 and np.count_nonzero(filled[line] | untold[line]) == 1:
                    telling[line] = True
    return telling


def _untold(unknown: Sequence[Mask], frame: Frame) -> Mask:
    """The cells that are not known, and every total they belong to."""
    untold = np.zeros(frame.size, dtype=bool)
    for grid, body in zip(frame.grids, unknown, strict=True):
        inner = grid[tuple(slice(-1) for _ in range(grid.ndim))]
        untold[inner[body]] = True
    for _ in range(2):
        totals = frame.sums[(frame.sums[:, untold] > 0).any(axis=1)]
        untold |= (totals < 0).any(axis=0)
    return untold


def _flat(issue: Sequence[Release], frame: Frame) -> tuple[Figures, Mask, Mask]:
    truth = np.zeros(frame.size)
    hidden, needed = np.ones(frame.size, dtype=bool), np.ones(frame.size, dtype=bool)
    for grid, release in zip(frame.grids, issue, strict=True):
        truth[grid], hidden[grid], needed[grid] = release.truth, release.hidden, release.needed
    return truth, hidden, needed


def _release(truth: Figures, hidden: Mask, needed: Mask, before: Sequence[Release]) -> Release:
    last = before[-1] if before else None
    shown = np.where(hidden, np.nan if last is None else last.shown, truth)
    issue = np.where(hidden, -1 if last is None else last.issue, len(before))
    return Release(truth, hidden, needed, shown, issue.astype(np.int64))
