"""Progress against plan, month by month."""

from __future__ import annotations

from collections.abc import Sequence

from reports.drawings.shapes import Circle, Drawing, Label, Line, Polygon, Shape
from reports.palette import ACCENT, INK, MUTED, RULE, WARN

HEIGHT, FOOT, LEFT, RIGHT, TOP = 150.0, 30.0, 34.0, 14.0, 20.0
MOST_LABELS = 12
STEPS = 4

Names = tuple[str, str]


def progress_curve(
    months: Sequence[str],
    planned: Sequence[float],
    done: Sequence[int | None],
    of: int,
    width: float,
    names: Names,
    title: str,
) -> Drawing:
    """The plan dashed, what was done solid with its numbers; `names` are those of the two lines."""
    across = (width - LEFT - RIGHT) / max(len(months) - 1, 1)
    full = max(of, 1)

    def at(number: int, value: float) -> tuple[float, float]:
        return LEFT + number * across, TOP + (HEIGHT - TOP - FOOT) * (1 - min(value / full, 1))

    shapes: list[Shape] = [*_grid(full, width), *_months(months, across), *_key(names, width)]
    line = tuple(at(number, value) for number, value in enumerate(planned))
    known = [(number, value) for number, value in enumerate(done) if value is not None]
    shapes.append(Polygon(line, None, MUTED, 1.0, (3, 2), closed=False))
    if len(known) > 1:
        points = tuple(at(number, value) for number, value in known)
        shapes.append(Polygon(points, None, ACCENT, 1.6, closed=False))
    for number, value in known:
        x, y = at(number, value)
        shapes += [
            Circle(x, y, 2.2, ACCENT),
            Label(x, y - 5, str(value), 7.5, INK, True, "middle"),
        ]
    return Drawing(width, HEIGHT, tuple(shapes), title)


def _grid(full: int, width: float) -> list[Shape]:
    shapes: list[Shape] = []
    for step in range(STEPS + 1):
        y = TOP + (HEIGHT - TOP - FOOT) * (1 - step / STEPS)
        color = WARN if step == STEPS else RULE
        shapes.append(Line((LEFT, y), (width - RIGHT, y), color, 0.5))
        shapes.append(
            Label(LEFT - 5, y + 2.6, f"{full * step / STEPS:.0f}", 7.5, MUTED, False, "end")
        )
    return shapes


def _months(months: Sequence[str], across: float) -> list[Shape]:
    every = -(-len(months) // MOST_LABELS)
    return [
        Label(LEFT + number * across, HEIGHT - FOOT + 14, month, 7.5, MUTED, False, "middle")
        for number, month in enumerate(months)
        if number % every == 0
    ]


def _key(names: Names, width: float) -> list[Shape]:
    right = width - RIGHT
    return [
        Line((right - 150, 5), (right - 132, 5), ACCENT, 1.6),
        Label(right - 128, 8, names[0], 7.5, INK),
        Line((right - 66, 5), (right - 48, 5), MUTED, 1.0, (3, 2)),
        Label(right - 44, 8, names[1], 7.5, INK),
    ]
