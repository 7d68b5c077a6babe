"""A neutral drawing on the page."""

from __future__ import annotations

from questionnaires.text import Language
from reports.drawings.shapes import Circle, Drawing, Label, Line, Polygon, Rect
from reports.lettering.faces import face
from reports.pdf.ink import Ink

SHIFT = {"start": 0.0, "middle": 0.5, "end": 1.0}


def draw_shapes(ink: Ink, drawing: Drawing, x: float, y: float, language: Language) -> None:
    """Draw every shape with the drawing's top left corner at (x, y)."""
    for shape in drawing.shapes:
        match shape:
            case Line(a, b, color, width, dash):
                ink.line((x + a[0], y + a[1]), (x + b[0], y + b[1]), color, width, dash)
            case Rect(left, top, w, h, fill, stroke, width, dash):
                ink.rect(x + left, y + top, w, h, fill, stroke, width, dash)
            case Polygon(points, fill, stroke, width, dash, closed):
                moved = [(x + px, y + py) for px, py in points]
                ink.polygon(moved, fill, stroke, width, dash, closed)
            case Circle(cx, cy, r, fill, stroke, width):
                ink.circle(x + cx, y + cy, r, fill, stroke, width)
            case Label(left, base, text, size, color, bold, anchor):
                width = face(bold, language).measure(text, size) if anchor != "start" else 0
                start = x + left - width * SHIFT[anchor]
                ink.text(start, y + base, text, size, bold, color)
