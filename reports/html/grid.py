"""A table as plain rows of words, ready for a `<table>`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.html.words import Words

Row = tuple[str, ...]
NONE = "–"


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading; '' where the rows stand alone."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its caption, the heads of its columns, groups of rows, which columns are figures."""

    caption: str
    heads: Row
    groups: tuple[Group, ...]
    figures: frozenset[int] = frozenset()


def grid(caption: str, heads: Row, rows: Sequence[Row], *figures: int) -> Grid:
    """A table whose rows stand in one group."""
    return Grid(caption, heads, (Group("", tuple(rows)),), frozenset(figures))


def heads_of(words: Words, *keys: str) -> Row:
    """The heads of columns by their keys."""
    return tuple(words.word(f"column.{key}") for key in keys)
