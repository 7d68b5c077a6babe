"""Tables with fixed columns: hairlines, the head repeated on every page, rows kept whole.

A break leaves at least two rows on each side; a heading row never stands last on a page; a row
is cut only where it is taller than half a page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from questionnaires.text import Language
from reports.drawings.shapes import Drawing
from reports.pdf.blocks import Block, Chart, TextBlock
from reports.pdf.containers import Stack
from reports.pdf.ink import Ink
from reports.palette import ACCENT, FAINT, RULE
from reports.pdf.theme import CELL, CELL_BOLD, HEAD, HEIGHT, Style

PAD_X, PAD_Y = 4.0, 4.0
TALLEST_WHOLE = HEIGHT / 2
FEWEST_CUT = 4

Cell = str | Drawing | Block


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, its width in points, how its cells are aligned and set."""

    head: str
    width: float
    align: str = "left"
    style: Style = CELL


@dataclass(frozen=True, slots=True)
class Row:
    """Laid-out cells; `heading` spans the table and belongs to the row after it."""

    cells: tuple[Block, ...]
    height: float
    heading: bool = False


class Table(Block):
    """A table of `columns`; each entry of `rows` is a cell a column, or one text: a heading."""

    after = 12.0

    def __init__(
        self, columns: Sequence[Column], rows: Sequence[Sequence[Cell] | str], language: Language
    ) -> None:
        self.columns, self.language = tuple(columns), language
        width = sum(column.width for column in columns)
        self.head = self._head() if any(column.head for column in columns) else None
        self._hold([self._row(row, width) for row in rows], width)

    def _hold(self, rows: list[Row], width: float) -> None:
        self.rows = rows
        self.head_height = self.head.height if self.head else 0
        super().__init__(width, self.head_height + sum(row.height for row in rows))

    def _head(self) -> Row:
        cells = [
            TextBlock(
                column.head, replace(HEAD, align=column.align), column.width - 2 * PAD_X, self.language
            )
            for column in self.columns
        ]
        return Row(tuple(cells), max(cell.height for cell in cells) + 2 * PAD_Y)

    def _row(self, row: Sequence[Cell] | str, width: float) -> Row:
        if isinstance(row, str):
            text = TextBlock(row, CELL_BOLD, width - 2 * PAD_X, self.language)
            return Row((text,), text.height + 2 * PAD_Y, heading=True)
        cells = tuple(map(self._cell, row, self.columns))
        return Row(cells, max(cell.height for cell in cells) + 2 * PAD_Y)

    def _cell(self, cell: Cell, column: Column) -> Block:
        if isinstance(cell, Block):
            return cell
        if isinstance(cell, Drawing):
            return Chart(cell, self.language)
        style = column.style
        if style.align != column.align:
            style = replace(style, align=column.align)
        return TextBlock(cell, style, column.width - 2 * PAD_X, self.language)

    def split(self, room: float) -> tuple[Block, Block] | None:
        at, height = 0, self.head_height
        while height + self.rows[at].height <= room:
            height += self.rows[at].height
            at += 1
        if self.rows[at].height > TALLEST_WHOLE:
            return self._split_within(at, room - height)
        if len(self.rows) <= FEWEST_CUT and self.height <= TALLEST_WHOLE:
            return None
        at = min(at, len(self.rows) - 2)
        while at > 0 and self.rows[at - 1].heading:
            at -= 1
        return (self._part(self.rows[:at]), self._part(self.rows[at:])) if at > 1 else None

    def _split_within(self, at: int, room: float) -> tuple[Block, Block] | None:
        cut = self._cut(self.rows[at], room)
        if cut is None:
            return (self._part(self.rows[:at]), self._part(self.rows[at:])) if at else None
        above, below = cut
        return self._part([*self.rows[:at], above]), self._part([below, *self.rows[at + 1 :]])

    def _part(self, rows: list[Row]) -> Table:
        part = Table.__new__(Table)
        part.columns, part.language, part.head = self.columns, self.language, self.head
        part._hold(rows, self.width)
        return part

    def _cut(self, row: Row, room: float) -> tuple[Row, Row] | None:
        """A row too tall to keep whole, cut at `room`; short cells stay with the first part."""
        upper, lower = [], []
        for cell, column in zip(row.cells, self.columns, strict=True):
            fits = cell.height <= room - 2 * PAD_Y
            parts = (cell, Stack((), column.width)) if fits else cell.split(room - 2 * PAD_Y)
            if parts is None:
                return None
            upper.append(parts[0])
            lower.append(parts[1])
        heights = (max(cell.height for cell in part) + 2 * PAD_Y for part in (upper, lower))
        return Row(tuple(upper), next(heights)), Row(tuple(lower), next(heights))

    def draw(self, ink: Ink, x: float, y: float) -> None:
        if self.head:
            self._draw_row(ink, self.head, x, y)
            y += self.head.height
        ink.line((x, y), (x + self.width, y), ACCENT, 0.8)
        for row in self.rows:
            if row.heading:
                ink.rect(x, y, self.width, row.height, FAINT)
            self._draw_row(ink, row, x, y)
            y += row.height
            ink.line((x, y), (x + self.width, y), RULE, 0.4)

    def _draw_row(self, ink: Ink, row: Row, x: float, y: float) -> None:
        for cell, column in zip(row.cells, self.columns, strict=False):
            cell.draw(ink, x + PAD_X, y + PAD_Y)
            x += column.width
