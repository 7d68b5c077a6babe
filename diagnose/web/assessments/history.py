"""The sheets a firm has handed in, and what each was judged to be."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, and_, col, select

from diagnose.reading import STANDARD
from diagnose.records import Assessment, Basis, Judgement, Status


def submitted_sheets(
    session: Session, firm_id: int
) -> Sequence[tuple[Assessment, Judgement | None]]:
    """Submitted sheets, the latest first, each with the judgement of the firm's own answers."""
    judged = and_(
        col(Judgement.assessment_id) == Assessment.id,
        col(Judgement.standard) == STANDARD,
        col(Judgement.basis) == Basis.SELF,
    )
    return session.exec(
        select(Assessment, Judgement)
        .join(Judgement, judged, isouter=True)
        .where(Assessment.firm_id == firm_id, Assessment.status == Status.SUBMITTED)
        .order_by(col(Assessment.submitted_at).desc(), col(Assessment.id).desc())
    ).all()
