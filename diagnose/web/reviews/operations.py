"""What is written when a reviewer marks a report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, col

from diagnose.records import Decision, Diagnosis, Review, note
from diagnose.records.claiming import claim
from diagnose.web.access import actor
from diagnose.web.editions import ChangedMeanwhile


def keep_marks(
    session: Session,
    review: Review,
    diagnosis: Diagnosis,
    marks: Mapping[str, Any],
    red: list[str],
    comment: str,
    edition: int,
) -> None:
    """Keep the marks and their sum, or raise `ChangedMeanwhile`."""
    total = round(sum(mark["given"] for mark in marks.values()), 2)
    undecided = col(Review.decision) == Decision.OPEN
    given = {"marks": dict(marks), "red": red, "score": total, "comment": comment}
    if not claim(session, review, edition, undecided, **given):
        session.rollback()
        raise ChangedMeanwhile
    note(
        session,
        actor(),
        "review.mark",
        f"review:{review.id}",
        firm_id=diagnosis.firm_id,
        diagnosis=diagnosis.id,
        score=total,
        red=len(red),
    )
    session.commit()
