"""What can be worked out about a withheld figure from all that is shown."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from models.disclosure.frames import Frame

_SLACK = 1e-6


def intervals(
    figures: NDArray[np.float64],
    hidden: NDArray[np.bool_],
    frame: Frame,
    floor: NDArray[np.float64] | None = None,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The least and the greatest value each figure may have for a reader of what is shown.

    figures, hidden, floor: (frame.size,). Exact: two linear programs for each hidden figure, all
    figures being `floor` or more, nought unless told. One bounded by nothing is given inf.
    """
    least, greatest = figures.astype(float).copy(), figures.astype(float).copy()
    places = np.flatnonzero(hidden)
    if places.size:
        solve = _reader(figures, places, frame, floor)
        ceiling = _ceiling(figures)
        for number, place in enumerate(places):
            least[place] = solve(number, 1)[number]
            most = solve(number, -1)[number]
            greatest[place] = np.inf if most >= ceiling - _SLACK else most
    return least, greatest


def narrow(
    figures: NDArray[np.float64],
    hidden: NDArray[np.bool_],
    frame: Frame,
    width: NDArray[np.float64],
    *,
    only_first: bool = False,
    floor: NDArray[np.float64] | None = None,
    among: NDArray[np.bool_] | None = None,
) -> NDArray[np.intp]:
    """The hidden figures a reader can pin down to less than `width`: their places, or the first.

    `floor` is what a reader takes each figure to be at least, nought unless told; only figures
    `among` these are looked at. Every solution is a table that a reader must reckon with, so most
    figures are known to be wide enough before their own programs are solved.
    """
    places = np.flatnonzero(hidden)
    if not places.size:
        return places
    solve = _reader(figures, places, frame, floor)
    low, high = figures[places].astype(float), figures[places].astype(float)
    asked = np.arange(places.size) if among is None else np.flatnonzero(among[places])
    for number in asked.tolist():
        for sign in (1, -1):
            if high[number] - low[number] < width[places[number]] - _SLACK:
                found = solve(number, sign)
                low, high = np.minimum(low, found), np.maximum(high, found)
        if only_first and high[number] - low[number] < width[places[number]] - _SLACK:
            return places[number : number + 1]
    pinned: NDArray[np.intp] = places[asked][(high - low < width[places] - _SLACK)[asked]]
    return pinned


def _reader(
    figures: NDArray[np.float64],
    places: NDArray[np.intp],
    frame: Frame,
    floor: NDArray[np.float64] | None = None,
) -> Callable[[int, int], NDArray[np.float64]]:
    """What solves for the least (sign 1) or greatest (-1) value of a hidden figure."""
    lines = np.any(frame.sums[:, places], axis=1)
    coefficients = frame.sums[lines][:, places].astype(float)
    wanted = coefficients @ figures[places]
    least = np.zeros(places.size) if floor is None else floor[places]
    bounds = [(each, _ceiling(figures)) for each in least.tolist()]

    def solve(number: int, sign: int) -> NDArray[np.float64]:
        goal = np.zeros(places.size)
        goal[number] = sign
        found = linprog(goal, A_eq=coefficients, b_eq=wanted, bounds=bounds, method="highs")
        if not found.success:
            raise ArithmeticError(f"audit not solved: {found.message}")
        return np.asarray(found.x, dtype=float)

    return solve


def _ceiling(figures: NDArray[np.float64]) -> float:
    """More than any figure that is bounded by what is shown can be."""
    return 10.0 * float(figures.max(initial=0.0)) + 1000.0
