"""What happened to a diagnosis so far, from the audit log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from diagnose.records import Account, AuditEntry, Diagnosis
from diagnose.workflow import MACHINE
from questionnaires.text import Text

OPENED = Text("建立诊断任务", "Diagnosis opened")
ACTIONS = ("diagnosis.open", "diagnosis.move")


@dataclass(frozen=True, slots=True)
class Event:
    """One move: when, what, to which state, by whom (None: the system), and why."""

    at: datetime
    title: Text
    state: Text | None
    by: str | None
    reason: str


def history(session: Session, diagnosis: Diagnosis) -> list[Event]:
    """The moves of a diagnosis, the latest first."""
    rows = session.exec(
        select(AuditEntry, Account.name)
        .join(Account, col(Account.id) == col(AuditEntry.account_id), isouter=True)
        .where(
            AuditEntry.subject == f"diagnosis:{diagnosis.id}", col(AuditEntry.action).in_(ACTIONS)
        )
        .order_by(col(AuditEntry.id).desc())
    )
    return [_event(entry, name) for entry, name in rows]


def _event(entry: AuditEntry, name: str | None) -> Event:
    move = MACHINE.moves.get(entry.details.get("move", ""))
    state = MACHINE.states.get(entry.details.get("after", ""))
    return Event(
        at=entry.at,
        title=move.title if move else OPENED,
        state=state.title if state else None,
        by=name,
        reason=str(entry.details.get("reason", "")),
    )
