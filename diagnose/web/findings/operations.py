"""What is written of findings: added, changed, taken back, put in order."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, select

from diagnose.records import Diagnosis, Finding, FindingProject, note
from diagnose.web.access import actor
from diagnose.web.editions import ChangedMeanwhile


def findings_of(session: Session, diagnosis: Diagnosis) -> list[Finding]:
    """The findings of a diagnosis in their order."""
    return list(
        session.exec(
            select(Finding)
            .where(Finding.diagnosis_id == diagnosis.id)
            .order_by(col(Finding.security), col(Finding.position), col(Finding.id))
        )
    )


def add_finding(
    session: Session, diagnosis: Diagnosis, columns: Mapping[str, Any], projects: Collection[int]
) -> Finding:
    """Add a finding at the end."""
    position = max((held.position for held in findings_of(session, diagnosis)), default=0) + 1
    finding = Finding.model_validate(
        {**columns, "diagnosis_id": diagnosis.id, "position": position}
    )
    session.add(finding)
    session.flush()
    _link(session, finding, projects)
    _note(session, "finding.add", diagnosis, finding)
    session.commit()
    return finding


def change_finding(
    session: Session,
    diagnosis: Diagnosis,
    finding: Finding,
    columns: Mapping[str, Any],
    projects: Collection[int],
    edition: int,
) -> None:
    """Keep a finding anew. The log's row comes first: it keeps writers in line."""
    _note(session, "finding.change", diagnosis, finding)
    _claim(session, finding, edition)
    for name, value in columns.items():
        setattr(finding, name, value)
    finding.edition += 1
    _link(session, finding, projects)
    session.commit()


def remove_finding(session: Session, diagnosis: Diagnosis, finding: Finding, edition: int) -> None:
    """Take a finding back for good."""
    _note(session, "finding.remove", diagnosis, finding)
    _claim(session, finding, edition)
    session.delete(finding)
    session.commit()


def shift_finding(session: Session, diagnosis: Diagnosis, finding: Finding, by: int) -> None:
    """Put a finding one place up (-1) or down (1)."""
    _note(session, "finding.order", diagnosis, finding)
    session.expire_all()
    held = findings_of(session, diagnosis)
    at = next((n for n, other in enumerate(held) if other.id == finding.id), None)
    if at is not None and 0 <= at + by < len(held):
        held[at], held[at + by] = held[at + by], held[at]
    for position, other in enumerate(held, 1):
        other.position = position
    session.commit()


def projects_of(session: Session, diagnosis: Diagnosis) -> dict[int, list[int]]:
    """The projects that answer each finding of a diagnosis, by the finding's id."""
    found: dict[int, list[int]] = {}
    for link in session.exec(
        select(FindingProject)
        .join(Finding, col(Finding.id) == col(FindingProject.finding_id))
        .where(Finding.diagnosis_id == diagnosis.id)
        .order_by(col(FindingProject.project_id))
    ):
        found.setdefault(link.finding_id, []).append(link.project_id)
    return found


def _claim(session: Session, finding: Finding, edition: int) -> None:
    number = finding.id
    session.expire_all()
    kept = session.exec(select(Finding.edition).where(Finding.id == number)).first()
    if kept != edition:
        session.rollback()
        raise ChangedMeanwhile


def _link(session: Session, finding: Finding, projects: Collection[int]) -> None:
    session.exec(delete(FindingProject).where(col(FindingProject.finding_id) == finding.id))
    session.add_all(
        FindingProject.model_validate({"finding_id": finding.id, "project_id": project})
        for project in projects
    )


def _note(session: Session, action: str, diagnosis: Diagnosis, finding: Finding) -> None:
    note(
        session,
        actor(),
        action,
        f"finding:{finding.id}",
        firm_id=diagnosis.firm_id,
        diagnosis=diagnosis.id,
    )
