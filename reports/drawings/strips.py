"""Percentile strips: where the firm stands among its peers, measure by measure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from questionnaires.text import Language
from reports.drawings.labels import stacked, wrapped
from reports.drawings.shapes import Drawing, Label, Line, Polygon, Rect, Shape
from reports.palette import ACCENT, ACCENT_PALE, ACCENT_SOFT, INK, MUTED, WHITE

ROW, TRACK, HEAD = 30.0, 10.0, 16.0
ENDS = (0, 100)


@dataclass(frozen=True, slots=True)
class Strip:
    """A measure's percentile rank 0…100 (None: too few peers), and figures printed beside it."""

    title: str
    rank: float | None
    figures: str


def percentile_strips(
    strips: Sequence[Strip], width: float, language: Language, title: str, missing: str
) -> Drawing:
    """A track from 0 to 100 a measure, the middle half darker, the firm a diamond."""
    names, figures = width * 0.2, width * 0.26
    left, track = names, width - names - figures - 16
    bottom = HEAD + ROW * len(strips)
    shapes: list[Shape] = []
    for at, strip in enumerate(strips):
        middle = HEAD + ROW * at + ROW / 2
        shapes += stacked(0, middle, wrapped(strip.title, 9, names - 8, language), 9, INK)
        shapes.append(Rect(left, middle - TRACK / 2, track, TRACK, ACCENT_PALE))
        shapes.append(Rect(left + track / 4, middle - TRACK / 2, track / 2, TRACK, ACCENT_SOFT))
        lines = wrapped(strip.figures, 8, figures, language)
        shapes += stacked(width - figures, middle, lines, 8, MUTED)
        if strip.rank is None:
            shapes += stacked(left + track / 2, middle, [missing], 8, INK, anchor="middle")
    for rank in (0, 25, 50, 75, 100):
        x = left + track * rank / 100
        shapes.append(Label(x, 9, str(rank), 7, MUTED, anchor="middle"))
        shapes.append(Line((x, HEAD), (x, bottom), MUTED if rank in ENDS else WHITE, 0.5))
    for at, strip in enumerate(strips):
        if strip.rank is not None:
            shapes += _diamond(left + track * strip.rank / 100, HEAD + ROW * at + ROW / 2)
    return Drawing(width, bottom + 6, tuple(shapes), title)


def _diamond(x: float, y: float) -> list[Shape]:
    points = ((x, y - 8), (x + 6, y), (x, y + 8), (x - 6, y))
    return [Polygon(points, ACCENT, WHITE, 1)]
