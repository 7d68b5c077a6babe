"""The engine as the pages use it: one judge, compiled once in each process."""

from __future__ import annotations

from functools import cache
from math import floor

from flask import Flask

from diagnose.story import Judge
from diagnose.web.reading import questionnaire
from models.firms import SIZES, UNKNOWN_SIZE
from models.scoring import load_standard
from models.standard import Standard
from questionnaires.text import Text

STANDARD = "sme-2024"


@cache
def standard() -> Standard:
    """The standard that assessments are judged by."""
    return load_standard(STANDARD)


@cache
def judge() -> Judge:
    """The judge of assessments."""
    return Judge(questionnaire(), [standard()])


def level_name(number: int) -> Text:
    """The name of a level, 0 included."""
    return standard().level_name(number)


def size_name(number: int) -> Text:
    """The name of a size class; -1 is not known."""
    return SIZES[number] if number >= 0 else UNKNOWN_SIZE


def points(value: float) -> str:
    """Points to three decimals as in the report, never rounded up to a threshold not reached."""
    return f"{floored(value):.3f}".rstrip("0").rstrip(".")


def floored(value: float) -> float:
    """Points cut after the third decimal; a millionth makes up for binary fractions."""
    return floor(value * 1000 + 1e-6) / 1000


def name_things(app: Flask) -> None:
    """Let templates name levels and sizes, and write points."""
    app.add_template_filter(points)
    app.add_template_global(level_name)
    app.add_template_global(size_name)
