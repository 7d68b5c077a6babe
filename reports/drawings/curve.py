"""A share over time: what was reached, what was planned, and where the present pace leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reports.drawings.shapes import Anchor, Circle, Drawing, Label, Line, Point, Polygon, Shape
from reports.palette import ACCENT, ACCENT_MID, INK, MUTED, RULE, WARN

LEFT, RIGHT, TOP, BOTTOM, SIZE = 40.0, 14.0, 10.0, 22.0, 9.0
GRID = (0, 25, 50, 75, 100)
DASHES = (4.0, 3.0)
DOTS = (1.5, 3.0)
MARKS = 5
NARROW = 330.0  # points of width below which there is room for three days only
MONTHS = 150  # days from which on five marks are months of their own


@dataclass(frozen=True, slots=True)
class Curve:
    """What is drawn: (day, per cent) in order; `planned` and `ahead` may be empty."""

    reached: Sequence[tuple[date, float]]
    planned: Sequence[tuple[date, float]] = ()
    ahead: Sequence[tuple[date, float]] = ()


def draw_curve(curve: Curve, width: float, height: float, title: str) -> Drawing:
    """The reached share as a full line, the plan dashed, the forecast dotted."""
    days = [day for part in (curve.reached, curve.planned, curve.ahead) for day, _share in part]
    first, last = min(days), max(days)
    length = max((last - first).days, 1)

    def place(day: date, share: float) -> Point:
        x = LEFT + (day - first).days / length * (width - LEFT - RIGHT)
        return x, TOP + (100 - share) / 100 * (height - TOP - BOTTOM)

    shapes: list[Shape] = []
    for step in GRID:
        x, y = place(first, step)
        shapes.append(Line((x, y), (width - RIGHT, y), RULE))
        shapes.append(Label(x - 5, y + 3, f"{step} %", SIZE, MUTED, anchor="end"))
    form = "%Y-%m" if length >= MONTHS else "%Y-%m-%d"
    marks = MARKS if width >= NARROW else 3
    for at in range(marks if length >= marks else 1):
        day = date.fromordinal(first.toordinal() + round(at * length / (marks - 1)))
        anchor: Anchor = "start" if at == 0 else "end" if at == marks - 1 else "middle"
        x, y = place(day, 0)
        shapes.append(Label(x, y + 14, f"{day:{form}}", SIZE, MUTED, anchor=anchor))
    for points, color, wide, dash in (
        (curve.planned, ACCENT_MID, 1.2, DASHES),
        (curve.ahead, WARN, 1.2, DOTS),
        (curve.reached, ACCENT, 2.0, ()),
    ):
        line = tuple(place(day, share) for day, share in points)
        if len(line) > 1:
            shapes.append(Polygon(line, None, color, wide, dash, closed=False))
    day, share = curve.reached[-1]
    x, y = place(day, share)
    shapes.append(Circle(x, y, 3, ACCENT))
    shapes.append(_figure(x, y, f"{share:.1f} %", width))
    return Drawing(width, height, tuple(shapes), title)


def _figure(x: float, y: float, text: str, width: float) -> Label:
    """The last share, beside its point where there is room for it."""
    beside = x + 50 < width
    below = y < TOP + 2 * SIZE
    place = y + (SIZE + 8 if below else -6)
    return Label(x + 6 if beside else x, place, text, 10, INK, True, "start" if beside else "end")
