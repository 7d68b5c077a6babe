"""What is written when a firm decides on its projects and reports on them."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session, col, select

from diagnose.records import AuditEntry, Project, Stage, note
from diagnose.records.claiming import claim
from diagnose.records.columns import now
from diagnose.retrofits import LIFE, MoveRefused, Wanted, lacking, move_project
from diagnose.web.access import actor, me
from diagnose.web.confirmations.sent_reports import Sent
from diagnose.web.editions import ChangedMeanwhile, edition_of
from diagnose.web.plans.stages import PREPARED

MOVES = {Stage.ADOPTED: "adopt", Stage.POSTPONED: "postpone", Stage.REJECTED: "reject"}


def projects_of(session: Session, sent: Sent) -> list[Project]:
    """The projects of the plan that reached the firm, in their order."""
    return list(
        session.exec(
            select(Project)
            .where(Project.diagnosis_id == sent.diagnosis.id)
            .order_by(col(Project.year), col(Project.position), col(Project.id))
        )
    )


def decide(session: Session, project: Project, edition: str, stage: Stage, reason: str) -> None:
    """Keep a decision; one that was made before is replaced, its trace stays in the log.

    What is adopted of an accepted report enters the pool at once.
    """
    if stage == Stage.ADOPTED and project.stage in PREPARED:
        _claim(session, project, edition)
        session.commit()
        return
    wanted = Wanted(MOVES[stage], reason, edition=edition_of(edition))
    try:
        move_project(session, project, wanted, me(), actor())
    except MoveRefused:
        session.rollback()
        raise ChangedMeanwhile from None
    pool = LIFE.moves["pool"]
    if project.stage == Stage.ADOPTED and not lacking(session, project, pool, now()):
        move_project(session, project, Wanted(pool.id), None, actor())
    session.commit()


def report_progress(
    session: Session, project: Project, edition: str, progress: int, said: str
) -> None:
    """Keep how far a project is that is adopted and not contracted yet."""
    before = project.progress
    _claim(session, project, edition, progress=progress, progress_note=said)
    note(
        session,
        actor(),
        "project.progress",
        f"project:{project.id}",
        firm_id=project.firm_id,
        before=before,
        after=progress,
    )
    session.commit()


def history(session: Session, project: Project) -> list[AuditEntry]:
    """What was decided and reported, the newest first."""
    return list(
        session.exec(
            select(AuditEntry)
            .where(
                AuditEntry.subject == f"project:{project.id}",
                col(AuditEntry.action).in_(("project.decide", "project.move", "project.progress")),
            )
            .order_by(col(AuditEntry.id).desc())
            .limit(20)
        )
    )


def _claim(session: Session, project: Project, edition: str, **values: Any) -> None:
    """Set the columns if the project is still as the page showed it."""
    if not claim(session, project, edition_of(edition), **values):
        session.rollback()
        raise ChangedMeanwhile
