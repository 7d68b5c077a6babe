"""How the figures of a publication hang together: every total with the parts it is the sum of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Place = tuple[int | slice, ...]
Shared = tuple[tuple[int, Place], tuple[int, Place]]
"""Figures of one table (its number, where in it, margins last) that another has as well."""


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """Figures and the totals among them.

    `sums` has a row for each total and a column for each figure: 1 for its parts, -1 for itself.
    `grids` says where the figures of each table stand, margins last.
    """

    sums: NDArray[np.int8]
    grids: tuple[NDArray[np.intp], ...]

    @property
    def size(self) -> int:
        """How many figures there are, margins included."""
        return int(self.sums.shape[1])

    def gather(self, bodies: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
        """All figures of these tables (without margins) in one row, margins added.

        Raises ValueError where tables that share a margin do not agree on it.
        """
        figures = np.full(self.size, np.nan)
        for grid, body in zip(self.grids, bodies, strict=True):
            whole = with_margins(body)
            known = figures[grid]
            if not np.all(np.isnan(known) | np.isclose(known, whole)):
                raise ValueError("tables that share a margin do not agree on it")
            figures[grid] = whole
        return figures


def with_margins(body: NDArray[np.float64]) -> NDArray[np.float64]:
    """A list with its total at the end, or a table with its row and column totals."""
    whole = np.append(body, body.sum(axis=0, keepdims=True), axis=0)
    return whole if body.ndim == 1 else np.append(whole, whole.sum(axis=1, keepdims=True), axis=1)


def table(shape: tuple[int, ...]) -> Frame:
    """A list (n,) with its total, or a table (rows, columns) with its margins."""
    return linked([shape])


def linked(shapes: Sequence[tuple[int, ...]], same: Sequence[Shared] | None = None) -> Frame:
    """Tables of one and the same firms; `same` says which of their figures are one figure.

    Unless told, tables of two dimensions share their column totals, and lists the grand total.
    """
    grids: list[NDArray[np.intp]] = []
    size = 0
    for shape in shapes:
        sides = [side + 1 for side in shape]
        grids.append(size + np.arange(np.prod(sides), dtype=np.intp).reshape(sides))
        size += grids[-1].size
    for (one, there), (other, here) in _by_columns(shapes) if same is None else same:
        renamed = np.arange(size, dtype=np.intp)
        renamed[np.ravel(grids[other][here])] = np.ravel(grids[one][there])
        grids = [renamed[grid] for grid in grids]
    used, packed = np.unique(np.concatenate([grid.ravel() for grid in grids]), return_inverse=True)
    ends = np.cumsum([grid.size for grid in grids])[:-1]
    places = tuple(
        part.reshape(grid.shape).astype(np.intp)
        for part, grid in zip(np.split(packed, ends), grids, strict=True)
    )
    return Frame(_sums(places, used.size), places)


def _by_columns(shapes: Sequence[tuple[int, ...]]) -> list[Shared]:
    first = next((at for at, shape in enumerate(shapes) if len(shape) > 1), 0)
    whole = (-1,) * len(shapes[first])
    return [
        ((first, (-1,)), (at, (-1,))) if len(shape) > 1 else ((first, whole), (at, (-1,)))
        for at, shape in enumerate(shapes)
        if at != first
    ]


def _sums(grids: tuple[NDArray[np.intp], ...], size: int) -> NDArray[np.int8]:
    lines: list[NDArray[np.intp]] = []
    for grid in grids:
        of_grid = [grid] if grid.ndim == 1 else [*grid, *grid.T]
        lines += [line for line in of_grid if line.size > 1]  # a table may have no rows yet
    sums = np.zeros((len(lines), size), dtype=np.int8)
    for row, line in zip(sums, lines, strict=True):
        row[line[:-1]] = 1
        row[line[-1]] = -1
    return np.unique(sums, axis=0)
