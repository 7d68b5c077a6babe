"""Cost by year as bars with their range, against lines that ought not to be crossed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from questionnaires.text import Language
from reports.drawings.labels import fitted
from reports.drawings.shapes import Drawing, Label, Line, Rect, Shape
from reports.lettering.faces import face
from reports.palette import ACCENT, ACCENT_PALE, INK, MUTED, RULE, WARN, WHITE

TOP, BOTTOM, NAMES, WIDEST, FIGURE = 22.0, 22.0, 120.0, 56.0, 8.5
NAME_ROW = 10.0
FARTHEST = 2.5
"""Lines farther above the highest bar than this many times are named at the top, not drawn."""


@dataclass(frozen=True, slots=True)
class YearBar:
    """The estimate of one year: low, middle and high."""

    name: str
    low: float
    mid: float
    high: float


@dataclass(frozen=True, slots=True)
class Limit:
    """A line across the bars; a firm one is drawn solid, a softer one dashed."""

    name: str
    value: float
    firm: bool


@dataclass(frozen=True, slots=True)
class _Plot:
    width: float
    floor: float
    most: float

    def y(self, value: float) -> float:
        return self.floor - value / self.most * (self.floor - TOP)


def budget_bars(
    years: Sequence[YearBar], limits: Sequence[Limit], width: float, height: float,
    language: Language, title: str,
) -> Drawing:  # fmt: skip
    """Bars from zero to the middle estimate, a whisker from low to high; limits named at right."""
    highest = max(year.high for year in years)
    near = [limit.value for limit in limits if limit.value <= highest * FARTHEST]
    plot = _Plot(width - NAMES, height - BOTTOM, max([highest, *near]) or 1.0)
    shapes: list[Shape] = [Line((0, plot.floor), (plot.width, plot.floor), RULE, 0.8)]
    step = plot.width / len(years)
    for at, year in enumerate(years):
        x = step * (at + 0.5)
        shapes += _bar(year, x, min(step * 0.4, WIDEST), plot)
        name = fitted(year.name, 8.5, step - 4, language)
        shapes.append(Label(x, height - 7, name, 8.5, INK, anchor="middle"))
    shapes += _limits(limits, plot, language)
    for at, year in enumerate(years):
        shapes += _figure(year, step * (at + 0.5) + min(step * 0.4, WIDEST) / 2 + 4, plot, language)
    return Drawing(width, height, tuple(shapes), title)


def _bar(year: YearBar, x: float, wide: float, plot: _Plot) -> list[Shape]:
    low, mid, high = plot.y(year.low), plot.y(year.mid), plot.y(year.high)
    shapes: list[Shape] = [Rect(x - wide / 2, mid, wide, plot.floor - mid, ACCENT)]
    if year.high > year.low:
        shapes += [
            Line((x, high), (x, mid), MUTED, 1.2),
            Line((x - 6, high), (x + 6, high), MUTED, 1.2),
            Line((x, mid), (x, low), ACCENT_PALE, 1.2),
            Line((x - 6, low), (x + 6, low), ACCENT_PALE, 1.2),
        ]
    return shapes


def _figure(year: YearBar, x: float, plot: _Plot, language: Language) -> list[Shape]:
    """The middle estimate beside its bar, on a ground of its own where a line crosses it."""
    y = plot.y(year.mid)
    text = f"{year.mid:,.1f}".removesuffix(".0")
    wide = face(True, language).measure(text, FIGURE)
    return [Rect(x - 1, y - 5, wide + 2, 10, WHITE), Label(x, y + 3, text, FIGURE, INK, True)]


def _limits(limits: Sequence[Limit], plot: _Plot, language: Language) -> list[Shape]:
    """Lines with their names at the right; the names of those too far up stand at the top."""
    shapes: list[Shape] = []
    ordered = sorted(limits, key=lambda limit: limit.value)
    lowest_free = plot.floor
    for limit in (limit for limit in ordered if limit.value <= plot.most):
        y = plot.y(limit.value)
        dash = () if limit.firm else (4.0, 3.0)
        shapes.append(Line((0, y), (plot.width, y), WARN, 0.9, dash))
        place = min(y, lowest_free)
        lowest_free = place - NAME_ROW
        shapes.append(_name(limit.name, place, plot, language))
    far = [limit for limit in reversed(ordered) if limit.value > plot.most]
    for row, limit in enumerate(far):
        shapes.append(_name(f"↑ {limit.name}", 6 + NAME_ROW * row, plot, language))
    return shapes


def _name(name: str, y: float, plot: _Plot, language: Language) -> Label:
    text = fitted(name, 7.5, NAMES - 6, language)
    return Label(plot.width + 5, y + 2.6, text, 7.5, WARN)
