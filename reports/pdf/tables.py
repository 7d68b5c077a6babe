"""Tables with fixed columns: hairlines, the head repeated on every page, rows kept whole.

A break leaves at least two rows on each side; a heading row never stands last on a page; a row
is cut only where it is taller than half a page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from questionnaires.text import Language
from reports.drawings.shapes import Drawing
from reports.palette import ACCENT, FAINT, RULE
from reports.pdf.blocks import Block, Chart, set_text
from reports.pdf.containers import Stack
from reports.pdf.ink import Ink
from reports.pdf.theme import CELL, CELL_BOLD, HEAD, TALLEST_WHOLE, Style, scaled

PAD_X, PAD_Y, TIGHT = 4.0, 3.0, 2.0
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
    """Laid-out cells, `pad` above and below them.

    A `heading` spans the table and belongs to the row after it.
    """

    cells: tuple[Block, ...]
    pad: float
    heading: bool = False

    @property
    def height(self) -> float:
        """Of the highest cell, padding included."""
        return max(cell.height for cell in self.cells) + 2 * self.pad


class Table(Block):
    """Laid-out rows under a head that is repeated after every cut."""

    after = 12.0

    def __init__(self, widths: Sequence[float], head: Row | None, rows: Sequence[Row]) -> None:
        self.widths, self.head, self.rows = widths, head, rows
        self.head_height = head.height if head else 0.0
        super().__init__(sum(widths), self.head_height + sum(row.height for row in rows))

    def split(self, room: float) -> tuple[Block, Block] | None:
        """Cut between rows, or within one that is too tall to stand whole."""
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
        return self._cut_before(at) if at > 1 else None

    def _cut_before(self, at: int) -> tuple[Block, Block]:
        return self._part(self.rows[:at]), self._part(self.rows[at:])

    def _split_within(self, at: int, room: float) -> tuple[Block, Block] | None:
        cut = _cut(self.rows[at], room - 2 * self.rows[at].pad)
        if cut is None:
            return self._cut_before(at) if at else None
        above, below = cut
        return self._part([*self.rows[:at], above]), self._part([below, *self.rows[at + 1 :]])

    def _part(self, rows: Sequence[Row]) -> Table:
        return Table(self.widths, self.head, rows)

    def draw(self, ink: Ink, x: float, y: float) -> None:
        """Draw the head, a rule under it, and rows with hairlines between them."""
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
        for cell, width in zip(row.cells, self.widths, strict=False):
            cell.draw(ink, x + PAD_X, y + row.pad)
            x += width


def set_table(
    columns: Sequence[Column], rows: Sequence[Sequence[Cell] | str], language: Language,
    pad: float = PAD_Y, scale: float = 1.0,
) -> Table:  # fmt: skip
    """Lay out a table: each of `rows` holds a cell a column, or is one text: a heading row.

    `scale` enlarges or reduces the lettering.
    """
    widths = [column.width for column in columns]
    inner = sum(widths) - 2 * PAD_X
    styles = [scaled(_style(column), scale) for column in columns]
    laid = []
    for row in rows:
        if isinstance(row, str):
            laid.append(
                Row((set_text(row, scaled(CELL_BOLD, scale), inner, language),), pad, heading=True)
            )
        else:
            cells = zip(row, styles, widths, strict=True)
            laid.append(Row(tuple(_cell(*cell, language) for cell in cells), pad))
    return Table(widths, _head(columns, language), laid)


def _head(columns: Sequence[Column], language: Language) -> Row | None:
    if not any(column.head for column in columns):
        return None
    heads = (
        _cell(column.head, replace(HEAD, align=column.align), column.width, language)
        for column in columns
    )
    return Row(tuple(heads), PAD_Y)


def _style(column: Column) -> Style:
    same = column.style.align == column.align
    return column.style if same else replace(column.style, align=column.align)


def _cell(cell: Cell, style: Style, width: float, language: Language) -> Block:
    if isinstance(cell, str):
        return set_text(cell, style, width - 2 * PAD_X, language)
    return cell if isinstance(cell, Block) else Chart(cell, language)


def _cut(row: Row, room: float) -> tuple[Row, Row] | None:
    """A row cut after `room` points of text; short cells stay whole in the first part."""
    upper: list[Block] = []
    lower: list[Block] = []
    for cell in row.cells:
        parts = (cell, Stack((), cell.width)) if cell.height <= room else cell.split(room)
        if parts is None:
            return None
        upper.append(parts[0])
        lower.append(parts[1])
    return Row(tuple(upper), row.pad), Row(tuple(lower), row.pad)
