"""How projects come into the pool: from accepted reports, declared by firms, or taken in."""

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
from diagnose.records.claiming import claim
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


def declare(
    session: Session, firm: Firm, entry: ProjectEntry, need: Need | None, actor: Actor
) -> Project:
    """Keep the project with which a firm applies for the pool; the caller commits.

    A need that it is to answer counts as matched only once the project is in the pool.
    """
    project = _enter(session, firm, entry, Origin.APPLICATION, actor, "project.declare")
    link_need(session, project, need)
    return project


def link_need(session: Session, project: Project, need: Need | None) -> None:
    """Let a declared project answer this need and no other; the caller commits.

    A need that another project answers stays with that one.
    """
    for other in session.exec(select(Need).where(Need.project_id == project.id)):
        if need is None or other.id != need.id:
            other.project_id, other.edition = None, other.edition + 1
    if need is not None and need.project_id is None:
        free = col(Need.project_id).is_(None)
        claim(session, need, need.edition, free, project_id=project.id)
    session.flush()


def take_in(
    session: Session,
    firm: Firm,
    entry: ProjectEntry,
    origin: Origin,
    account: Account | None,
    actor: Actor,
) -> Project:
    """Put a firm's own project into the pool; the caller commits."""
    assert origin in TAKEN_IN
    project = _enter(session, firm, entry, origin, actor, "project.take_in")
    move(session, project, Wanted("pool"), account, actor)
    return project


def take_declared(session: Session, project: Project, wanted: Wanted, actor: Actor) -> None:
    """What a move of a declared project means for the need that it is to answer."""
    need = session.exec(select(Need).where(Need.project_id == project.id)).first()
    if need is None:
        return
    if wanted.move == "pool":
        bind_need(session, need, project, actor)
    else:
        link_need(session, project, None)


def _enter(
    session: Session, firm: Firm, entry: ProjectEntry, origin: Origin, actor: Actor, action: str
) -> Project:
    assert firm.id is not None
    held = {"firm_id": firm.id, "origin": origin.value, "stage": Stage.ADOPTED.value}
    times = {"decided_at": actor.moment, "stage_since": actor.moment, "created_at": actor.moment}
    project = Project.model_validate(entry.model_dump() | held | times)
    session.add(project)
    session.flush()
    subject = f"project:{project.id}"
    note(session, actor, action, subject, firm_id=firm.id, origin=origin.value)
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
