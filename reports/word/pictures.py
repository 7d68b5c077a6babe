"""A neutral drawing as a picture, for documents that cannot hold shapes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from io import BytesIO
from itertools import cycle, pairwise
from math import dist

from PIL import Image, ImageDraw, ImageFont

from reports.drawings.shapes import Circle, Drawing, Label, Line, Point, Polygon, Rect
from reports.lettering.faces import FILES, FONTS

DPI = 288
FINE = 2  # drawn so many times larger and then reduced, which smooths every edge
SCALE = DPI / 72 * FINE
ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}


def to_png(drawing: Drawing) -> bytes:
    """The drawing on white, `DPI` dots an inch; the same drawing gives the same bytes."""
    size = round(drawing.width * SCALE), round(drawing.height * SCALE)
    image = Image.new("RGB", size, "white")
    pen = _Pen(ImageDraw.Draw(image))
    for shape in drawing.shapes:
        pen.draw(shape)
    file = BytesIO()
    image.reduce(FINE).save(file, "PNG", optimize=True, dpi=(DPI, DPI))
    return file.getvalue()


class _Pen:
    def __init__(self, canvas: ImageDraw.ImageDraw) -> None:
        self.canvas = canvas

    def draw(self, shape: Line | Rect | Polygon | Circle | Label) -> None:
        match shape:
            case Line(a, b, color, width, dash):
                self._stroke((a, b), color, width, dash)
            case Rect(x, y, w, h, fill, stroke, width, dash):
                corners = ((x, y), (x + w, y), (x + w, y + h), (x, y + h))
                self._edges(corners, fill, stroke, width, dash)
            case Polygon(points, fill, stroke, width, dash, closed):
                self._edges(points, fill, stroke, width, dash, closed)
            case Circle(x, y, r, fill, stroke, width):
                box = [(x - r) * SCALE, (y - r) * SCALE, (x + r) * SCALE, (y + r) * SCALE]
                self.canvas.ellipse(box, fill, stroke, round(width * SCALE))
            case Label(x, y, text, size, color, bold, anchor):
                place = x * SCALE, y * SCALE
                self.canvas.text(place, text, color, _font(bold, size), anchor=ANCHORS[anchor])

    def _edges(
        self,
        points: Sequence[Point],
        fill: str | None,
        stroke: str | None,
        width: float,
        dash: Sequence[float],
        closed: bool = True,
    ) -> None:
        if fill and closed:
            self.canvas.polygon(_scaled(points), fill)
        if stroke:
            self._stroke([*points, points[0]] if closed else points, stroke, width, dash)

    def _stroke(
        self, points: Sequence[Point], color: str, width: float, dash: Sequence[float]
    ) -> None:
        for part in _dashes(points, dash) if dash else (points,):
            self.canvas.line(_scaled(part), color, max(round(width * SCALE), 1), joint="curve")


def _dashes(points: Sequence[Point], dash: Sequence[float]) -> Iterator[Sequence[Point]]:
    """The inked stretches of a dashed line through some points."""
    lengths = cycle(dash if len(dash) % 2 == 0 else (*dash, *dash))
    left, inked = next(lengths), True
    for a, b in pairwise(points):
        whole, done = dist(a, b), 0.0
        while done < whole:
            step = min(left, whole - done)
            if inked:
                yield _between(a, b, done / whole), _between(a, b, (done + step) / whole)
            done, left = done + step, left - step
            if left <= 0:
                left, inked = next(lengths), not inked


def _between(a: Point, b: Point, share: float) -> Point:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def _scaled(points: Sequence[Point]) -> list[Point]:
    return [(x * SCALE, y * SCALE) for x, y in points]


@cache
def _font(bold: bool, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / FILES[bold], size * SCALE)
