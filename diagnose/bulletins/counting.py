"""The district taken apart for tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import func
from sqlmodel import Session, col, select

from diagnose.coverage import Figures
from diagnose.coverage.counting import tag_names
from diagnose.records import Firm, Project, Provider
from diagnose.retrofits.current import contracts, spendings

UNJUDGED = "none"


@dataclass(frozen=True, slots=True)
class Cell:
    """So many firms that are due and alike; `level` of the covered ones, -1 where not judged."""

    street: str
    division: str
    size: int
    provider: str
    covered: bool
    level: int
    firms: int


def count_cells(session: Session, found: Figures) -> list[Cell]:
    """The firms due on a day, those alike in one cell."""
    at = found.at
    parts = ("street", "industry", "size", "provider")
    columns = [*(found.codes(by) for by in parts), at.covered, found.levels]
    alike, numbers = np.unique(
        np.column_stack([np.asarray(column, np.int64)[at.due] for column in columns]),
        axis=0,
        return_counts=True,
    )
    streets, houses = tag_names(session, found.panel.district), provider_names(session)
    return [
        Cell(
            streets.get(street, ""),
            f"{division:02d}" if division else "",
            size,
            houses.get(provider, ""),
            bool(covered),
            level if covered else -1,
            number,
        )
        for (street, division, size, provider, covered, level), number in zip(
            alike.tolist(), numbers.tolist(), strict=True
        )
    ]


def provider_names(session: Session) -> dict[int, str]:
    """The names of all providers by id."""
    rows = session.exec(select(Provider.id, Provider.name))
    return {number: name for number, name in rows if number is not None}


def covered_or_open(
    cells: Sequence[Cell], by: Callable[[Cell], str]
) -> tuple[list[str], list[list[int]]]:
    """A row a part: how many firms are covered, and how many are open."""
    rows = sorted({by(cell) for cell in cells}, key=lambda key: (key == "", key))
    counted: Counter[tuple[str, bool]] = Counter()
    for cell in cells:
        counted[by(cell), cell.covered] += cell.firms
    return rows, [[counted[row, True], counted[row, False]] for row in rows]


def by_level(
    cells: Sequence[Cell], by: Callable[[Cell], str], levels: Sequence[str]
) -> tuple[list[str], list[list[int]]]:
    """A row a part: how many covered firms are at each of `levels`."""
    covered = [cell for cell in cells if cell.covered]
    rows = sorted({by(cell) for cell in covered}, key=lambda key: (key == "", key))
    counted: Counter[tuple[str, str]] = Counter()
    for cell in covered:
        counted[by(cell), UNJUDGED if cell.level < 0 else str(cell.level)] += cell.firms
    return rows, [[counted[row, level] for level in levels] for row in rows]


def money_by_firm(session: Session, district: str, day: date) -> dict[str, dict[str, float]]:
    """What each firm contracted for and spent on its projects by a day, 万元; by the firm's id."""
    force, spent = contracts(day), spendings(day)
    rows = session.execute(
        _of(district, Project.firm_id, func.sum(force.c.total), func.sum(spent.c.spent))
        .outerjoin(force, force.c.project_id == Project.id)
        .outerjoin(spent, spent.c.project_id == Project.id)
        .group_by(col(Project.firm_id))
    ).all()
    return {
        "contracted": {str(firm): float(total) for firm, total, _paid in rows if total},
        "spent": {str(firm): float(paid) for firm, _total, paid in rows if paid},
    }


def _of(district: str, *columns: Any) -> Any:
    return (
        select(*columns)
        .select_from(Project)
        .join(Firm, col(Firm.id) == Project.firm_id)
        .where(Firm.district == district)
    )
