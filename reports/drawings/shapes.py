"""The neutral form of a drawing: shapes in points from its top left corner, y downwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Point = tuple[float, float]
Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line from `a` to `b`."""

    a: Point
    b: Point
    color: str
    width: float = 0.5
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle, its top left corner at (x, y)."""

    x: float
    y: float
    w: float
    h: float
    fill: str | None
    stroke: str | None = None
    width: float = 0.5
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Polygon:
    """Straight edges through `points`."""

    points: tuple[Point, ...]
    fill: str | None
    stroke: str | None = None
    width: float = 0.5
    dash: tuple[float, ...] = ()
    closed: bool = True


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle of radius `r` around (x, y)."""

    x: float
    y: float
    r: float
    fill: str | None
    stroke: str | None = None
    width: float = 0.5


@dataclass(frozen=True, slots=True)
class Label:
    """One line of text with its baseline at y; `x` is its start, middle or end."""

    x: float
    y: float
    text: str
    size: float
    color: str
    bold: bool = False
    anchor: Anchor = "start"


Shape = Line | Rect | Polygon | Circle | Label


@dataclass(frozen=True, slots=True)
class Drawing:
    """A finished chart; `title` says in words what it shows."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    title: str
