"""Which scenes are weakest in which industry: the mean share of the highest level reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session, col, select

from diagnose.analysis.levels import LEAST_INSIDE
from diagnose.analysis.reading import NO_DIVISION, Assessed
from diagnose.reading import standard
from diagnose.records import Answer, Assessment, Firm, Verification
from diagnose.records.answer import Known

MOST_LEVEL = 4
WEAKEST = 3


@dataclass(frozen=True, slots=True, eq=False)
class Scenes:
    """By industry (rows) and scene (columns): `mean` share 0…1, NaN below the least; `n` firms.

    The first row, key '', is the whole district. `firms` (rows,) were assessed in all; `weakest`
    holds the columns of each row's weakest scenes, the weakest first.
    """

    scenes: tuple[str, ...]
    divisions: tuple[str, ...]
    mean: NDArray[np.float64]
    n: NDArray[np.int64]
    firms: NDArray[np.int64]
    weakest: Sequence[Sequence[int]]


def weakest_scenes(session: Session, held: Assessed, *, least: int = LEAST_INSIDE) -> Scenes:
    """The scenes of one year's sheets, as verified where a consultant looked; two statements."""
    shares = _shares(session, held)
    divisions = tuple(sorted({str(d) for d in held.division if d != NO_DIVISION}))
    rows = [np.ones(len(held), bool), *(held.division == division for division in divisions)]
    n = np.array([np.isfinite(shares[row]).sum(axis=0) for row in rows])
    sums = np.array([np.nansum(shares[row], axis=0) for row in rows])
    mean = np.divide(sums, n, out=np.full(sums.shape, np.nan), where=n >= max(least, 1))
    weakest = [
        [int(c) for c in np.argsort(row, kind="stable")[:WEAKEST] if np.isfinite(row[c])]
        for row in mean
    ]
    firms = np.array([int(row.sum()) for row in rows])
    return Scenes(_scenes(), ("", *divisions), mean, n, firms, weakest)


def _scenes() -> tuple[str, ...]:
    return tuple(scene.question for scene in standard().scenes)


def _shares(session: Session, held: Assessed) -> NDArray[np.float64]:
    """(n, scenes) the share of the highest level, NaN where there is no answer."""
    column = {scene: at for at, scene in enumerate(_scenes())}
    row = {int(id_): at for at, id_ in enumerate(held.assessment)}
    shares = np.full((len(held), len(column)), np.nan)
    firms = held.firm.tolist()
    for table in (Answer, Verification):
        for assessment, question, state, value in _said(session, table, firms, tuple(column)):
            if assessment in row:
                known = state == Known.ANSWERED
                share = int(value) / MOST_LEVEL if known else np.nan
                shares[row[assessment], column[question]] = share
    return shares


def _said(
    session: Session, table: Any, firms: Sequence[int], questions: tuple[str, ...]
) -> Sequence[Any]:
    """What a table says of these questions in the sheets of the district these firms are in."""
    if not firms:
        return ()
    district = select(Firm.district).where(Firm.id == firms[0]).scalar_subquery()
    found: Sequence[Any] = session.execute(
        select(table.assessment_id, table.question, table.state, table.value)
        .join(Assessment, col(Assessment.id) == table.assessment_id)
        .join(Firm, col(Firm.id) == Assessment.firm_id)
        .where(Firm.district == district, table.question.in_(questions))
    ).all()
    return found
