"""What is written when the plan is worked on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, select
from werkzeug.exceptions import Conflict

from diagnose.planning.checking import in_order
from diagnose.planning.filling import fill
from diagnose.records import AuditEntry, Diagnosis, Origin, Project, claiming, note
from diagnose.records.claiming import claim
from diagnose.reporting.gathering import Gathered
from diagnose.reporting.telling import automatic
from diagnose.web.access import actor
from diagnose.web.editions import ChangedMeanwhile

YEARS = 3
FILLED = "plan.fill"


def first_fill(session: Session, held: Gathered) -> bool:
    """Fill an empty plan from the roadmap, once."""
    subject = f"diagnosis:{held.diagnosis.id}"
    seen = select(AuditEntry.id).where(AuditEntry.subject == subject, AuditEntry.action == FILLED)
    if held.projects or session.exec(seen).first() is not None:
        return False
    refill(session, held, None)
    return True


def refill(session: Session, held: Gathered, budget: float | None) -> int:
    """Replace the system's suggestions by a new roadmap."""
    count = fill(session, held.diagnosis, automatic(held, budget), actor())
    _renumber(session, held.diagnosis)
    session.commit()
    return count


def add(session: Session, diagnosis: Diagnosis, type_: str, values: Mapping[str, Any]) -> Project:
    """Put a project at the end of its year."""
    assert diagnosis.id is not None
    project = Project(
        diagnosis_id=diagnosis.id,
        firm_id=diagnosis.firm_id,
        origin=Origin.CONSULTANT,
        type=type_,
        position=len(_rows(session, diagnosis)),
        **values,
    )
    session.add(project)
    session.flush()
    _note(session, diagnosis, "project.add", project)
    _renumber(session, diagnosis)
    session.commit()
    return project


def change(
    session: Session,
    diagnosis: Diagnosis,
    project: Project,
    values: Mapping[str, Any],
    edition: int,
) -> None:
    """Keep a changed project, or raise `ChangedMeanwhile`."""
    if not claim(session, project, edition, **values):
        session.rollback()
        raise ChangedMeanwhile
    _note(session, diagnosis, "project.change", project)
    _renumber(session, diagnosis)
    session.commit()


def remove(session: Session, diagnosis: Diagnosis, project: Project) -> None:
    """Take a project out of the plan."""
    _note(session, diagnosis, "project.remove", project)
    if not claiming.remove(session, project):
        raise Conflict
    _renumber(session, diagnosis)
    session.commit()


def shift(session: Session, diagnosis: Diagnosis, project: Project, where: str) -> None:
    """Move a project one place up or down in its year, or a year earlier or later."""
    rows = in_order(_rows(session, diagnosis))
    if where in {"earlier", "later"}:
        project.year = min(max(project.year + (1 if where == "later" else -1), 1), YEARS)
        project.position = len(rows)
    else:
        year = [row for row in rows if row.year == project.year]
        at = year.index(project)
        other = at + (1 if where == "down" else -1)
        if 0 <= other < len(year):
            year[at].position, year[other].position = year[other].position, year[at].position
    session.add(project)
    session.flush()
    _note(session, diagnosis, "project.move", project, where=where)
    _renumber(session, diagnosis)
    session.commit()


def _rows(session: Session, diagnosis: Diagnosis) -> list[Project]:
    return list(session.exec(select(Project).where(Project.diagnosis_id == diagnosis.id)))


def _renumber(session: Session, diagnosis: Diagnosis) -> None:
    """Positions count through all years, so that a project of another year never ties."""
    for position, project in enumerate(in_order(_rows(session, diagnosis))):
        project.position = position
        session.add(project)
    session.flush()


def _note(
    session: Session, diagnosis: Diagnosis, action: str, project: Project, **details: Any
) -> None:
    note(
        session,
        actor(),
        action,
        f"project:{project.id}",
        firm_id=diagnosis.firm_id,
        diagnosis=diagnosis.id,
        type=project.type,
        override=bool(project.override),
        **details,
    )
