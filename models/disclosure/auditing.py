"""What can be worked out about a withheld figure from all that is shown."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from models.disclosure.frames import Frame

_SLACK = 1e-6


def intervals(
    figures: NDArray[np.float64], hidden: NDArray[np.bool_], frame: Frame
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The least and the greatest value each figure may have for a reader of what is shown.

    figures, hidden: (frame.size,). Exact: two linear programs for each hidden figure, all figures
    being nought or more. A figure bounded by nothing is given inf.
    """
    least, greatest = figures.astype(float).copy(), figures.astype(float).copy()
    places = np.flatnonzero(hidden)
    if places.size:
        solve = _reader(figures, places, frame)
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
) -> NDArray[np.intp]:
    """The hidden figures a reader can pin down to less than `width`: their places, or the first.

    Every solution is a table that a reader must reckon with, so most figures are known to be wide
    enough before their own programs are solved.
    """
    places = np.flatnonzero(hidden)
    if not places.size:
        return places
    solve = _reader(figures, places, frame)
    low, high = figures[places].astype(float), figures[places].astype(float)
    for number in range(places.size):
        for sign in (1, -1):
            if high[number] - low[number] < width[places[number]] - _SLACK:
                found = solve(number, sign)
                low, high = np.minimum(low, found), np.maximum(high, found)
        if only_first and high[number] - low[number] < width[places[number]] - _SLACK:
            return places[number : number + 1]
    pinned: NDArray[np.intp] = places[high - low < width[places] - _SLACK]
    return pinned


def _reader(
    figures: NDArray[np.float64], places: NDArray[np.intp], frame: Frame
) -> Callable[[int, int], NDArray[np.float64]]:
    """What solves for the least (sign 1) or greatest (-1) value of a hidden figure."""
    lines = np.any(frame.sums[:, places], axis=1)
    coefficients = frame.sums[lines][:, places].astype(float)
    wanted = coefficients @ figures[places]
    bounds = (0.0, _ceiling(figures))

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
