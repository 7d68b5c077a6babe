"""Many small totals added up at once.

The totals a firm needs (points by part, scenes by level …) ride side by side as lanes of 64-bit
words, so that one lookup and one addition serve them all; and the digits of several questions are
fused into one number, so that one lookup serves several questions. Lanes are wide enough for the
largest total and never spill into each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# A fused table this long, 8 bytes an entry, stays in a first-level cache.
_LONGEST = 4096


@dataclass(frozen=True)
class _Fused:
    """Digits `at` … `at + len(sizes)` read as one number, and its worth (words, product)."""

    at: int
    sizes: tuple[int, ...]
    table: NDArray[np.int64]


class Lanes:
    """The sum of table rows over digits, for many firms at once.

    `worth[j]` (size of digit j, lanes) says what each value of digit j adds to each total.
    """

    def __init__(self, worth: Sequence[NDArray[np.int64]]) -> None:
        most = np.sum([table.max(axis=0) for table in worth], axis=0)
        self.lanes = len(most)
        self.dtype = np.dtype(next(t for t in ("u1", "u2", "u4", "u8") if _fits(most, t)))
        self._fused = tuple(self._fuse(worth, *group) for group in _groups(worth))

    def _fuse(self, worth: Sequence[NDArray[np.int64]], at: int, until: int) -> _Fused:
        total = np.zeros((1, self.lanes), np.int64)
        for table in worth[at:until]:
            total = (total[:, None, :] + table[None, :, :]).reshape(-1, self.lanes)
        per_word = 8 // self.dtype.itemsize
        words = -(-self.lanes // per_word)
        padded = np.zeros((len(total), words * per_word), self.dtype)
        padded[:, : self.lanes] = total
        sizes = tuple(len(table) for table in worth[at:until])
        return _Fused(at, sizes, np.ascontiguousarray(padded.view(np.int64).T))

    def total(self, digits: Sequence[NDArray[np.int16]]) -> NDArray[np.unsignedinteger]:
        """(n, lanes) the totals; `digits[j]` (n,) holds the values of digit j."""
        n, words = len(digits[0]), len(self._fused[0].table)
        sums = np.zeros((words, n), np.int64)
        found = np.empty(n, np.int64)
        for fused in self._fused:
            code = _code(fused, digits).astype(np.intp)
            for word, table in enumerate(fused.table):
                # mode="clip" spares a second pass over the indices, which are in range.
                np.take(table, code, out=found, mode="clip")
                sums[word] += found
        lanes = np.ascontiguousarray(sums.T).view(self.dtype)
        return np.asarray(lanes[:, : self.lanes])


def _code(fused: _Fused, digits: Sequence[NDArray[np.int16]]) -> NDArray[np.int16]:
    code = digits[fused.at].copy()
    for offset, size in enumerate(fused.sizes[1:], start=1):
        code *= size
        code += digits[fused.at + offset]
    return code


def _groups(worth: Sequence[NDArray[np.int64]]) -> list[tuple[int, int]]:
    """Runs of neighbouring digits whose fused tables are short enough."""
    groups, at, product = [], 0, 1
    for j, table in enumerate(worth):
        if product * len(table) > _LONGEST and j > at:
            groups.append((at, j))
            at, product = j, 1
        product *= len(table)
    return [*groups, (at, len(worth))]


def _fits(most: NDArray[np.int64], dtype: str) -> bool:
    return int(most.max()) <= np.iinfo(dtype).max
