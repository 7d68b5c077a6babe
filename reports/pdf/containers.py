"""Blocks made of blocks: one under another, side by side, and in a panel."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from reports.pdf.blocks import Block
from reports.pdf.ink import Ink
from reports.pdf.theme import GUTTER, TALLEST_WHOLE


class Stack(Block):
    """Blocks one under another; cut between them, never after one that keeps to its next.

    A `whole` stack is not cut at all.
    """

    def __init__(self, blocks: Sequence[Block], width: float, whole: bool = False) -> None:
        self.blocks = tuple(blocks)
        self.whole = whole
        self.tops: list[float] = []
        y = 0.0
        for at, block in enumerate(self.blocks):
            y += gap_between(self.blocks[at - 1], block) if at else 0
            self.tops.append(y)
            y += block.height
        super().__init__(width, y)

    def split(self, room: float) -> tuple[Block, Block] | None:
        """Cut within the block that crosses `room`, or else before it."""
        if self.whole:
            return None
        bottoms = [top + block.height for block, top in zip(self.blocks, self.tops, strict=True)]
        at = bisect_right(bottoms, room)
        parts = self.blocks[at].split(room - self.tops[at])
        if parts:
            return self._part(*self.blocks[:at], parts[0]), self._part(
                parts[1], *self.blocks[at + 1 :]
            )
        while at > 0 and self.blocks[at - 1].keep:
            at -= 1
        return (self._part(*self.blocks[:at]), self._part(*self.blocks[at:])) if at else None

    def _part(self, *blocks: Block) -> Stack:
        return Stack(blocks, self.width)

    def draw(self, ink: Ink, x: float, y: float) -> None:
        """Draw block under block."""
        for block, top in zip(self.blocks, self.tops, strict=True):
            block.draw(ink, x, y + top)


def gap_between(above: Block, below: Block) -> float:
    """The room between two blocks: the wider of the one's gap after and the other's before."""
    return max(above.after, below.before)


class Columns(Block):
    """Blocks side by side, their tops aligned, a gutter between them.

    They are cut only where they are taller than `whole`.
    """

    def __init__(
        self, blocks: Sequence[Block], gutter: float = GUTTER, whole: float = TALLEST_WHOLE
    ) -> None:
        self.blocks = tuple(blocks)
        self.gutter, self.whole = gutter, whole
        width = sum(block.width for block in blocks) + gutter * (len(blocks) - 1)
        super().__init__(width, max(block.height for block in blocks))

    def split(self, room: float) -> tuple[Block, Block] | None:
        """Cut each block; a short one stays whole in the first part."""
        if self.height <= self.whole:
            return None
        above: list[Block] = []
        below: list[Block] = []
        for block in self.blocks:
            whole = block.height <= room
            parts = (block, Stack((), block.width)) if whole else block.split(room)
            if parts is None:
                return None
            above.append(parts[0])
            below.append(parts[1])
        upper, lower = (Columns(part, self.gutter, self.whole) for part in (above, below))
        return upper, lower

    def draw(self, ink: Ink, x: float, y: float) -> None:
        """Draw block beside block."""
        for block in self.blocks:
            block.draw(ink, x, y)
            x += block.width + self.gutter


def balanced_columns(
    blocks: Sequence[Block], width: float, gutter: float, whole: float = TALLEST_WHOLE
) -> Columns:
    """Blocks run through two columns as equally high as can be; what keeps to its next stays."""
    cuts = [at for at in range(1, len(blocks)) if not blocks[at - 1].keep]
    pairs = [(Stack(blocks[:at], width), Stack(blocks[at:], width)) for at in cuts]
    pairs.append((Stack(blocks, width), Stack((), width)))
    best = min(pairs, key=lambda pair: max(pair[0].height, pair[1].height))
    return Columns(best, gutter, whole)


class Panel(Block):
    """A stack on a ground: `fill` behind it, `bar` a strip of colour along its left edge.

    It is cut only where it is taller than `whole`.
    """

    def __init__(
        self, inner: Block, *, fill: str | None = None, stroke: str | None = None,
        bar: str | None = None, padding: float = 12, whole: float = TALLEST_WHOLE,
    ) -> None:  # fmt: skip
        self.inner, self.fill, self.stroke, self.bar = inner, fill, stroke, bar
        self.padding, self.whole = padding, whole
        super().__init__(inner.width + 2 * padding, inner.height + 2 * padding)

    def split(self, room: float) -> tuple[Block, Block] | None:
        """Cut what is inside; each part gets a ground of its own."""
        if self.height <= self.whole:
            return None
        parts = self.inner.split(room - 2 * self.padding)
        if parts is None:
            return None
        return self._around(parts[0]), self._around(parts[1])

    def _around(self, inner: Block) -> Panel:
        part = Panel(
            inner, fill=self.fill, stroke=self.stroke, bar=self.bar,
            padding=self.padding, whole=self.whole,
        )  # fmt: skip
        part.before, part.after = self.before, self.after
        return part

    def draw(self, ink: Ink, x: float, y: float) -> None:
        """Draw the ground and what stands on it."""
        if self.fill or self.stroke:
            ink.rect(x, y, self.width, self.height, self.fill, self.stroke)
        if self.bar:
            ink.rect(x, y, 3, self.height, self.bar)
        self.inner.draw(ink, x + self.padding, y + self.padding)
