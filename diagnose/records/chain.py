"""Is the audit log whole? Every row is looked at, none is kept in memory."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from diagnose.records.audit import AuditEntry, AuditHead, sealed

STRETCH = 1000


@dataclass(frozen=True, slots=True)
class Chain:
    """How many rows hold together from the first on, and where the log is broken, if it is."""

    rows: int
    broken_at: int | None = None

    @property
    def whole(self) -> bool:
        """Whether no row was changed, taken out or cut off."""
        return self.broken_at is None


def check_chain(session: Session) -> Chain:
    """Follow the seals from the first row to the log's end as it is at the beginning."""
    head = session.exec(select(AuditHead.last, AuditHead.seal)).one()
    before, expected = "", 1
    while expected <= head[0]:
        rows = session.exec(
            select(AuditEntry)
            .where(col(AuditEntry.id) >= expected, col(AuditEntry.id) <= head[0])
            .order_by(col(AuditEntry.id))
            .limit(STRETCH)
        ).all()
        for row in rows:
            if row.id != expected or row.before != before or row.seal != sealed(row):
                return Chain(expected - 1, expected)
            before, expected = row.seal, expected + 1
            session.expunge(row)
        if not rows:
            return Chain(expected - 1, expected)
    if before != head[1]:
        return Chain(head[0] - 1, head[0])
    return Chain(head[0])
