"""Horizontal bars of points against their full marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from questionnaires.text import Language
from reports.drawings.labels import stacked, wrapped
from reports.drawings.shapes import Drawing, Label, Line, Rect, Shape
from reports.palette import ACCENT, ACCENT_PALE, INK, MUTED, WARN, WHITE
from reports.points import points

ROW, BAR = 28.0, 12.0


@dataclass(frozen=True, slots=True)
class Measure:
    """Points of `full`; `share` is the same in per cent, as printed."""

    title: str
    points: float
    full: float
    share: str


def points_bars(
    measures: Sequence[Measure], width: float, language: Language, title: str
) -> Drawing:
    """A bar a measure: track = full marks, all on their own scale; the share stands at its end."""
    names, figures = width * 0.24, 100.0
    track = width - names - figures
    shapes: list[Shape] = []
    for at, measure in enumerate(measures):
        middle = at * ROW + ROW / 2
        share = min(measure.points / measure.full, 1) if measure.full else 0
        lines = wrapped(measure.title, 9, names - 8, language)
        shapes += stacked(0, middle, lines, 9, INK)
        shapes.append(Rect(names, middle - BAR / 2, track, BAR, ACCENT_PALE))
        shapes.append(Rect(names, middle - BAR / 2, track * share, BAR, ACCENT))
        for quarter in (0.25, 0.5, 0.75):
            x = names + track * quarter
            shapes.append(Line((x, middle - BAR / 2), (x, middle + BAR / 2), WHITE, 0.6))
        figure = f"{points(measure.points)} / {points(measure.full)}"
        shapes.append(Label(width - 42, middle + 3.2, figure, 9, INK, True, "end"))
        shapes.append(Label(width, middle + 3.2, f"{measure.share} %", 8.5, MUTED, anchor="end"))
    return Drawing(width, ROW * len(measures), tuple(shapes), title)


def points_meter(have: float, full: float, width: float = 60.0) -> Drawing:
    """A bar for a table cell."""
    share = min(have / full, 1) if full else 0
    shapes = (Rect(0, 2, width, 8, ACCENT_PALE), Rect(0, 2, width * share, 8, ACCENT))
    return Drawing(width, 12, shapes, f"{points(have)} / {points(full)}")


def leaning(share: float, width: float) -> Drawing:
    """A bar for a table cell from the middle: right and solid for, left and hollow against."""
    middle = width / 2
    length = min(abs(share), 1) * (middle - 2)
    bar = (
        Rect(middle, 2, length, 8, ACCENT)
        if share >= 0
        else Rect(middle - length, 2, length, 8, None, WARN, 0.8)
    )
    return Drawing(width, 12, (Line((middle, 0), (middle, 12), MUTED, 0.6), bar), f"{share:+.2f}")
