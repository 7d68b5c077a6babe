"""The level and points of a firm's sheets, so that a state before and after can be named."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from diagnose.reading import STANDARD
from diagnose.records import Assessment, Basis, Judgement, Status
from questionnaires.clock import day_of


@dataclass(frozen=True, slots=True)
class Standing:
    """What a submitted sheet came to; `verified` where consultants looked at it."""

    assessment_id: int
    day: date
    level: int | None
    score: float | None
    verified: bool


def standings_of(session: Session, firm_id: int) -> list[Standing]:
    """The submitted sheets of a firm, the latest first."""
    rows = session.exec(
        select(Assessment)
        .where(Assessment.firm_id == firm_id, Assessment.status == Status.SUBMITTED)
        .order_by(col(Assessment.submitted_at).desc(), col(Assessment.id).desc())
    ).all()
    return _standings(session, rows)


def standings_by_id(session: Session, ids: Collection[int]) -> Mapping[int, Standing]:
    """What some sheets came to, by their id."""
    rows = session.exec(select(Assessment).where(col(Assessment.id).in_(ids))).all()
    return {held.assessment_id: held for held in _standings(session, rows)}


def _standings(session: Session, rows: Sequence[Assessment]) -> list[Standing]:
    judged = session.exec(
        select(Judgement).where(
            col(Judgement.assessment_id).in_([row.id for row in rows]),
            Judgement.standard == STANDARD,
        )
    ).all()
    # Of two judgements of one sheet the verified one stands: it is put in last.
    found = {j.assessment_id: j for j in sorted(judged, key=lambda j: j.basis == Basis.VERIFIED)}
    return [_standing(row, found.get(row.id or 0)) for row in rows]


def _standing(row: Assessment, judged: Judgement | None) -> Standing:
    return Standing(
        row.id or 0,
        day_of(row.submitted_at or row.saved_at),
        judged.level if judged else None,
        judged.score if judged else None,
        judged is not None and judged.basis == Basis.VERIFIED,
    )
