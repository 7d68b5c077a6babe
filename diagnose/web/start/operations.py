"""What the start page lists."""

from __future__ import annotations

from sqlmodel import Session, col, select

from diagnose.records import Assessment, Firm, Judgement
from diagnose.web.paging import Paged, paged


def list_sheets(session: Session, number: int, size: int) -> Paged:
    """The assessments of real firms, the last saved first, with what they were judged to be."""
    query = (
        select(Assessment, Firm, Judgement)
        .join(Firm)
        .outerjoin(Judgement, col(Judgement.assessment_id) == col(Assessment.id))
        .where(col(Firm.fictional).is_(False))
        .order_by(col(Assessment.saved_at).desc(), col(Assessment.id).desc())
    )
    return paged(session, query, number, size)
