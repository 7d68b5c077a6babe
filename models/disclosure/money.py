"""Sums of money: withheld where few firms, or one or two of them, stand behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from models.disclosure.frames import table
from models.disclosure.hiding import hide

LEAST = 20
LARGEST = 0.50
TWO_LARGEST = 0.85
_WIDTH = 0.20


def dominated(
    values_by_cell: Sequence[NDArray[np.float64]],
    *,
    least: int = LEAST,
    largest: float = LARGEST,
    two_largest: float = TWO_LARGEST,
) -> NDArray[np.bool_]:
    """Which sums may not be shown (True): (cells,).

    values_by_cell: what each firm gives to the cell's sum, nought or more; a firm that gives
    nothing is no contributor. A sum needs `least` firms, the largest with at most `largest` of it
    and the two largest with at most `two_largest`. A cell without any contributor is nought and
    may be shown.
    """
    return np.array(
        [_is_dominated(values, least, largest, two_largest) for values in values_by_cell],
        dtype=bool,
    )


def hide_sums(
    values_by_cell: Sequence[Sequence[NDArray[np.float64]]] | Sequence[NDArray[np.float64]],
    *,
    least: int = LEAST,
) -> NDArray[np.bool_]:
    """Which sums of a list or of a table (rows of cells) to withhold, margins included (last).

    A sum is withheld where it is `dominated`, and others with it until a reader of the rest cannot
    tell a withheld sum to a fifth of itself.
    """
    rows = [_cells(row) for row in values_by_cell]
    grid = rows if isinstance(values_by_cell[0], (list, tuple)) else [row[0] for row in rows]
    body = np.array([[cell.sum() for cell in row] for row in rows])
    body = body if isinstance(grid[0], list) else body[:, 0]
    frame = table(body.shape)
    figures = frame.gather([body])
    behind = _with_margins(rows) if body.ndim > 1 else [*(row[0] for row in rows), _joined(rows)]
    sensitive = np.zeros(frame.size, dtype=bool)
    sensitive[frame.grids[0].ravel()] = dominated(behind, least=least)
    hidden = hide(figures, frame, sensitive, np.maximum(_WIDTH * figures, 1e-3), 1e-6)
    return hidden[frame.grids[0]]


def changed_by_few(
    before: Mapping[str, float], after: Mapping[str, float], *, least: int = LEAST
) -> bool:
    """Whether the change of a sum between two issues rests on few firms, or on one or two of them.

    Both by firm. No change at all tells of nobody.
    """
    firms = sorted(before.keys() | after.keys())
    moved = np.array([abs(after.get(firm, 0.0) - before.get(firm, 0.0)) for firm in firms])
    return bool(dominated([moved], least=least)[0])


def _is_dominated(
    values: NDArray[np.float64], least: int, largest: float, two_largest: float
) -> bool:
    given = np.sort(np.asarray(values, dtype=float))
    given = given[given > 0]
    if not given.size:
        return False
    whole = given.sum()
    return bool(
        given.size < least or given[-1] > largest * whole or given[-2:].sum() > two_largest * whole
    )


def _cells(
    row: NDArray[np.float64] | Sequence[NDArray[np.float64]],
) -> list[NDArray[np.float64]]:
    if isinstance(row, (list, tuple)):
        return [np.asarray(cell, dtype=float) for cell in row]
    return [np.asarray(row, dtype=float)]


def _joined(rows: Sequence[Sequence[NDArray[np.float64]]]) -> NDArray[np.float64]:
    return np.concatenate([cell for row in rows for cell in row])


def _with_margins(rows: list[list[NDArray[np.float64]]]) -> list[NDArray[np.float64]]:
    """Who stands behind every cell and margin, row by row."""
    columns = [_joined([[row[number]] for row in rows]) for number in range(len(rows[0]))]
    whole = [[*row, _joined([row])] for row in rows] + [[*columns, _joined(rows)]]
    return [cell for row in whole for cell in row]
