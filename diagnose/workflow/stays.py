"""Keeping which state a diagnosis was in from one day to another."""

from __future__ import annotations

from datetime import date

from sqlalchemy import delete
from sqlmodel import Session, col, select

from diagnose.records import Diagnosis, Stay


def keep_stay(session: Session, diagnosis: Diagnosis, day: date) -> Stay:
    """Let `diagnosis` stay in its present state from `day` on, ending the stay before.

    Of several moves on one day only the last keeps a stay. A new stay always has a new id, so
    that the largest id changes with every move. A day before the last stay began counts as that
    day: clocks of two machines may differ. The caller commits.
    """
    assert diagnosis.id is not None
    open_stay = (Stay.diagnosis_id == diagnosis.id, col(Stay.until).is_(None))
    last = session.exec(select(Stay).where(*open_stay)).first()
    if last is not None:
        day = max(day, last.since)
        if last.since == day:
            session.exec(delete(Stay).where(col(Stay.id) == last.id))
            session.expunge(last)
        else:
            last.until = day
            session.add(last)
    stay = Stay(
        diagnosis_id=diagnosis.id,
        firm_id=diagnosis.firm_id,
        provider_id=diagnosis.provider_id,
        state=diagnosis.state,
        since=day,
        valid_until=diagnosis.valid_until if diagnosis.state == "done" else None,
    )
    session.add(stay)
    session.flush()
    return stay
