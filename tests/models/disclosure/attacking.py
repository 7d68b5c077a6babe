"""What a reader can work out by adding and subtracting what is shown: plain, without programs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from models.disclosure import Release


def lines_of(shape: tuple[int, ...]) -> list[list[tuple[int, ...]]]:
    """Every line of a table with margins, its total last."""
    if len(shape) == 1:
        return [[(place,) for place in range(shape[0])]]
    rows = [[(row, column) for column in range(shape[1])] for row in range(shape[0])]
    return rows + [list(line) for line in zip(*rows, strict=True)]


def worked_out(releases: Sequence[Release]) -> NDArray[np.float64]:
    """All figures of tables with the same column totals, as far as subtraction yields them.

    NaN where it does not. One row a table, flattened.
    """
    sizes = [release.truth.size for release in releases]
    starts = np.cumsum([0, *sizes[:-1]])
    rows, values = [], []

    def know(coefficients: dict[int, float], value: float) -> None:
        row = np.zeros(sum(sizes))
        for place, coefficient in coefficients.items():
            row[place] += coefficient
        rows.append(row)
        values.append(value)

    for start, release in zip(starts, releases, strict=True):
        place = start + np.arange(release.truth.size).reshape(release.truth.shape)
        for line in lines_of(release.truth.shape):
            know({**{place[at]: 1.0 for at in line[:-1]}, place[line[-1]]: -1.0}, 0.0)
        for at in np.ndindex(release.truth.shape):
            if not release.hidden[at]:
                know({place[at]: 1.0}, release.shown[at])
    for start, release in zip(starts[1:], releases[1:], strict=True):
        columns = release.truth.shape[-1]
        for column in range(columns):
            here = start + release.truth.size - columns + column
            there = starts[0] + releases[0].truth.size - columns + column
            know({here: 1.0, there: -1.0}, 0.0)
    return _solved(np.array(rows), np.array(values))


def _solved(rows: NDArray[np.float64], values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each unknown that the equations settle, by Gauss-Jordan elimination; else NaN."""
    whole = np.column_stack([rows, values])
    unknowns, rank = rows.shape[1], 0
    found = np.full(unknowns, np.nan)
    for column in range(unknowns):
        pivot = rank + int(np.argmax(np.abs(whole[rank:, column]))) if rank < len(whole) else rank
        if pivot >= len(whole) or abs(whole[pivot, column]) < 1e-9:
            continue
        whole[[rank, pivot]] = whole[[pivot, rank]]
        whole[rank] /= whole[rank, column]
        others = np.arange(len(whole)) != rank
        whole[others] -= np.outer(whole[others, column], whole[rank])
        rank += 1
    for line in whole[:rank]:
        involved = np.flatnonzero(np.abs(line[:-1]) > 1e-9)
        if involved.size == 1:
            found[involved[0]] = line[-1]
    return found
