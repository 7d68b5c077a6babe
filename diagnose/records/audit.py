"""The audit log: who did or saw what, when and from where; append-only, each row sealed."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import JSON, Column, Index, update
from sqlmodel import Field, Session, SQLModel, col

from diagnose.records.columns import Moment, now


class AuditEntry(SQLModel, table=True):
    """One line of the log.

    `action` is a dotted word (“diagnosis.move”), `subject` names the record (“diagnosis:12”),
    `firm_id` whose data it concerns, `details` holds ids and figures, never texts of firms. No
    foreign keys: the log outlives what it speaks of.
    """

    __table_args__ = (
        Index("ix_auditentry_subject_action", "subject", "action"),
        Index("ix_auditentry_firm_id_at", "firm_id", "at"),
    )

    id: int = Field(primary_key=True)
    at: datetime = Field(sa_type=Moment, index=True)
    account_id: int | None = None
    action: str = Field(max_length=60)
    subject: str = Field(default="", max_length=60)
    firm_id: int | None = None
    origin: str = Field(default="", max_length=60)
    details: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    before: str = Field(max_length=64)
    seal: str = Field(max_length=64)


class AuditHead(SQLModel, table=True):
    """The one row that says where the log ends; taking it keeps writers in line."""

    id: int = Field(default=1, primary_key=True)
    last: int = 0
    seal: str = Field(default="", max_length=64)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an account, or the system itself where None, and from which address.

    `at` is set where acts of the past are entered; otherwise they happen now.
    """

    account_id: int | None = None
    origin: str = ""
    at: datetime | None = None

    @property
    def moment(self) -> datetime:
        """When the act happens."""
        return self.at or now()


def note(
    session: Session,
    actor: Actor,
    action: str,
    subject: str = "",
    *,
    firm_id: int | None = None,
    **details: Any,
) -> AuditEntry:
    """Add a row to the log in the session's transaction; the caller commits.

    The log's end is taken by an UPDATE, which on every database makes later writers wait.
    """
    head = session.exec(
        update(AuditHead)
        .where(col(AuditHead.id) == 1)
        .values(last=AuditHead.last + 1)
        .returning(col(AuditHead.last), col(AuditHead.seal))
        .execution_options(synchronize_session=False)
    ).one()
    entry = AuditEntry(
        id=head.last,
        at=actor.moment,
        account_id=actor.account_id,
        action=action,
        subject=subject,
        firm_id=firm_id,
        origin=actor.origin,
        details=details,
        before=head.seal,
        seal="",
    )
    entry.seal = sealed(entry)
    session.add(entry)
    session.exec(
        update(AuditHead)
        .where(col(AuditHead.id) == 1)
        .values(seal=entry.seal)
        .execution_options(synchronize_session=False)
    )
    return entry


def sealed(entry: AuditEntry) -> str:
    """The seal of a row: over all it says and the seal before it."""
    said = [
        entry.id,
        entry.at.astimezone(UTC).isoformat(),
        entry.account_id,
        entry.action,
        entry.subject,
        entry.firm_id,
        entry.origin,
        entry.details,
        entry.before,
    ]
    return sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
