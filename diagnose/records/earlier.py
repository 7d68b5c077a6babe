"""What rows said on an earlier day, as far as the log of their moves tells."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session, col, select

from diagnose.records.audit import AuditEntry


def before_moves(session: Session, action: str, *where: Any) -> dict[int, str]:
    """By id of the subject: from where the first of the moves that `where` leaves started."""
    rows = session.execute(
        select(col(AuditEntry.subject), col(AuditEntry.details))
        .where(col(AuditEntry.action) == action, *where)
        .order_by(col(AuditEntry.at).desc(), col(AuditEntry.id).desc())
    )
    return {
        int(subject.partition(":")[2]): details["before"]
        for subject, details in rows
        if "before" in details
    }
