"""Horizontal bars of shares laid end to end: how many of a part stand at each level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from questionnaires.text import Language
from reports.drawings.labels import stacked, wrapped
from reports.drawings.shapes import Drawing, Label, Rect, Shape
from reports.lettering.faces import face
from reports.palette import INK, LEVELS, MUTED, ON_LEVELS, RULE

ROW, BAR, LEGEND = 26.0, 14.0, 16.0
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
    rows = _legend(names, top, width, language)
    return Drawing(width, top + LEGEND * len(rows), (*shapes, *chain(*rows)), title)


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


def _legend(
    names: Sequence[str], top: float, width: float, language: Language
) -> list[list[Shape]]:
    """The levels in as few rows as their names leave room for."""
    letters = face(False, language)
    needed = max(letters.measure(name, 7.5) for name in names) + 22
    across = min(max(int(width // needed), 1), len(names))
    step = width / across
    rows: list[list[Shape]] = [[] for _ in range(-(-len(names) // across))]
    for level, name in enumerate(names):
        row, at = divmod(level, across)
        y = top + row * LEGEND
        rows[row].append(Rect(at * step, y, 10, 8, LEVELS[level], RULE))
        rows[row].append(Label(at * step + 14, y + 7, name, 7.5, MUTED))
    return rows
