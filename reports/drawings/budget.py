"""Cost by year as bars with their range, against lines that may not be crossed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from questionnaires.text import Language
from reports.drawings.labels import fitted
from reports.drawings.shapes import Drawing, Label, Line, Rect, Shape
from reports.palette import ACCENT, ACCENT_PALE, INK, MUTED, RULE, WARN

TOP, BOTTOM, NAMES = 18.0, 24.0, 104.0


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


def budget_bars(
    years: Sequence[YearBar], limits: Sequence[Limit], width: float, height: float,
    language: Language, title: str,
) -> Drawing:  # fmt: skip
    """Bars from zero to the middle estimate, a bracket from low to high; limits named at right."""
    most = max([year.high for year in years] + [limit.value for limit in limits]) * 1.08 or 1.0
    floor, plot = height - BOTTOM, width - NAMES

    def level(value: float) -> float:
        return floor - value / most * (floor - TOP)

    shapes: list[Shape] = [Line((0, floor), (plot, floor), RULE, 0.8)]
    step = plot / len(years)
    for at, year in enumerate(years):
        shapes += _bar(year, step * (at + 0.5), min(step * 0.4, 56), floor, level(year.low), level(year.mid), level(year.high), language, step)  # fmt: skip
    taken: list[float] = []
    for limit in sorted(limits, key=lambda limit: limit.value):
        y = level(limit.value)
        dash = () if limit.firm else (4.0, 3.0)
        shapes.append(Line((0, y), (plot, y), WARN, 1.0 if limit.firm else 0.8, dash))
        name = min([y, *(place - 10 for place in taken)])
        taken.append(name)
        text = fitted(limit.name, 7.5, NAMES - 6, language)
        shapes.append(Label(plot + 5, name + 2.6, text, 7.5, WARN))
    return Drawing(width, height, tuple(shapes), title)


def _bar(
    year: YearBar, x: float, wide: float, floor: float, low: float, mid: float, high: float,
    language: Language, room: float,
) -> list[Shape]:  # fmt: skip
    name = fitted(year.name, 8.5, room - 4, language)
    shapes: list[Shape] = [
        Rect(x - wide / 2, mid, wide, floor - mid, ACCENT),
        Label(x, floor + 14, name, 8.5, INK, anchor="middle"),
        Label(x + wide / 2 + 5, mid + 3, f"{year.mid:,.0f}", 8.5, INK, True),
    ]
    if year.high > year.low:
        shapes += [
            Line((x, low), (x, high), MUTED, 1.2),
            Line((x - 6, high), (x + 6, high), MUTED, 1.2),
            Line((x - 6, low), (x + 6, low), ACCENT_PALE, 1.2),
            Line((x, low), (x, mid), ACCENT_PALE, 1.2),
        ]
    return shapes
