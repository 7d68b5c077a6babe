"""Work on many rows, a block at a time, on all cores."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

# Rows worked on at a time, as measured best: threads wait for the interpreter at every call, so
# few large calls beat many that fit a nearer cache.
BLOCK = 1 << 17


def in_blocks(n: int, work: Callable[[slice], None]) -> None:
    """Call `work` with slices that cover n rows.

    NumPy lets go of the interpreter inside its loops, so threads share the work.
    """
    blocks = [slice(at, min(at + BLOCK, n)) for at in range(0, n, BLOCK)]
    if len(blocks) == 1:
        work(blocks[0])
    elif blocks:
        with ThreadPoolExecutor(min(len(blocks), os.cpu_count() or 1)) as pool:
            list(pool.map(work, blocks))
