"""How high a row must be for its wrapped texts; not every program works it out by itself."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil
from unicodedata import east_asian_width

LINE = 15.5  # points of a line at the form's size
AROUND = 5
HIGHEST = 409  # points, says Excel
_SLACK = 0.94  # words break before the edge


def height(texts: Iterable[tuple[str, float]]) -> float:
    """Points for the highest of the texts, each with the width of its column in digits."""
    lines = max((_lines(text, width * _SLACK) for text, width in texts), default=1)
    return min(lines * LINE + AROUND, HIGHEST)


def _lines(text: str, width: float) -> int:
    return sum(max(ceil(_width(line) / width), 1) for line in text.split("\n"))


def _width(line: str) -> int:
    return sum(2 if east_asian_width(char) in "WFA" else 1 for char in line)
