"""The engine as the pages use it: one judge, compiled once in each process."""

from __future__ import annotations

from flask import Flask

from diagnose.reading import judge, standard
from models.firms import SIZES, UNKNOWN_SIZE
from questionnaires.text import Text
from reports.points import points

__all__ = ["judge", "level_name", "name_things", "points", "size_name", "standard"]


def level_name(number: int) -> Text:
    """The name of a level, 0 included."""
    return standard().level_name(number)


def size_name(number: int) -> Text:
    """The name of a size class; -1 is not known."""
    return SIZES[number] if number >= 0 else UNKNOWN_SIZE


def name_things(app: Flask) -> None:
    """Let templates name levels and sizes, and write points; read the standard for it now."""
    standard()
    app.add_template_filter(points)
    app.add_template_global(level_name)
    app.add_template_global(size_name)
