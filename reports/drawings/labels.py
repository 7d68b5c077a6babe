"""Lettering of charts: texts cut or broken to the room they have."""

from __future__ import annotations

from questionnaires.text import Language
from reports.drawings.shapes import Anchor, Label
from reports.lettering.breaking import break_lines, shorten
from reports.lettering.faces import face


def fitted(text: str, size: float, room: float, language: Language, bold: bool = False) -> str:
    """`text` on one line of at most `room` points, its end cut where it must be."""
    return shorten(text, face(bold, language), room * 1000 / size)


def wrapped(
    text: str, size: float, room: float, language: Language, most: int = 2, bold: bool = False
) -> list[str]:
    """`text` in at most `most` lines of `room` points, the last one cut where it must be."""
    weight = face(bold, language)
    limit = room * 1000 / size
    lines = break_lines(text, weight.running_widths(text), limit)
    shown = [text[line.start : line.end] for line in lines[:most]]
    if len(lines) > most:
        shown[-1] = shorten(text[lines[most - 1].start :], weight, limit)
    return shown


def stacked(
    x: float, middle: float, lines: list[str], size: float, color: str,
    *, bold: bool = False, anchor: Anchor = "start", leading: float = 1.25,
) -> list[Label]:  # fmt: skip
    """Lines under one another, the whole centred on y = `middle`."""
    first = middle - (len(lines) - 1) * size * leading / 2 + size * 0.36
    return [
        Label(x, first + at * size * leading, line, size, color, bold, anchor)
        for at, line in enumerate(lines)
    ]
