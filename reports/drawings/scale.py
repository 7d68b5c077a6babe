"""The score on its scale: bands of the levels, the threshold of each, and where the firm stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from questionnaires.text import Language
from reports.drawings.labels import fitted
from reports.drawings.shapes import Drawing, Label, Line, Polygon, Rect, Shape
from reports.lettering.faces import face
from reports.palette import ACCENT, INK, LEVELS, MUTED, RULE, WHITE
from reports.points import points

BAND_TOP, BAND_HEIGHT, HEIGHT, FIGURE = 34.0, 14.0, 84.0, 13.0


@dataclass(frozen=True, slots=True)
class Band:
    """The band of a level: its name and the score from which it can be had."""

    name: str
    start: float


def score_scale(
    score: float, full: float, bands: Sequence[Band], width: float, language: Language, title: str
) -> Drawing:
    """A bar from 0 to `full`; `bands` ascend, the first is what lies below level 1."""
    shapes: list[Shape] = []
    ends = [*(band.start for band in bands[1:]), full]
    for at, (band, end) in enumerate(zip(bands, ends, strict=True)):
        left, right = band.start / full * width, end / full * width
        shapes.append(Rect(left, BAND_TOP, right - left, BAND_HEIGHT, LEVELS[min(at, 4)], RULE))
        name = fitted(band.name, 8, right - left - 4, language)
        shapes.append(Label((left + right) / 2, BAND_TOP + 44, name, 8, INK, anchor="middle"))
        shapes.append(_tick(left, f"{band.start:g}"))
    shapes.append(_tick(width, f"{full:g}", anchor="end"))
    return Drawing(width, HEIGHT, (*shapes, *_marker(score, full, width, language)), title)


def _tick(x: float, text: str, anchor: str = "start") -> Label:
    return Label(x, BAND_TOP + 27, text, 7.5, MUTED, anchor="end" if anchor == "end" else "start")


def _marker(score: float, full: float, width: float, language: Language) -> list[Shape]:
    x = min(max(score / full, 0), 1) * width
    figure = points(score)
    half = face(True, language).measure(figure, FIGURE) / 2
    label = min(max(x, half), width - half)
    left, right, top = max(x - 5, 0), min(x + 5, width), BAND_TOP - 11
    return [
        Line((x, BAND_TOP - 3), (x, BAND_TOP + BAND_HEIGHT + 3), INK, 1.4),
        Polygon(((left, top), (right, top), (x, BAND_TOP - 3)), ACCENT, WHITE),
        Label(label, BAND_TOP - 16, figure, FIGURE, ACCENT, bold=True, anchor="middle"),
    ]
