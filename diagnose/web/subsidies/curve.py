"""The curve of what more money would buy, as points of a small picture and a table beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 560.0, 220.0
LEFT, BOTTOM, TOP = 56.0, 36.0, 10.0


@dataclass(frozen=True, slots=True)
class Stop:
    """A budget (万元), the points gained with it, and where it stands in the picture."""

    budget: float
    gain: float
    x: float
    y: float
    own: bool


@dataclass(frozen=True, slots=True)
class Curve:
    """The stops with the line through them."""

    stops: Sequence[Stop]
    line: str
    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT
    base: float = HEIGHT - BOTTOM


def draw_curve(points: Sequence[Sequence[float]], budget: float) -> Curve:
    """The curve through (budget, gain); `budget` is the plan's own."""
    most = max((point[0] for point in points), default=1.0)
    top = max((point[1] for point in points), default=0.0) or 1.0
    stops = [
        Stop(
            money,
            gain,
            round(LEFT + (WIDTH - LEFT - 10) * money / most, 1),
            round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * gain / top, 1),
            abs(money - budget) < budget * 1e-6,
        )
        for money, gain in points
    ]
    line = " ".join(f"{stop.x:g},{stop.y:g}" for stop in stops)
    return Curve(stops, f"{LEFT:g},{HEIGHT - BOTTOM:g} {line}")
