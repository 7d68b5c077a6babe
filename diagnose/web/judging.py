"""The engine as the pages use it: one judge, compiled once in each process."""

from __future__ import annotations

from math import floor

from flask import Flask

from diagnose.reading import judge, standard
from models.firms import SIZES, UNKNOWN_SIZE
from questionnaires.text import Text

__all__ = ["floored", "judge", "level_name", "name_things", "points", "size_name", "standard"]


def level_name(number: int) -> Text:
    """The name of a level, 0 included."""
    return standard().level_name(number)


def size_name(number: int) -> Text:
    """The name of a size class; -1 is not known."""
    return SIZES[number] if number >= 0 else UNKNOWN_SIZE


def points(value: float) -> str:
    """Points to two decimals, never rounded up: that could show a threshold not reached."""
    return f"{floored(value):.2f}".rstrip("0").rstrip(".")


def floored(value: float) -> float:
    """Points cut after the second decimal; a millionth makes up for binary fractions."""
    return floor(value * 100 + 1e-6) / 100


def name_things(app: Flask) -> None:
    """Let templates name levels and sizes, and write points; read the standard for it now."""
    standard()
    app.add_template_filter(points)
    app.add_template_global(level_name)
    app.add_template_global(size_name)
