"""At which stage projects stood on a day that is over."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlmodel import Session, col, select

from diagnose.records import AuditEntry, Firm, Project
from diagnose.records.earlier import before_moves
from questionnaires.clock import HERE


def stages_on(session: Session, district: str, day: date) -> dict[int, str | None]:
    """The stage of each project of a district at the end of a day, in two statements.

    One that moved later stood where the first of these moves started; None where the log does not
    hold that move.
    """
    end = datetime.combine(day + timedelta(days=1), time(), HERE)
    own = select(col(Firm.id)).where(col(Firm.district) == district)
    before = before_moves(
        session, "project.move", col(AuditEntry.at) >= end, col(AuditEntry.firm_id).in_(own)
    )
    rows = session.execute(
        select(col(Project.id), col(Project.stage), col(Project.stage_since)).where(
            col(Project.firm_id).in_(own)
        )
    )
    return {
        id_: stage if since is None or since < end else before.get(id_)
        for id_, stage, since in rows
    }
