"""Sizes, grid and type styles of the PDF: one place for its looks (colours: reports.palette).

A4, twelve columns.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from reports.palette import ACCENT, INK, MUTED

PAGE_WIDTH, PAGE_HEIGHT = 595.28, 841.89
LEFT, RIGHT = 54.0, 54.0
TOP, BOTTOM = 66.0, 56.0
WIDTH = PAGE_WIDTH - LEFT - RIGHT
HEIGHT = PAGE_HEIGHT - TOP - BOTTOM
TALLEST_WHOLE = HEIGHT / 2
"""Rows, panels and columns up to this height are never cut."""
COLUMNS, GUTTER = 12, 12.0


def span(columns: int) -> float:
    """The width of so many grid columns, gutters between them included."""
    return (WIDTH + GUTTER) * columns / COLUMNS - GUTTER


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set: size and leading in points; `even` balances the lines of headings.

    `lead_color` is that of a bold opening, where it differs.
    """

    size: float
    leading: float
    bold: bool = False
    color: str = INK
    align: str = "left"
    justify: bool = False
    even: bool = False
    before: float = 0
    after: float = 0
    lead_color: str = ""


@cache
def scaled(style: Style, scale: float) -> Style:
    """The style with its lettering and leading `scale` times as large."""
    return replace(style, size=style.size * scale, leading=style.leading * scale)


H1 = Style(19, 26, bold=True, color=ACCENT, even=True)
H2 = Style(12, 18, bold=True, color=ACCENT, even=True, before=14, after=4)
H3 = Style(10, 15, bold=True, even=True, before=8, after=4)
BODY = Style(9.25, 14.5, justify=True, after=6)
LEAD = Style(12, 19, justify=True, after=8)
TEXT = Style(8.5, 12.5, justify=True, after=3)
SMALL = Style(8, 12, color=MUTED, after=4)
FINE = Style(7.5, 10.5, color=MUTED, after=2)
CELL = Style(8.25, 11.25)
CELL_BOLD = Style(8.25, 11.25, bold=True)
CELL_FINE = Style(7.5, 10.5)
HEAD = Style(7.75, 11, bold=True, color=MUTED)
CAPTION = Style(8, 12, bold=True, color=MUTED, before=10, after=4)
FIGURE = Style(22, 28, bold=True, color=ACCENT)
