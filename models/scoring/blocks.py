"""Work on many rows, a cache's worth at a time, on all cores."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

# Rows worked on at a time: their working columns fit a near cache, and there are few calls.
_BLOCK = 65536


def in_blocks(n: int, work: Callable[[slice], None]) -> None:
    """Call `work` with slices that cover n rows.

    NumPy lets go of the interpreter inside its loops, so threads share the work.
    """
    blocks = [slice(at, min(at + _BLOCK, n)) for at in range(0, n, _BLOCK)]
    if len(blocks) == 1:
        work(blocks[0])
    elif blocks:
        with ThreadPoolExecutor(min(len(blocks), os.cpu_count() or 1)) as pool:
            list(pool.map(work, blocks))
