"""Which of a district's figures may leave the house, given what left it before.

All tables that are ever given out are decided together, whichever of them is printed this time:
they speak of the same firms, and one of them must not tell what another withholds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session

from diagnose.bulletins.counting import (
    UNJUDGED,
    Cell,
    by_level,
    count_cells,
    covered_or_open,
    money_by_firm,
)
from diagnose.bulletins.history import Issue, Sum, Table, aligned, kept, released_before
from diagnose.coverage import figures_of
from diagnose.reading import standard
from models.disclosure import Release, Shared, changed_by_few, dominated, publish_linked

LEAST = 10
LINKED = ("streets", "providers", "street_levels", "industry_levels", "size_levels")
LISTS = ("assessed", "ever", "conversion", "projects")
_EVERY, _LAST = slice(None), (-1,)
SAME: Sequence[Shared] = (
    ((0, _LAST), (1, _LAST)),
    ((2, _LAST), (3, _LAST)),
    ((2, _LAST), (4, _LAST)),
    ((0, (_EVERY, 0)), (2, (_EVERY, -1))),
)
"""Streets and providers share covered and open; the tables by level share the levels; the covered
firms of a street are those it has at any level."""


@dataclass(frozen=True, slots=True)
class Publishable:
    """What may be given out on a day, and what is held back and why.

    `reasons` has a word for each cell of a table: “”, “small”, “change” or “company”. `history`
    are the district's totals as printed before: day, covered, due.
    """

    day: date
    levels: tuple[str, ...]
    tables: Mapping[str, Table]
    sums: Mapping[str, Sum]
    reasons: Mapping[str, NDArray[np.str_]]
    history: tuple[Any, ...] = ()

    def figures(self) -> dict[str, Any]:
        """What may be printed, as plain values: cells are [value, as of] or None."""
        return {
            "day": self.day.isoformat(),
            "levels": list(self.levels),
            "tables": {
                name: {"rows": list(table.rows), "cells": _cells(table)}
                for name, table in self.tables.items()
            },
            "sums": {name: [one.value, one.since] for name, one in self.sums.items()},
            "history": list(self.history),
        }

    def hidden(self) -> dict[str, Any]:
        """What a later issue has to mind; never shown."""
        return kept(self.tables, self.sums)

    @property
    def withheld(self) -> int:
        """How many cells are not given as they are today."""
        return sum(int((words != "").sum()) for words in self.reasons.values())


def decide(session: Session, district: str, day: date, figures: Mapping[str, Any]) -> Publishable:
    """What a district may give out; `figures` are those gathered for the day."""
    before = released_before(session, district)
    cells = count_cells(session, figures_of(session, district, day))
    levels = (*(str(at) for at in range(len(standard().level_names))), UNJUDGED)
    tables = _linked(_counts(cells, levels), len(levels), before, day)
    coverage, projects = figures["coverage"], figures["projects"]
    for name, counts in _lists(coverage, projects).items():
        tables[name] = _list(name, counts, before, day)
    reasons = {name: _reasons(name, table, before) for name, table in tables.items()}
    money = money_by_firm(session, district, day)
    sums = {name: _sum(name, values, before, day) for name, values in money.items()}
    return Publishable(day, levels, tables, sums, reasons, _printed(before, day))


def _printed(before: Sequence[Issue], day: date) -> tuple[Any, ...]:
    """The totals of earlier issues, by day; only what stood there in print."""
    earlier = {one.day: one.tables["streets"] for one in before if "streets" in one.tables}
    lines = {on: _cells(table)[-1] for on, table in earlier.items() if on < day}
    return tuple([on.isoformat(), cells[0], cells[2]] for on, cells in sorted(lines.items()))


Counted = tuple[list[str], list[list[int]]]


def _counts(cells: Sequence[Cell], levels: Sequence[str]) -> dict[str, Counted]:
    return {
        "streets": covered_or_open(cells, lambda cell: cell.street),
        "providers": covered_or_open(cells, lambda cell: cell.provider),
        "street_levels": by_level(cells, lambda cell: cell.street, levels),
        "industry_levels": by_level(cells, lambda cell: cell.division, levels),
        "size_levels": by_level(cells, lambda cell: str(cell.size), levels),
    }


def _linked(
    counts: dict[str, Counted], levels: int, before: Sequence[Issue], day: date
) -> dict[str, Table]:
    rows = {name: _all_rows(name, counts[name][0], before) for name in LINKED}
    rows["street_levels"] = rows["streets"]
    bodies = []
    for name in LINKED:
        known = dict(zip(*counts[name], strict=True))
        columns = levels if name.endswith("_levels") else 2
        empty = [0] * columns
        bodies.append(
            np.array([known.get(row, empty) for row in rows[name]], dtype=float).reshape(
                -1, columns
            )
        )
    held = [
        [
            aligned(one.tables.get(name), rows[name], body.shape[1])
            for name, body in zip(LINKED, bodies, strict=True)
        ]
        for one in before
    ]
    releases = publish_linked(
        bodies,
        published=[[table.release for table in issue] for issue in held],
        same=SAME,
        dear=[_covered(body.shape) for body in bodies[:2]],
    )
    last = held[-1] if held else [None] * len(LINKED)
    return {
        name: _table(rows[name], release, was, day)
        for name, release, was in zip(LINKED, releases, last, strict=True)
    }


def _covered(shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """How many firms are covered is what everybody asks: if one must go, rather the open ones."""
    marked = np.zeros([side + 1 for side in shape], dtype=bool)
    marked[:, 0] = True
    return marked


def _all_rows(name: str, rows: Sequence[str], before: Sequence[Issue]) -> list[str]:
    """The rows of today and of every earlier issue: one that vanished is nought, not gone."""
    earlier = {row for one in before if name in one.tables for row in one.tables[name].rows}
    return sorted(earlier | set(rows), key=lambda key: (key == "", key))


def _table(rows: Sequence[str], release: Release, was: Table | None, day: date) -> Table:
    last = np.full(release.truth.shape, "", dtype="<U10") if was is None else was.since
    since = np.where(release.hidden, last, day.isoformat())
    return Table(tuple(rows), release, since)


def _lists(coverage: Mapping[str, Any], projects: Mapping[str, Any]) -> dict[str, dict[str, float]]:
    """Lists of their own; a figure too near to dynamic coverage would tell of the difference."""
    done, due = coverage["dynamic"]
    found: dict[str, dict[str, float]] = {}
    assessed = coverage["assessed"]
    near = assessed is None or _near(assessed[0], done) or _near(assessed[1], due)
    listed = [np.nan, np.nan] if near else [assessed[0], assessed[1] - assessed[0]]
    found["assessed"] = dict(zip(("done", "open"), listed, strict=True))
    ever = coverage["ever"]
    found["ever"] = {"ever": np.nan if _near(ever, done) else ever}
    converted = projects["conversion"] or [np.nan, np.nan]
    found["conversion"] = {"done": converted[0], "open": converted[1] - converted[0]}
    found["projects"] = {name: projects[name] for name in ("pooled", "under_way", "passed")}
    return found


def _near(one: float, other: float) -> bool:
    return 0 < abs(one - other) < LEAST


def _list(name: str, counts: Mapping[str, float], before: Sequence[Issue], day: date) -> Table:
    rows = list(counts)
    held = [aligned(one.tables.get(name), rows, 0) for one in before]
    figures = np.array(list(counts.values()))
    first = np.arange(figures.size + 1) == 0
    issues = [[table.release] for table in held]
    (release,) = publish_linked([figures], published=issues, dear=[first])
    return _table(rows, release, held[-1] if held else None, day)


def _reasons(name: str, table: Table, before: Sequence[Issue]) -> NDArray[np.str_]:
    """Why each cell is withheld."""
    truth, hidden = table.release.truth, table.release.hidden
    small = (truth > 0) & (truth < LEAST)
    moved = np.zeros(truth.shape, dtype=bool)
    for one in before:
        was = aligned(one.tables.get(name), table.rows, truth.shape[1] - 1 if truth.ndim > 1 else 0)
        change = np.abs(truth - was.release.truth)
        moved |= ~was.release.hidden & (change > 0) & (change < LEAST)
    words = np.select([~hidden, small, moved], ["", "small", "change"], default="company")
    return np.asarray(words, dtype="<U10")


def _sum(name: str, values: Mapping[str, float], before: Sequence[Issue], day: date) -> Sum:
    """A sum as of today where it may be shown anew, else as it was last shown."""
    last = next((one.sums[name] for one in reversed(before) if name in one.sums), None)
    fresh = not bool(dominated([np.array(list(values.values()))])[0])
    if fresh and last is not None and last.value is not None:
        fresh = not changed_by_few(last.behind, values)
    if fresh and values:
        return Sum(round(sum(values.values()), 1), day.isoformat(), values)
    return last or Sum(None, "", {})


def _cells(table: Table) -> list[Any]:
    shown, since = table.release.shown, table.since
    flat = [
        None if np.isnan(value) else [int(value), str(day)]
        for value, day in zip(shown.ravel(), since.ravel(), strict=True)
    ]
    if shown.ndim == 1:
        return flat
    width = shown.shape[1]
    return [flat[at : at + width] for at in range(0, len(flat), width)]
