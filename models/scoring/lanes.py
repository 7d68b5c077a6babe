"""Many small totals added up at once.

The totals a firm needs (points by part, scenes by level …) ride side by side as lanes of 64-bit
words, so that one lookup and one addition serve them all; and the digits of several questions are
fused into one number, so that one lookup serves several questions. Lanes are wide enough for the
largest total and never spill into each other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# A fused table this long, 8 bytes an entry, stays in a first-level cache.
_LONGEST = 4096

Read = Callable[[], NDArray[np.int8]]


@dataclass(frozen=True)
class _Fused:
    """Digits read as one number, and the worth of that number (words, product of their sizes).

    `lowest` is the number that they make where all are -1.
    """

    digits: tuple[int, ...]
    sizes: tuple[int, ...]
    lowest: int
    table: NDArray[np.int64]


class Lanes:
    """The sum of table rows over digits, for many firms at once.

    `worth[j]` (size of digit j, lanes) says what the values of digit j, from -1 up, add to each
    total. `used` of the lanes carry totals, the others fill up the last word.
    """

    def __init__(self, worth: Sequence[NDArray[np.int64]]) -> None:
        most = int(np.sum([table.max(axis=0) for table in worth], axis=0).max())
        self.dtype = np.dtype(next(t for t in ("u1", "u2", "u4", "i8") if most <= np.iinfo(t).max))
        self.used = worth[0].shape[1]
        self.words = -(-self.used * self.dtype.itemsize // 8)
        self._fused = tuple(self._fuse(worth, group) for group in _groups(worth))

    def total(self, n: int, digits: Sequence[Read]) -> NDArray[np.int64]:
        """(n, words) the totals, to be seen by `view`; `digits[j]` reads digit j (n,)."""
        sums = np.zeros((self.words, n), np.int64)
        found = np.empty(n, np.int64)
        for fused in self._fused:
            number = _read(fused, digits)
            for word, table in enumerate(fused.table):
                # mode="clip" spares a second pass over the numbers, which are in range.
                np.take(table, number, out=found, mode="clip")
                sums[word] += found
        return np.ascontiguousarray(sums.T)

    def view(self, totals: NDArray[np.int64]) -> NDArray[np.integer]:
        """(n, used) the totals as numbers."""
        return np.asarray(totals.view(self.dtype)[:, : self.used])

    def _pack(self, lanes: NDArray[np.int64]) -> NDArray[np.int64]:
        """(n, words) of (n, used), the lanes side by side."""
        lanes = np.atleast_2d(lanes)
        padded = np.zeros((len(lanes), self.words * 8 // self.dtype.itemsize), self.dtype)
        padded[:, : self.used] = lanes
        return padded.view(np.int64)

    def _fuse(self, worth: Sequence[NDArray[np.int64]], group: Sequence[int]) -> _Fused:
        total = np.zeros((1, self.used), np.int64)
        lowest = 0
        for table in (worth[j] for j in group):
            total = (total[:, None, :] + table[None, :, :]).reshape(-1, self.used)
            lowest = lowest * len(table) - 1
        sizes = tuple(len(worth[j]) for j in group)
        return _Fused(tuple(group), sizes, lowest, np.ascontiguousarray(self._pack(total).T))


def _read(fused: _Fused, digits: Sequence[Read]) -> NDArray[np.intp]:
    number = digits[fused.digits[0]]().astype(np.int16)
    for j, size in zip(fused.digits[1:], fused.sizes[1:], strict=True):
        number *= size
        number += digits[j]()
    number -= fused.lowest
    return number.astype(np.intp)


def _groups(worth: Sequence[NDArray[np.int64]]) -> list[list[int]]:
    """Digits whose fused tables are short enough: the largest first, each where it first fits."""
    groups: list[tuple[list[int], int]] = []
    for j in sorted(range(len(worth)), key=lambda j: -len(worth[j])):
        size = len(worth[j])
        fits = (at for at, (_, product) in enumerate(groups) if product * size <= _LONGEST)
        at = next(fits, len(groups))
        digits, product = groups.pop(at) if at < len(groups) else ([], 1)
        groups.insert(at, ([*digits, j], product * size))
    return [digits for digits, _ in groups]
