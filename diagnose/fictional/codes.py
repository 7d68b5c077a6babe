"""Unified social credit codes (GB 32100) that are valid and plainly no one's."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

ALPHABET = np.frombuffer(b"0123456789ABCDEFGHJKLMNPQRTUWXY", dtype=np.uint8)
HEAD = "91990000XG"  # no province has the number 99; XG for 虚构
OWN_WEIGHTS = np.array([3, 7, 9, 10, 5, 8, 4, 2])  # GB 11714, organisation code
WEIGHTS = np.array([pow(3, at, 31) for at in range(17)])  # GB 32100, the whole code
PER_SEED = 600_000


def fictional_codes(firms: int, seed: int) -> NDArray[np.object_]:
    """(n,) different codes with right check digits; other seeds give other codes."""
    number = seed % 1000 * PER_SEED + np.arange(firms)
    values = np.zeros((firms, 18), dtype=np.int64)
    values[:, :10] = [ALPHABET.tolist().index(ord(letter)) for letter in HEAD]
    for at in range(15, 9, -1):
        number, values[:, at] = np.divmod(number, len(ALPHABET))
    values[:, 16] = _own_check(ALPHABET[values[:, 8:16]])
    values[:, 17] = -(values[:, :17] @ WEIGHTS) % len(ALPHABET)
    letters = np.ascontiguousarray(ALPHABET[values])
    return np.asarray(letters.view("S18")[:, 0].astype("U18").astype(object))


def _own_check(letters: NDArray[np.uint8]) -> NDArray[np.int64]:
    worth = np.where(letters >= ord("A"), letters - ord("A") + 10, letters - ord("0"))
    check = -(worth.astype(np.int64) @ OWN_WEIGHTS) % 11
    return np.asarray(np.where(check == 10, ALPHABET.tolist().index(ord("X")), check))  # noqa: PLR2004
