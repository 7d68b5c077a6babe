"""How an answer becomes points: one function a rule, all of them in `RULES`.

A rule turns an item's points into digits. A digit is a small number read off an answer, 0 where
nothing is answered, and a table that says what each of its values is worth, in ticks (the
smallest unit in which all points of a standard are whole).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_BITS = 7


@dataclass(frozen=True)
class Digit:
    """What is read off an answer column, and its worth.

    With `bits` 0 the column holds option positions and the digit is position + 1. Otherwise the
    column is a bit mask, of which `bits` bits from `shift` on are read, plus 1 where `first`.
    `ticks` (size,) is the worth by value.
    """

    ticks: NDArray[np.int64]
    shift: int = 0
    bits: int = 0
    first: bool = True

    def read(self, column: NDArray[np.integer], answered: NDArray[np.bool_]) -> NDArray[np.int16]:
        """(n,) the digit of each answer, 0 where it is not answered."""
        value = (column >> self.shift) & ((1 << self.bits) - 1) if self.bits else column
        digit = np.empty(len(column), np.int16)
        np.add(value, int(self.first), out=digit, casting="unsafe")
        digit *= answered
        return digit


Rule = Callable[[Sequence[int]], tuple[Digit, ...]]


def choice(ticks: Sequence[int]) -> tuple[Digit, ...]:
    """One option is chosen and its points count. `ticks` by option position."""
    return (Digit(np.array([0, *ticks])),)


def add_up(ticks: Sequence[int]) -> tuple[Digit, ...]:
    """Several options are chosen and their points add up. `ticks` by option position."""
    digits = []
    for shift in range(0, len(ticks), _BITS):
        here = np.array(ticks[shift : shift + _BITS])
        masks = np.arange(1 << len(here))
        worth = ((masks[:, None] >> np.arange(len(here))) & 1) @ here
        first = shift == 0
        worth = np.concatenate([[0], worth]) if first else worth
        digits.append(Digit(worth, shift, len(here), first))
    return tuple(digits)


RULES: Mapping[str, Rule] = {"choice": choice, "sum": add_up}
