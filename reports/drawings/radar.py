"""A radar of fractions: the firm filled and solid, its peers dashed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from questionnaires.text import Language
from reports.drawings.labels import stacked, wrapped
from reports.drawings.shapes import Anchor, Circle, Drawing, Label, Line, Point, Polygon, Shape
from reports.palette import ACCENT, ACCENT_PALE, INK, MUTED, RULE, WARN, WHITE

RINGS = (0.25, 0.5, 0.75, 1.0)
LABEL = 7.5


@dataclass(frozen=True, slots=True)
class Spoke:
    """One axis: fractions 0…1, None where not known."""

    title: str
    own: float | None
    peers: float | None


def radar(
    spokes: Sequence[Spoke], width: float, height: float, language: Language, title: str
) -> Drawing:
    """Axes clockwise from the top; at least three."""
    centre = (width / 2, height / 2)
    radius = min(height / 2 - 24, width / 2 - 72)
    shapes: list[Shape] = _web(len(spokes), centre, radius)
    own = _outline([spoke.own or 0 for spoke in spokes], centre, radius)
    shapes.insert(0, Polygon(own, ACCENT_PALE))
    if all(spoke.peers is not None for spoke in spokes):
        peers = _outline([spoke.peers or 0 for spoke in spokes], centre, radius)
        shapes.append(Polygon(peers, None, WARN, 1.1, (3, 2)))
    shapes.append(Polygon(own, None, ACCENT, 1.6))
    for point, spoke in zip(own, spokes, strict=True):
        shapes.append(Circle(*point, 2.4, ACCENT if spoke.own is not None else WHITE, ACCENT, 0.8))
    for at, spoke in enumerate(spokes):
        shapes += _name(spoke, at, len(spokes), centre, radius, width, language)
    return Drawing(width, height, tuple(shapes), title)


def _point(centre: Point, radius: float, at: int, count: int) -> Point:
    angle = 2 * pi * at / count
    return centre[0] + radius * sin(angle), centre[1] - radius * cos(angle)


def _outline(fractions: Sequence[float], centre: Point, radius: float) -> tuple[Point, ...]:
    return tuple(
        _point(centre, radius * fraction, at, len(fractions))
        for at, fraction in enumerate(fractions)
    )


def _web(count: int, centre: Point, radius: float) -> list[Shape]:
    rings: list[Shape] = [
        Polygon(
            tuple(_point(centre, radius * ring, at, count) for at in range(count)), None, RULE, 0.5
        )
        for ring in RINGS
    ]
    spokes = [Line(centre, _point(centre, radius, at, count), RULE, 0.5) for at in range(count)]
    marks = [
        Label(centre[0] + 2, centre[1] - radius * ring - 1.5, f"{ring:.0%}", 5.5, MUTED)
        for ring in (0.5, 1.0)
    ]
    return [*rings, *spokes, *marks]


def _name(
    spoke: Spoke, at: int, count: int, centre: Point, radius: float, width: float,
    language: Language,
) -> list[Label]:  # fmt: skip
    x, y = _point(centre, radius + 9, at, count)
    side = round(sin(2 * pi * at / count), 6)
    anchor: Anchor = "start" if side > 0 else "end" if side < 0 else "middle"
    room = {"start": width - x, "end": x, "middle": width}[anchor]
    lines = wrapped(spoke.title, LABEL, room, language)
    if side == 0:
        y += (-4 if y < centre[1] else 4) * len(lines)
    return stacked(x, y, lines, LABEL, INK, anchor=anchor)
