"""Published tables without what nobody may read: rows and columns withheld as a whole are left out.

What is left out is told in a sentence of its own, so that no reader takes it for nought.
"""

from __future__ import annotations

from collections.abc import Iterator

from diagnose.bulletins.words import NONE, say
from questionnaires.text import Text
from reports.bulletins import Grid, Paragraph, Piece

Row = tuple[Text | str, ...]


def trimmed(grid: Grid, least: int, *, by_total: bool = False) -> Iterator[Piece]:
    """The table as far as it says something, and what is missing.

    Its last row is the total; `by_total` keeps columns of which only the total may be given.
    """
    rows = [row for row in grid.rows[:-1] if _tells(row)]
    counted = [*rows, grid.rows[-1]] if by_total else rows
    places = [0, *(at for at in range(1, len(grid.heads)) if _column_tells(counted, at))]
    if len(places) > 1:
        yield _kept(grid, [*rows, grid.rows[-1]], places)
    heads = [head for at, head in enumerate(grid.heads) if at not in places]
    lines = len(grid.rows) - 1 - len(rows)
    if heads or lines:
        yield Paragraph(_missing(heads, lines, least), note=True)


def _tells(row: Row) -> bool:
    """Whether a row has a figure beside noughts, or nothing withheld."""
    return NONE not in row[1:] or not all(map(_is_empty, row[1:]))


def _column_tells(rows: list[Row], at: int) -> bool:
    cells = [row[at] for row in rows]
    return not all(map(_is_empty, cells)) or bool(cells and NONE not in cells)


def _is_empty(cell: Text | str) -> bool:
    return cell == NONE or (isinstance(cell, str) and cell.split(" ")[0] == "0")


def _kept(grid: Grid, rows: list[Row], places: list[int]) -> Grid:
    whole = sum(grid.widths[at] for at in places)
    return Grid(
        grid.title,
        tuple(grid.heads[at] for at in places),
        tuple(grid.widths[at] / whole for at in places),
        tuple(tuple(row[at] for at in places) for row in rows),
        frozenset(new for new, at in enumerate(places) if at in grid.numbers),
    )


def _missing(heads: list[Text], lines: int, least: int) -> Text:
    rows = [say("trimmed.rows", number=lines)] if lines else []
    zh = "、".join(part.zh for part in (*heads, *rows))
    en = ", ".join(part.en for part in (*heads, *rows))
    told = say("trimmed.why")
    return Text(told.zh.format(what=zh, least=least), told.en.format(what=en, least=least))
