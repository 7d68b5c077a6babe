"""The roadmap as a timetable: a bar a project, columns of quarters, years above them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from questionnaires.text import Language
from reports.drawings.labels import fitted, stacked, wrapped
from reports.drawings.shapes import Drawing, Label, Line, Rect, Shape
from reports.palette import ACCENT, ACCENT_MID, FAINT, INK, MUTED, RULE, WHITE

ROW, LOW_ROW, HEAD, BAR = 24.0, 19.0, 32.0, 11.0
MANY = 8
NAME = 7.75
ROOM_FOR_NUMBER = 14
SHORTEST = 3.0


@dataclass(frozen=True, slots=True)
class Task:
    """A project's bar: months from the plan's beginning, and what is printed at the right."""

    name: str
    start: float
    months: float
    figure: str


def gantt(
    tasks: Sequence[Task], years: Sequence[str], width: float, language: Language, title: str,
    *, quarters: Sequence[str], figures: str,
) -> Drawing:  # fmt: skip
    """`years` and `quarters` head the columns, `figures` the amounts at the right."""
    names, right = width * 0.31, 58.0
    month = (width - names - right) / (12 * len(years))
    row = LOW_ROW if len(tasks) > MANY else ROW
    bottom = HEAD + row * len(tasks)
    shapes = _calendar(years, names, month, bottom, language, quarters)
    shapes.append(Label(width, 26, fitted(figures, 7.5, right, language), 7.5, MUTED, anchor="end"))
    for at, task in enumerate(tasks):
        middle = HEAD + row * at + row / 2
        left = names + task.start * month
        long = max(min(task.months * month, width - right - left), SHORTEST)
        lines = wrapped(f"{at + 1}  {task.name}", NAME, names - 8, language)
        shapes += stacked(0, middle, lines, NAME, INK, leading=1.15)
        shapes.append(Rect(left, middle - BAR / 2, long, BAR, ACCENT))
        shapes.append(Rect(left, middle - BAR / 2, min(3, long), BAR, ACCENT_MID))
        if long > ROOM_FOR_NUMBER:
            shapes.append(Label(left + 7, middle + 2.7, str(at + 1), 7.5, WHITE, True))
        shapes.append(Label(width, middle + 3, task.figure, 8, INK, True, "end"))
        shapes.append(Line((0, middle + row / 2), (width, middle + row / 2), RULE, 0.3))
    return Drawing(width, bottom + 1, tuple(shapes), title)


def _calendar(
    years: Sequence[str], left: float, month: float, bottom: float, language: Language,
    quarters: Sequence[str],
) -> list[Shape]:  # fmt: skip
    shapes: list[Shape] = []
    for at, year in enumerate(years):
        x = left + at * 12 * month
        shapes.append(Rect(x, 0, 12 * month, bottom, FAINT if at % 2 == 0 else WHITE))
        name = fitted(year, 9, 12 * month - 4, language, bold=True)
        shapes.append(Label(x + 6 * month, 12, name, 9, ACCENT, True, "middle"))
        for number, text in enumerate(quarters):
            start = x + number * 3 * month
            shapes.append(Label(start + 1.5 * month, 26, text, 7, MUTED, anchor="middle"))
            shapes.append(Line((start, 18 if number else 0), (start, bottom), RULE, 0.4))
    end = left + len(years) * 12 * month
    return [
        *shapes,
        Line((end, 0), (end, bottom), RULE, 0.4),
        Line((0, HEAD), (end, HEAD), ACCENT, 0.8),
    ]
