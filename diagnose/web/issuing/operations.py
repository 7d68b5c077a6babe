"""What is written when a report is issued, checked, sent and mended."""

from __future__ import annotations

from collections.abc import Mapping

from flask import current_app
from sqlmodel import Session, col, select

from diagnose.pool import Pool
from diagnose.records import Defect, Diagnosis, Firm, Report, Review, note
from diagnose.records.columns import now
from diagnose.reporting.issuing import Issue, issue
from diagnose.web.access import actor, me
from diagnose.web.results.pool import find_pool
from diagnose.workflow import Wanted, move
from questionnaires.clock import today

LONGEST = 3000


def pool_of(session: Session, diagnosis: Diagnosis) -> Pool:
    """The firms that a diagnosis's firm is compared with."""
    firm = session.get_one(Firm, diagnosis.firm_id)
    return find_pool(session, fictional=firm.fictional)


def issue_now(session: Session, diagnosis: Diagnosis) -> Report:
    """Freeze the report as it stands."""
    report = _issue(session, diagnosis)
    session.commit()
    return report


def send(session: Session, diagnosis: Diagnosis, edition: int) -> Report:
    """Send the report to the firm, frozen first where it is not; raises `MoveRefused`."""
    report = latest(session, diagnosis)
    if report is None or report.issued_at < diagnosis.state_since:
        report = _issue(session, diagnosis)
    move(session, diagnosis, Wanted("send", edition=edition), me(), actor())
    session.commit()
    return report


def send_back(session: Session, diagnosis: Diagnosis, edition: int, reason: str) -> None:
    """Back to the author; raises `MoveRefused`."""
    wanted = Wanted("return_inside", reason.strip(), edition=edition)
    move(session, diagnosis, wanted, me(), actor())
    session.commit()


def latest(session: Session, diagnosis: Diagnosis) -> Report | None:
    """The version issued last."""
    return session.exec(
        select(Report)
        .where(Report.diagnosis_id == diagnosis.id)
        .order_by(col(Report.version).desc())
    ).first()


def returned_review(session: Session, diagnosis: Diagnosis) -> tuple[Review, list[Defect]] | None:
    """The review that returned the report last, with its defects."""
    review = session.exec(
        select(Review)
        .where(Review.diagnosis_id == diagnosis.id, Review.decision == "returned")
        .order_by(col(Review.id).desc())
    ).first()
    if review is None:
        return None
    defects = session.exec(
        select(Defect).where(Defect.review_id == review.id).order_by(col(Defect.number))
    )
    return review, list(defects)


def answer_defects(
    session: Session, diagnosis: Diagnosis, defects: list[Defect], answers: Mapping[int, str]
) -> None:
    """Keep what was done about each defect, by its number; blank ones wait."""
    for defect in defects:
        given = answers.get(defect.number, "").strip()
        if given and given != defect.answer:
            defect.answer, defect.answered_at = given, now()
            session.add(defect)
            note(
                session,
                actor(),
                "defect.answer",
                f"defect:{defect.id}",
                firm_id=diagnosis.firm_id,
                diagnosis=diagnosis.id,
            )
    session.commit()


def _issue(session: Session, diagnosis: Diagnosis) -> Report:
    store = current_app.extensions["store"]
    how = Issue(me(), actor(), today(), pool_of(session, diagnosis), store)
    return issue(session, diagnosis, how)
