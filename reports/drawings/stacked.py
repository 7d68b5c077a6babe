"""Horizontal bars of shares laid end to end: how many of a part stand at each level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from questionnaires.text import Language
from reports.drawings.labels import stacked, wrapped
from reports.drawings.shapes import Drawing, Label, Rect, Shape
from reports.palette import INK, LEVELS, MUTED, ON_LEVELS, RULE

ROW, BAR = 26.0, 14.0
NAMES, FIGURES = 0.3, 46.0
LEAST_LABELLED = 16.0  # points of width in which a figure can be read


@dataclass(frozen=True, slots=True)
class Layer:
    """A part of the district: how many firms stand at level 0…4; None where it is withheld."""

    title: str
    counts: Sequence[int] | None


def stacked_bars(
    layers: Sequence[Layer], width: float, language: Language, title: str, names: Sequence[str]
) -> Drawing:
    """A bar a part, as long as any other: shares by level, the firms in figures within.

    At the end stands how many firms there are. `names` are those of the levels, for the legend.
    """
    left, track = width * NAMES, width * (1 - NAMES) - FIGURES
    shapes: list[Shape] = []
    for at, layer in enumerate(layers):
        middle = at * ROW + ROW / 2
        shapes += stacked(0, middle, wrapped(layer.title, 8.5, left - 8, language), 8.5, INK)
        shapes += _bar(layer, left, middle, track)
        if layer.counts is not None:
            n = sum(layer.counts)
            shapes.append(Label(width, middle + 3, f"n={n}", 8.5, MUTED, anchor="end"))
    top = ROW * len(layers) + 8
    shapes += _legend(names, top, width)
    return Drawing(width, top + 16, tuple(shapes), title)


def _bar(layer: Layer, left: float, middle: float, track: float) -> list[Shape]:
    top = middle - BAR / 2
    if layer.counts is None or not sum(layer.counts):
        return [Rect(left, top, track, BAR, None, RULE, 0.6, (2.0, 2.0))]
    shapes: list[Shape] = []
    x, whole = left, sum(layer.counts)
    for level, count in enumerate(layer.counts):
        wide = track * count / whole
        if count:
            shapes.append(Rect(x, top, wide, BAR, LEVELS[level], RULE))
        if wide >= LEAST_LABELLED:
            shapes.append(
                Label(x + wide / 2, middle + 3, str(count), 8, ON_LEVELS[level], anchor="middle")
            )
        x += wide
    return shapes


def _legend(names: Sequence[str], top: float, width: float) -> list[Shape]:
    step = width / len(names)
    shapes: list[Shape] = []
    for level, name in enumerate(names):
        shapes.append(Rect(level * step, top, 10, 8, LEVELS[level], RULE))
        shapes.append(Label(level * step + 14, top + 7, name, 7.5, MUTED))
    return shapes
