"""The list of exclusions: a share without the firms it leaves out is worth little."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import String, cast, literal
from sqlmodel import Session, col, select

from diagnose.records import AuditEntry, Firm
from diagnose.roster.standing import Standing


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A firm that is exempt: which diagnosis says so, since when, and why."""

    firm: Firm
    diagnosis_id: int
    since: datetime
    reason: str


def list_exclusions(session: Session, district: str, day: date) -> Sequence[Exclusion]:
    """The firms on the roster that are exempt, by street and name."""
    standing = Standing(district, day)
    where = (col(Firm.on_roster), standing.excluded)
    subject = literal("diagnosis:") + cast(col(standing.diagnosis.id), String)
    moves = session.exec(
        select(AuditEntry.subject, AuditEntry.details)
        .where(
            AuditEntry.action == "diagnosis.move",
            col(AuditEntry.subject).in_(standing.of(subject).where(*where)),
        )
        .order_by(col(AuditEntry.id))
    )
    reasons = {of: said.get("reason", "") for of, said in moves if said.get("move") == "exempt"}
    found = standing.of(Firm, col(standing.diagnosis.id), col(standing.diagnosis.state_since))
    rows = session.execute(found.where(*where).order_by(Firm.region, Firm.name, col(Firm.id)))
    return [
        Exclusion(firm, number, since, str(reasons.get(f"diagnosis:{number}", "")))
        for firm, number, since in rows
    ]
