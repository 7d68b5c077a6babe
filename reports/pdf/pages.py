"""Making up pages: blocks in order, page after page, before anything is drawn.

A heading stays with what it heads, or with the part of it that may stand alone; gaps vanish at
the top of a page.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import NamedTuple

from reports.pdf.blocks import Block, NewPage
from reports.pdf.containers import gap_between


class Placed(NamedTuple):
    """A block and its top, in points from the top of the frame."""

    block: Block
    top: float


SLACK = 0.01


def begins_within(block: Block, room: float) -> bool:
    """Whether the block, or a part of it that may stand alone, fits into `room`."""
    return block.height <= room + SLACK or block.split(room) is not None


class Maker:
    """Fills frames of one height with blocks."""

    def __init__(self, height: float) -> None:
        self.height = height
        self.pages: list[list[Placed]] = [[]]
        self._bottom = 0.0

    def fill(self, blocks: Iterable[Block | NewPage]) -> list[list[Placed]]:
        """Pages of placed blocks."""
        queue = deque(blocks)
        while queue:
            block = queue.popleft()
            if isinstance(block, NewPage):
                if self.height - self._bottom < block.room:
                    self._turn()
            elif block.keep and queue and not self._fits_with_next(block, queue):
                self._turn()
                self._place(block)
            else:
                self._set(block, queue)
        return self.pages if self.pages[-1] else self.pages[:-1]

    def _set(self, block: Block, queue: deque[Block | NewPage]) -> None:
        room = self.height - self._top(block)
        parts = None if block.height <= room + SLACK else block.split(room)
        if parts is not None:
            self._place(parts[0])
            self._turn()
            queue.appendleft(parts[1])
        elif block.height <= room + SLACK or not self.pages[-1]:
            self._place(block)
        else:
            self._turn()
            queue.appendleft(block)

    def _fits_with_next(self, block: Block, queue: deque[Block | NewPage]) -> bool:
        if not self.pages[-1]:
            return True
        bottom, above = self._top(block) + block.height, block
        for below in queue:
            if isinstance(below, NewPage):
                break
            bottom += gap_between(above, below)
            if not below.keep:
                return begins_within(below, self.height - bottom)
            bottom, above = bottom + below.height, below
        return bottom <= self.height

    def _top(self, block: Block) -> float:
        page = self.pages[-1]
        return self._bottom + gap_between(page[-1].block, block) if page else 0.0

    def _place(self, block: Block) -> None:
        top = self._top(block)
        self.pages[-1].append(Placed(block, top))
        self._bottom = top + block.height

    def _turn(self) -> None:
        if self.pages[-1]:
            self.pages.append([])
        self._bottom = 0.0
