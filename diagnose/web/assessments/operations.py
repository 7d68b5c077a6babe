"""What is written when an assessment is filled in; every write first claims the sheet's edition."""

from __future__ import annotations

from collections.abc import Mapping

from flask import current_app
from sqlalchemy import CursorResult, delete, insert, update
from sqlmodel import Session, col, select
from werkzeug.exceptions import NotFound

from diagnose.records import (
    Answer,
    Assessment,
    Firm,
    FirmEntry,
    FirmFacts,
    Judgement,
    Status,
    answer_row,
)
from diagnose.records.columns import now
from diagnose.records.judgement import judgement_row
from questionnaires.model import Questionnaire
from reports.dossier.batch import Batch

LARGEST_ID = 2**63 - 1


class EditedElsewhere(Exception):
    """The sheet was saved from another window since this page was opened."""


def find(session: Session, assessment_id: int) -> tuple[Assessment, Firm]:
    """An assessment and its firm."""
    if assessment_id > LARGEST_ID:
        raise NotFound
    found = session.exec(
        select(Assessment, Firm).join(Firm).where(col(Assessment.id) == assessment_id)
    ).first()
    if found is None:
        raise NotFound
    return found


def begin(session: Session, entry: FirmEntry, questionnaire: Questionnaire) -> Assessment:
    """Start an assessment of a firm, which is taken up or brought up to date."""
    firm = session.exec(select(Firm).where(col(Firm.uscc) == entry.uscc)).first()
    if firm is None:
        firm = Firm.model_validate(entry)
        session.add(firm)
    _take_facts(firm, entry)
    session.flush()
    assessment = Assessment.model_validate(
        _facts(entry)
        | {
            "firm_id": firm.id,
            "questionnaire": questionnaire.id,
            "questionnaire_version": questionnaire.version,
            "questionnaire_hash": questionnaire.hash,
        }
    )
    session.add(assessment)
    session.commit()
    current_app.logger.info("assessment %s begun", assessment.id)
    return assessment


def open_draft(session: Session, uscc: str) -> Assessment | None:
    """The unfinished assessment of a firm, if there is one."""
    return session.exec(
        select(Assessment)
        .join(Firm)
        .where(col(Firm.uscc) == uscc, col(Assessment.status) == Status.DRAFT)
    ).first()


def last_submitted(session: Session, uscc: str) -> Assessment | None:
    """The assessment that a firm submitted last, if there is one."""
    return session.exec(
        select(Assessment)
        .join(Firm)
        .where(col(Firm.uscc) == uscc, col(Assessment.status) == Status.SUBMITTED)
        .order_by(col(Assessment.submitted_at).desc())
    ).first()


def change_firm(session: Session, assessment: Assessment, entry: FirmEntry, edition: int) -> None:
    """Keep the firm's facts anew; its code stays as it was."""
    claim(session, assessment, edition)
    firm = session.get_one(Firm, assessment.firm_id)
    _take_facts(firm, entry)
    _take_facts(assessment, entry)
    session.commit()


def save_answers(
    session: Session, assessment: Assessment, given: Mapping[str, object], edition: int
) -> None:
    """Keep the answers `given`; one that is None is taken back."""
    claim(session, assessment, edition)
    assert assessment.id is not None
    session.exec(
        delete(Answer).where(
            col(Answer.assessment_id) == assessment.id, col(Answer.question).in_(given)
        )
    )
    rows = [answer_row(assessment.id, q, raw) for q, raw in given.items() if raw is not None]
    if rows:
        session.exec(insert(Answer), params=rows)
    session.commit()


def submit(session: Session, assessment: Assessment, edition: int, batch: Batch) -> None:
    """Close the sheet and keep what it was judged to be, and by which version of the standard."""
    claim(session, assessment, edition)
    assert assessment.id is not None
    assessment.status = Status.SUBMITTED
    assessment.submitted_at = now()
    assessment.size = int(batch.profiles.size[0])
    session.add(Judgement.model_validate(judgement_row(assessment.id, batch.scores, 0)))
    session.commit()
    current_app.logger.info("assessment %s submitted", assessment.id)


def claim(session: Session, assessment: Assessment, edition: int) -> None:
    """Take the next edition of a draft, or find that another window was faster."""
    result = session.exec(
        update(Assessment)
        .where(
            col(Assessment.id) == assessment.id,
            col(Assessment.edition) == edition,
            col(Assessment.status) == Status.DRAFT,
        )
        .values(edition=edition + 1, saved_at=now())
        .execution_options(synchronize_session=False)
    )
    assert isinstance(result, CursorResult)
    if result.rowcount == 0:
        session.rollback()
        raise EditedElsewhere
    session.refresh(assessment)


def _facts(facts: FirmFacts) -> dict[str, object]:
    return facts.model_dump(include=set(FirmFacts.model_fields))


def _take_facts(target: FirmFacts, facts: FirmFacts) -> None:
    for name, value in _facts(facts).items():
        setattr(target, name, value)
