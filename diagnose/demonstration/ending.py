"""How reports of the demonstration are written, sent, confirmed and reviewed."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
from sqlmodel import Session, col, select

from diagnose.records import (
    Decision,
    Defect,
    Diagnosis,
    Finding,
    Project,
    Remark,
    Report,
    Review,
    Stage,
)

ANSWERS = {
    Stage.SUGGESTED: 0.1,
    Stage.ADOPTED: 0.6,
    Stage.POSTPONED: 0.2,
    Stage.REJECTED: 0.1,
}


def latest_report(session: Session, diagnosis: Diagnosis) -> Report:
    """The version issued last."""
    found = session.exec(
        select(Report)
        .where(Report.diagnosis_id == diagnosis.id)
        .order_by(col(Report.version).desc())
    ).first()
    assert found is not None
    return found


def object_to(session: Session, diagnosis: Diagnosis, text: str, at: datetime) -> None:
    """Agree with all findings but the first."""
    report = latest_report(session, diagnosis)
    findings = session.exec(
        select(Finding).where(Finding.diagnosis_id == diagnosis.id).order_by(col(Finding.position))
    )
    for number, finding in enumerate(findings):
        session.add(
            Remark(
                report_id=report.id or 0,
                item=f"finding:{finding.id}",
                agreed=number > 0,
                text="" if number else text,
                said_at=at,
            )
        )
    session.flush()


def sign(session: Session, diagnosis: Diagnosis, name: str, post: str, at: datetime) -> None:
    """Let the head of the firm sign the confirmation."""
    report = latest_report(session, diagnosis)
    report.signed_by, report.signed_post, report.signed_at = name, post, at
    session.add(report)
    session.flush()


def open_review(
    session: Session, diagnosis: Diagnosis, reviewer_id: int | None, at: datetime
) -> Review:
    """Appoint a reviewer."""
    report = latest_report(session, diagnosis)
    review = Review(
        diagnosis_id=diagnosis.id or 0,
        report_id=report.id or 0,
        reviewer_id=reviewer_id or 0,
        assigned_at=at,
    )
    session.add(review)
    session.flush()
    return review


def decide(
    session: Session,
    diagnosis: Diagnosis,
    decision: Decision,
    at: datetime,
    defects: list[dict[str, str]],
) -> None:
    """Close the open review: accepted, or returned with numbered defects."""
    review = session.exec(
        select(Review).where(Review.diagnosis_id == diagnosis.id, Review.decision == Decision.OPEN)
    ).one()
    report = session.get_one(Report, review.report_id)
    review.decision, review.decided_at = decision, at.astimezone(UTC)
    review.marks = {
        mark["id"]: {"system": mark["points"], "given": mark["points"], "note": ""}
        for mark in report.quality["criteria"]
    }
    review.score = report.quality["score"]
    session.add(review)
    for number, defect in enumerate(defects, 1):
        session.add(Defect.model_validate(defect | {"review_id": review.id, "number": number}))
    session.flush()


def answer_plan(session: Session, diagnosis: Diagnosis, reason: str, at: datetime) -> None:
    """Let the firm decide on most projects."""
    rng = np.random.default_rng(diagnosis.id)
    for project in session.exec(select(Project).where(Project.diagnosis_id == diagnosis.id)):
        stage = Stage(str(rng.choice([*ANSWERS], p=[*ANSWERS.values()])))
        project.stage = stage
        project.reason = reason if stage in {Stage.POSTPONED, Stage.REJECTED} else ""
        project.decided_at = None if stage == Stage.SUGGESTED else at
        session.add(project)
    session.flush()
