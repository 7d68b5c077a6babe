"""What is written when a firm decides on its projects and reports on them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CursorResult, update
from sqlmodel import Session, col, select

from diagnose.records import AuditEntry, Project, Stage, note
from diagnose.records.columns import now
from diagnose.web.access import actor
from diagnose.web.confirmations.sent_reports import Sent
from diagnose.web.plans.stages import stage_at


class ChangedMeanwhile(Exception):  # names what the visitor meets
    """Somebody else changed the project since the page was opened."""


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
    """Keep a decision; one that was made before is replaced, its trace stays in the log."""
    before = project.stage
    _claim(session, project, edition, stage=stage.value, reason=reason, decided_at=now())
    _note(session, project, "project.decide", before=before, after=stage.value)


def report_progress(
    session: Session, project: Project, edition: str, progress: int, said: str, *, finished: bool
) -> None:
    """Keep how far an adopted project is."""
    before, stage = project.progress, stage_at(progress, finished=finished)
    _claim(
        session,
        project,
        edition,
        stage=stage.value,
        progress=progress,
        progress_note=said,
    )
    _note(
        session, project, "project.progress", before=before, after=progress, stage=stage.value
    )  # fmt: skip


def history(session: Session, project: Project) -> list[AuditEntry]:
    """What was decided and reported, the newest first."""
    return list(
        session.exec(
            select(AuditEntry)
            .where(
                AuditEntry.subject == f"project:{project.id}",
                col(AuditEntry.action).in_(("project.decide", "project.progress")),
            )
            .order_by(col(AuditEntry.id).desc())
            .limit(20)
        )
    )


def _claim(session: Session, project: Project, edition: str, **values: Any) -> None:
    """Set the columns if the project is still as the page showed it."""
    session.flush()
    result = session.exec(
        update(Project)
        .where(col(Project.id) == project.id, col(Project.edition) == _number(edition))
        .values(**values, edition=Project.edition + 1)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(result, CursorResult)
    if result.rowcount == 0:
        session.rollback()
        raise ChangedMeanwhile
    session.refresh(project)


def _number(edition: str) -> int:
    return int(edition) if edition.isascii() and edition.isdigit() else -1


def _note(session: Session, project: Project, action: str, **details: Any) -> None:
    note(
        session, actor(), action, f"project:{project.id}", firm_id=project.firm_id, **details
    )  # fmt: skip
    session.commit()
