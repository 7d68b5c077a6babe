"""What was given out before, read back for the rules of models.disclosure.

Bulletins and statistics speak of the same firms, so both belong to one history: a table keeps its
name whichever of them printed it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session, col, select

from diagnose.records import Publication
from models.disclosure import Release


@dataclass(frozen=True, slots=True)
class Table:
    """A table that was given out: names of its rows, and what stood in it (margins last).

    `since` says for each cell as of which day (ISO) it was shown, '' where never.
    """

    rows: tuple[str, ...]
    release: Release
    since: NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of money as last shown: its value, as of which day, and who stood behind it then."""

    value: float | None
    since: str
    behind: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Issue:
    """One publication as far as later ones have to mind it."""

    day: date
    tables: Mapping[str, Table] = field(default_factory=dict)
    sums: Mapping[str, Sum] = field(default_factory=dict)


def released_before(session: Session, district: str) -> list[Issue]:
    """Everything a district gave out, in the order in which readers got it; no drafts."""
    rows = session.exec(
        select(Publication)
        .where(Publication.district == district)
        .order_by(col(Publication.issued_at), col(Publication.id))
    )
    return [_issue(row) for row in rows if row.files]


def kept(tables: Mapping[str, Table], sums: Mapping[str, Sum]) -> dict[str, Any]:
    """What a publication keeps of itself for later ones."""
    return {
        "tables": {
            name: {
                "rows": list(table.rows),
                "truth": table.release.truth.tolist(),
                "hidden": table.release.hidden.tolist(),
                "needed": table.release.needed.tolist(),
                "shown": np.where(np.isnan(table.release.shown), -1, table.release.shown).tolist(),
                "since": table.since.tolist(),
            }
            for name, table in tables.items()
        },
        "sums": {
            name: {"value": one.value, "since": one.since, "behind": dict(one.behind)}
            for name, one in sums.items()
        },
    }


def _issue(row: Publication) -> Issue:
    held = row.hidden or {}
    return Issue(
        row.day,
        {name: _table(data) for name, data in held.get("tables", {}).items()},
        {name: Sum(**data) for name, data in held.get("sums", {}).items()},
    )


def _table(data: Mapping[str, Any]) -> Table:
    shown = np.array(data["shown"], dtype=float)
    since = np.array(data["since"], dtype="<U10")
    return Table(
        tuple(data["rows"]),
        Release(
            np.array(data["truth"], dtype=float),
            np.array(data["hidden"], dtype=bool),
            np.array(data["needed"], dtype=bool),
            np.where(shown < 0, np.nan, shown),
            np.where(since == "", -1, 0),
        ),
        since,
    )


def aligned(table: Table | None, rows: Sequence[str], columns: int) -> Table:
    """A table with the rows wanted now: what it did not have then was not shown then."""
    shape = (len(rows) + 1, columns + 1) if columns else (len(rows) + 1,)
    truth, shown, since = np.zeros(shape), np.full(shape, np.nan), np.full(shape, "", dtype="<U10")
    hidden, needed = np.ones(shape, dtype=bool), np.ones(shape, dtype=bool)
    if table is not None:
        old = {name: at for at, name in enumerate(table.rows)}
        pairs = [(at, old[name]) for at, name in enumerate(rows) if name in old]
        there = [at for at, _was in pairs] + [len(rows)]
        was = [at for _at, at in pairs] + [len(table.rows)]
        of = table.release
        truth[there], shown[there], since[there] = of.truth[was], of.shown[was], table.since[was]
        hidden[there], needed[there] = of.hidden[was], of.needed[was]
    issue = np.where(since == "", -1, 0)
    return Table(tuple(rows), Release(truth, hidden, needed, shown, issue), since)
