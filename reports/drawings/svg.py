"""A drawing as SVG, for pages in a browser."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from reports.drawings.shapes import Circle, Drawing, Label, Line, Polygon, Rect, Shape


def to_svg(drawing: Drawing) -> str:
    """The drawing as an `<svg>` element with its title."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{drawing.width:g}pt" '
        f'height="{drawing.height:g}pt" viewBox="0 0 {drawing.width:g} {drawing.height:g}">'
        f"<title>{escape(drawing.title)}</title>{''.join(map(_element, drawing.shapes))}</svg>"
    )


def _element(shape: Shape) -> str:
    match shape:
        case Line(a, b, color, width, dash):
            ends = f'x1="{a[0]:.2f}" y1="{a[1]:.2f}" x2="{b[0]:.2f}" y2="{b[1]:.2f}"'
            return f"<line {ends} {_paint(None, color, width, dash)}/>"
        case Rect(x, y, w, h, fill, stroke, width, dash):
            box = f'x="{x:.2f}" y="{y:.2f}" width="{w:.2f}" height="{h:.2f}"'
            return f"<rect {box} {_paint(fill, stroke, width, dash)}/>"
        case Polygon(points, fill, stroke, width, dash, closed):
            corners = " ".join(f"{x:.2f},{y:.2f}" for x, y in points)
            tag = "polygon" if closed else "polyline"
            return f'<{tag} points="{corners}" {_paint(fill, stroke, width, dash)}/>'
        case Circle(x, y, r, fill, stroke, width):
            place = f'cx="{x:.2f}" cy="{y:.2f}" r="{r:.2f}"'
            return f"<circle {place} {_paint(fill, stroke, width, ())}/>"
        case Label():
            return _text(shape)


def _text(label: Label) -> str:
    weight = ' font-weight="bold"' if label.bold else ""
    return (
        f'<text x="{label.x:.2f}" y="{label.y:.2f}" font-size="{label.size:g}" '
        f'fill="{label.color}" text-anchor="{label.anchor}"{weight}>{escape(label.text)}</text>'
    )


def _paint(fill: str | None, stroke: str | None, width: float, dash: Sequence[float]) -> str:
    paint = f'fill="{fill or "none"}"'
    if stroke:
        paint += f' stroke="{stroke}" stroke-width="{width:g}"'
    if stroke and dash:
        paint += f' stroke-dasharray="{" ".join(f"{length:g}" for length in dash)}"'
    return paint
