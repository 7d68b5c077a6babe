"""Marks on a page: the few operators a report needs, written straight into the page's stream.

Coordinates are points from the page's top left corner, y downwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from questionnaires.text import Language
from reports.lettering.faces import SQUEEZE, face
from reports.pdf.embedding import Embedded
from reports.pdf.theme import PAGE_HEIGHT

Point = tuple[float, float]
CIRCLE = 0.5523


@cache
def rgb(color: str) -> str:
    """A colour "#rrggbb" as three operands."""
    return " ".join(f"{int(color[at : at + 2], 16) / 255:.3g}" for at in (1, 3, 5))


def _shown(font: Embedded, text: str) -> str:
    """The operator that shows `text`, marks set closer where they stand together."""
    squeezed = font.face.squeezed(text)
    if not squeezed:
        return f"<{font.encode(text)}> Tj"
    cuts = [0, *(at + 1 for at in squeezed), len(text)]
    parts = (f"<{font.encode(text[a:b])}>" for a, b in pairwise(cuts))
    return f"[{f' {SQUEEZE} '.join(parts)}] TJ"


class Ink:
    """Draws one page after another; `take` hands over what the page holds and starts the next."""

    def __init__(self, language: Language) -> None:
        self.fonts = tuple(
            Embedded(face(bold, language), f"F{number}")
            for number, bold in enumerate((False, True), 1)
        )
        self.links: list[tuple[float, float, float, float, str]] = []
        self._ops: list[str] = []
        self._state: dict[str, object] = {}

    def take(self) -> tuple[str, list[tuple[float, float, float, float, str]]]:
        """The finished page's stream and its links (left, top, right, bottom, target)."""
        page = "\n".join(self._ops), self.links
        self._ops, self.links, self._state = [], [], {}
        return page

    def text(
        self, x: float, y: float, text: str, size: float, bold: bool, color: str, gap: float = 0
    ) -> None:
        """Set `text` with its baseline at y; `gap` is extra room after each character."""
        font = self.fonts[bold]
        self._set("Tf", f"/{font.name} {size:g}")
        self._set("Tc", f"{gap:.3g}")
        self._set("rg", rgb(color))
        self._ops.append(f"BT {x:.2f} {PAGE_HEIGHT - y:.2f} Td {_shown(font, text)} ET")

    def line(
        self, a: Point, b: Point, color: str, width: float, dash: Sequence[float] = ()
    ) -> None:
        """A straight line."""
        self._pen(color, width, dash)
        self._ops.append(f"{self._at(a)} m {self._at(b)} l S")

    def rect(
        self, x: float, y: float, w: float, h: float, fill: str | None, stroke: str | None = None,
        width: float = 0.5, dash: Sequence[float] = (),
    ) -> None:  # fmt: skip
        """A rectangle, its top left corner at (x, y); nothing where it has no area.

        A reader would show an empty one as a hairline.
        """
        if w <= 0 or h <= 0:
            return
        paint = self._paint(fill, stroke, width, dash)
        self._ops.append(f"{x:.2f} {PAGE_HEIGHT - y - h:.2f} {w:.2f} {h:.2f} re {paint}")

    def polygon(
        self, points: Sequence[Point], fill: str | None, stroke: str | None = None,
        width: float = 0.5, dash: Sequence[float] = (), closed: bool = True,
    ) -> None:  # fmt: skip
        """Straight edges through `points`, closed or open."""
        paint = self._paint(fill, stroke, width, dash)
        edges = " ".join(f"{self._at(point)} l" for point in points[1:])
        self._ops.append(f"{self._at(points[0])} m {edges} {'h ' if closed else ''}{paint}")

    def circle(
        self, x: float, y: float, r: float, fill: str | None, stroke: str | None = None,
        width: float = 0.5,
    ) -> None:  # fmt: skip
        """A circle around (x, y)."""
        paint = self._paint(fill, stroke, width, ())
        k = r * CIRCLE
        at = self._at
        arcs = (
            ((x + r, y + k), (x + k, y + r), (x, y + r)),
            ((x - k, y + r), (x - r, y + k), (x - r, y)),
            ((x - r, y - k), (x - k, y - r), (x, y - r)),
            ((x + k, y - r), (x + r, y - k), (x + r, y)),
        )
        curves = " ".join(f"{at(a)} {at(b)} {at(c)} c" for a, b, c in arcs)
        self._ops.append(f"{at((x + r, y))} m {curves} h {paint}")

    def link(self, x: float, y: float, w: float, h: float, target: str) -> None:
        """Make a rectangle lead to a bookmark."""
        self.links.append((x, y, x + w, y + h, target))

    def _at(self, point: Point) -> str:
        return f"{point[0]:.2f} {PAGE_HEIGHT - point[1]:.2f}"

    def _paint(
        self, fill: str | None, stroke: str | None, width: float, dash: Sequence[float]
    ) -> str:
        if fill:
            self._set("rg", rgb(fill))
        if stroke:
            self._pen(stroke, width, dash)
        return ("B" if stroke else "f") if fill else "S"

    def _pen(self, color: str, width: float, dash: Sequence[float]) -> None:
        self._set("RG", rgb(color))
        self._set("w", f"{width:g}")
        self._set("d", f"[{' '.join(f'{length:g}' for length in dash)}] 0")

    def _set(self, operator: str, operand: str) -> None:
        if self._state.get(operator) != operand:
            self._state[operator] = operand
            self._ops.append(f"{operand} {operator}")
