"""How projects come into the pool: from accepted reports, and taken in by the bureau."""

from __future__ import annotations

from sqlmodel import Session, col, select

from diagnose.moves import Wanted
from diagnose.records import (
    Account,
    Actor,
    Diagnosis,
    Firm,
    Need,
    NeedStage,
    Origin,
    Project,
    ProjectEntry,
    Stage,
    note,
)
from diagnose.retrofits.machine import move

TAKEN_IN = (Origin.CENSUS, Origin.APPLICATION, Origin.CHAIN)
"""Where projects come from that no report suggests."""


def pool_adopted(session: Session, diagnosis: Diagnosis, actor: Actor) -> int:
    """Pool what the firm adopted of an accepted report; how many. The caller commits."""
    adopted = session.exec(
        select(Project)
        .where(Project.diagnosis_id == diagnosis.id, Project.stage == Stage.ADOPTED)
        .order_by(col(Project.year), col(Project.position), col(Project.id))
    ).all()
    for project in adopted:
        move(session, project, Wanted("pool"), None, actor)
    return len(adopted)


def take_in(
    session: Session,
    firm: Firm,
    entry: ProjectEntry,
    origin: Origin,
    account: Account | None,
    actor: Actor,
) -> Project:
    """Put a firm's own project into the pool; the caller commits."""
    assert firm.id is not None
    assert origin in TAKEN_IN
    held = {"firm_id": firm.id, "origin": origin.value, "stage": Stage.ADOPTED.value}
    times = {"decided_at": actor.moment, "stage_since": actor.moment, "created_at": actor.moment}
    project = Project.model_validate(entry.model_dump() | held | times)
    session.add(project)
    session.flush()
    note(
        session,
        actor,
        "project.take_in",
        f"project:{project.id}",
        firm_id=firm.id,
        origin=origin.value,
    )
    move(session, project, Wanted("pool"), account, actor)
    return project


def bind_need(session: Session, need: Need, project: Project, actor: Actor) -> None:
    """Say that a need is answered by a project; the caller commits."""
    need.project_id, need.stage = project.id, NeedStage.MATCHED
    need.matched_type, need.edition = project.type, need.edition + 1
    session.add(need)
    session.flush()
    note(
        session,
        actor,
        "need.match",
        f"need:{need.id}",
        firm_id=need.firm_id,
        project=project.id,
    )
