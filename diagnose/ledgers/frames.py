"""What the ledgers share: rows as columns, and the words for what records hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import col

from diagnose.access import visible
from diagnose.needs.matching import scene_titles
from diagnose.reading import standard
from diagnose.records import Account, Firm
from models.roadmap.loading import load_catalogue
from questionnaires.text import Text

Frame = Mapping[str, Sequence[Any]]
"""The cells of each column: texts in either language, days, numbers, yes or no, None."""
Cells = Callable[[Any], Any]

FIRM: tuple[Any, ...] = (col(Firm.uscc), col(Firm.name))
ACCEPTED = ("done", "expired")
"""States of diagnoses whose report was accepted."""


def framed(rows: Sequence[Any], columns: Mapping[str, Cells]) -> Frame:
    """The cells of each column, told of every row."""
    return {name: [cell(row) for row in rows] for name, cell in columns.items()}


def of_firm() -> dict[str, Cells]:
    """The two columns that say which firm."""
    return {"uscc": lambda row: row.uscc, "name": lambda row: row.name}


def part(at: int, name: str) -> Cells:
    """A column of the record that stands at place `at` of a row, None where there is none."""
    return lambda row: getattr(row[at], name, None)


def seen_by(account: Account) -> ColumnElement[bool]:
    """The firms whose rows an account may have in a ledger."""
    return visible(account, Firm)


def gathered(rows: Iterable[Sequence[Any]]) -> Mapping[Any, list[Any]]:
    """Rows of a key and one or more values: the values of each key."""
    found: defaultdict[Any, list[Any]] = defaultdict(list)
    for key, *values in rows:
        found[key].append(values[0] if len(values) == 1 else tuple(values))
    return found


def mean(values: Iterable[float], least: int = 1) -> float | None:
    """The mean to one decimal; None of fewer than `least` values."""
    held = list(values)
    return round(sum(held) / len(held), 1) if len(held) >= least else None


def level_of(level: int | None) -> Text | None:
    """What a level is called."""
    return None if level is None else standard().level_names[level]


def type_name(type_: str) -> Text | None:
    """What a type of the catalogue is called."""
    catalogue = load_catalogue()
    return catalogue[type_].name if type_ in catalogue.index else None


def scenes_of(type_: str) -> tuple[Text, ...]:
    """The scenes that a project of a type raises."""
    catalogue = load_catalogue()
    if type_ not in catalogue.index:
        return ()
    asked = dict.fromkeys(effect.question for effect in catalogue[type_].effects)
    return tuple(title for each in asked if (title := scene_name(each)) is not None)


def scene_name(scene: str) -> Text | None:
    """What a scene of the standard is called."""
    return scene_titles().get(scene)
