"""How an answer becomes points: one class a rule, all of them in `RULES`.

A rule turns an item's points into digits. A digit is a small number read off an answer, -1 where
nothing is answered, and a table that says what each of its values is worth, in ticks (the
smallest unit in which all points of a standard are whole). A rule also knows which steps are
missing to the item's full.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

# As many bits as leave room for "not answered" in a signed byte.
_BITS = 6


@dataclass(frozen=True)
class Digit:
    """What is read off an answer column, and its worth.

    With `bits` 0 the column holds option positions and the digit is the position; otherwise the
    column is a bit mask, of which `bits` bits from `shift` on are read. A digit of -1 is no
    answer. `ticks` (size,) is the worth of the digits from -1 up.
    """

    ticks: NDArray[np.int64]
    shift: int = 0
    bits: int = 0

    def read(self, column: NDArray[Any], blank: NDArray[np.int8]) -> NDArray[np.int8]:
        """(n,) the digit of each answer; `blank` (n,) is -1 where nothing is answered, else 0."""
        if self.bits:
            column = ((column >> self.shift) & ((1 << self.bits) - 1)).astype(np.int8)
        return np.asarray(column | blank, np.int8)


class Rule(Protocol):
    """What an answer's options are worth together. `ticks` are by option position throughout."""

    kind: str

    def digits(self, ticks: Sequence[int]) -> tuple[Digit, ...]:
        """What is read off the answer column, and its worth."""

    def full(self, points: Iterable[Fraction]) -> Fraction:
        """The most that an answer can be worth, from the points of the options."""

    def missing(self, ticks: Sequence[int], answer: int | None) -> list[tuple[int, int]]:
        """The steps from an answer (None: not answered) to full: (option position, ticks added).

        In the order in which they are best taken.
        """


class Choice:
    """One option is chosen and its points count."""

    kind = "single"

    def digits(self, ticks: Sequence[int]) -> tuple[Digit, ...]:
        """One digit: the option."""
        return (Digit(np.array([0, *ticks])),)

    def full(self, points: Iterable[Fraction]) -> Fraction:
        """The best option."""
        return max(points)

    def missing(self, ticks: Sequence[int], answer: int | None) -> list[tuple[int, int]]:
        """Every better option, from one to the next."""
        steps, reached = [], 0 if answer is None else ticks[answer]
        for worth, position in sorted((worth, at) for at, worth in enumerate(ticks)):
            if worth > reached:
                steps.append((position, worth - reached))
                reached = worth
        return steps


class AddUp:
    """Several options are chosen and their points add up."""

    kind = "multi"

    def digits(self, ticks: Sequence[int]) -> tuple[Digit, ...]:
        """A digit for every few options."""
        digits = []
        for shift in range(0, len(ticks), _BITS):
            here = np.array(ticks[shift : shift + _BITS])
            masks = np.arange(1 << len(here))
            worth = ((masks[:, None] >> np.arange(len(here))) & 1) @ here
            digits.append(Digit(np.array([0, *worth]), shift, len(here)))
        return tuple(digits)

    def full(self, points: Iterable[Fraction]) -> Fraction:
        """All options together."""
        return sum(points, Fraction(0))

    def missing(self, ticks: Sequence[int], answer: int | None) -> list[tuple[int, int]]:
        """Every option that is not chosen, the one worth most first."""
        chosen = answer or 0
        steps = [(at, worth) for at, worth in enumerate(ticks) if worth and not chosen >> at & 1]
        return sorted(steps, key=lambda step: -step[1])


RULES: Mapping[str, Rule] = {"choice": Choice(), "sum": AddUp()}
