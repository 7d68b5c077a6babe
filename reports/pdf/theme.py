"""Sizes, grid and type styles of the PDF: one place for its looks (colours: reports.palette).

A4, twelve columns, a 4-point rhythm: every leading and every gap is a multiple of 4.
"""

from __future__ import annotations

from dataclasses import dataclass

from reports.palette import ACCENT, INK, MUTED

PAGE_WIDTH, PAGE_HEIGHT = 595.28, 841.89
LEFT, RIGHT = 56.0, 56.0
TOP, BOTTOM = 76.0, 68.0
WIDTH = PAGE_WIDTH - LEFT - RIGHT
HEIGHT = PAGE_HEIGHT - TOP - BOTTOM
COLUMNS, GUTTER = 12, 12.0


def span(columns: int) -> float:
    """The width of so many grid columns, gutters between them included."""
    return (WIDTH + GUTTER) * columns / COLUMNS - GUTTER


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set: size and leading in points; `even` balances the lines of headings."""

    size: float
    leading: float
    bold: bool = False
    color: str = INK
    align: str = "left"
    justify: bool = False
    even: bool = False
    before: float = 0
    after: float = 0


TITLE = Style(28, 40, bold=True, color=ACCENT, even=True)
H1 = Style(20, 28, bold=True, color=ACCENT, even=True, after=8)
H2 = Style(12.5, 20, bold=True, color=ACCENT, even=True, before=16, after=4)
H3 = Style(10, 16, bold=True, even=True, before=8, after=4)
BODY = Style(9.5, 16, justify=True, after=8)
LEAD = Style(12, 20, justify=True, after=8)
SMALL = Style(8, 12, color=MUTED, after=4)
CELL = Style(8.5, 12)
CELL_BOLD = Style(8.5, 12, bold=True)
HEAD = Style(8, 12, bold=True, color=MUTED)
CAPTION = Style(8, 12, bold=True, color=MUTED, before=12, after=4)
FIGURE = Style(22, 28, bold=True, color=ACCENT)
