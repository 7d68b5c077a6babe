"""What is written when an assessment is filled in; every write first claims the sheet's edition."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from threading import Lock

from flask import current_app
from sqlalchemy import CursorResult, delete, insert, update
from sqlmodel import Session, col, select

from diagnose.records import (
    CLOSED,
    Answer,
    Assessment,
    Attachment,
    Diagnosis,
    Firm,
    FirmFacts,
    Judgement,
    Status,
    answer_row,
    note,
)
from diagnose.records.columns import now
from diagnose.records.judgement import judgement_row
from diagnose.web.access import actor
from diagnose.web.attachments.operations import store
from diagnose.web.editions import ChangedMeanwhile
from questionnaires.model import Questionnaire
from reports.dossier.batch import Batch

# One writes at a time, and SQLite lets the others ask again and again, the unlucky ones for long.
# Those who save here wait in line instead, so that only one of each process asks.
LINE = Lock()


def open_draft(session: Session, firm_id: int) -> Assessment | None:
    """The unfinished assessment of a firm, if there is one."""
    return session.exec(
        select(Assessment)
        .where(Assessment.firm_id == firm_id, Assessment.status == Status.DRAFT)
        .order_by(col(Assessment.id))
    ).first()


def begin(
    session: Session, firm: Firm, facts: FirmFacts, questionnaire: Questionnaire
) -> Assessment:
    """Start an assessment of a firm, or give the one that was started a moment before."""
    # Whoever touches the firm's row first holds it until the draft is there.
    session.exec(update(Firm).where(col(Firm.id) == firm.id).values(id=Firm.id))
    draft = open_draft(session, firm.id or 0)
    if draft is not None:
        session.rollback()
        return draft
    assessment = Assessment.model_validate(
        _facts(facts)
        | {
            "firm_id": firm.id,
            "questionnaire": questionnaire.id,
            "questionnaire_version": questionnaire.version,
            "questionnaire_hash": questionnaire.hash,
        }
    )
    session.add(assessment)
    session.flush()
    _note(session, assessment, "sheet.begin")
    session.commit()
    current_app.logger.info("assessment %s begun", assessment.id)
    return assessment


def change_facts(session: Session, assessment: Assessment, facts: FirmFacts, edition: int) -> None:
    """Keep the firm's facts anew; the roster keeps its own."""
    claim(session, assessment, edition)
    for name, value in _facts(facts).items():
        setattr(assessment, name, value)
    _note(session, assessment, "sheet.facts")
    session.commit()


def save_answers(
    session: Session, assessment: Assessment, given: Mapping[str, object], edition: int
) -> datetime:
    """Keep the answers `given`, one that is None is taken back; when they were kept."""
    assert assessment.id is not None
    number, firm_id = assessment.id, assessment.firm_id
    rows = [answer_row(number, q, raw) for q, raw in given.items() if raw is not None]
    with LINE:
        moment = claim(session, assessment, edition)
        session.exec(
            delete(Answer).where(
                col(Answer.assessment_id) == number, col(Answer.question).in_(given)
            )
        )
        if rows:
            session.exec(insert(Answer), params=rows)
        subject, questions = f"assessment:{number}", sorted(given)
        note(session, actor(), "answers.save", subject, firm_id=firm_id, questions=questions)
        session.commit()
    return moment


def submit(
    session: Session, assessment: Assessment, edition: int, batch: Batch, pledge: tuple[str, str]
) -> None:
    """Close the sheet under its pledge, keep what it was judged to be, hand it to the diagnosis."""
    assert assessment.id is not None
    assessment_id = assessment.id
    moment = claim(session, assessment, edition)
    assessment.pledged_by, assessment.pledged_post = pledge
    assessment.status = Status.SUBMITTED
    assessment.submitted_at = moment
    assessment.size = int(batch.profiles.size[0])
    session.add(Judgement.model_validate(judgement_row(assessment_id, batch.scores, 0)))
    _note(session, assessment, "sheet.submit")
    _hand_over(session, assessment)
    session.commit()
    current_app.logger.info("assessment %s submitted", assessment_id)


def discard(session: Session, assessment: Assessment, edition: int) -> None:
    """Delete a draft with its answers and files."""
    claim(session, assessment, edition)
    files = session.exec(
        select(Attachment.key).where(
            Attachment.assessment_id == assessment.id, col(Attachment.removed_at).is_(None)
        )
    ).all()
    _note(session, assessment, "sheet.discard", files=len(files))
    session.delete(assessment)
    session.commit()
    for key in files:
        store().remove(key)


def claim(session: Session, assessment: Assessment, edition: int) -> datetime:
    """Take the next edition of a draft, or find that another window was faster."""
    moment = now()
    result = session.exec(
        update(Assessment)
        .where(
            col(Assessment.id) == assessment.id,
            col(Assessment.edition) == edition,
            col(Assessment.status) == Status.DRAFT,
        )
        .values(edition=edition + 1, saved_at=moment)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(result, CursorResult)
    if result.rowcount == 0:
        session.rollback()
        raise ChangedMeanwhile
    return moment


def _hand_over(session: Session, assessment: Assessment) -> None:
    """Let the firm's open diagnosis verify this sheet, where it has none yet."""
    waiting = session.exec(
        select(Diagnosis).where(
            Diagnosis.firm_id == assessment.firm_id,
            col(Diagnosis.state).not_in(CLOSED),
            col(Diagnosis.assessment_id).is_(None),
        )
    ).first()
    if waiting is None:
        return
    waiting.assessment_id = assessment.id
    subject = f"diagnosis:{waiting.id}"
    note(session, actor(), "diagnosis.sheet", subject, firm_id=waiting.firm_id)


def _note(session: Session, assessment: Assessment, action: str, **details: int) -> None:
    subject = f"assessment:{assessment.id}"
    note(session, actor(), action, subject, firm_id=assessment.firm_id, **details)


def _facts(facts: FirmFacts) -> dict[str, object]:
    return facts.model_dump(include=set(FirmFacts.model_fields))
