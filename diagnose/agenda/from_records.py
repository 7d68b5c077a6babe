"""The agenda of a diagnosis, drawn up from what the database keeps."""

from __future__ import annotations

from sqlmodel import Session, col, or_, select

from diagnose.agenda.drawing import Agenda, draw_up
from diagnose.reading import judge, questionnaire, raw_answers, raw_firm
from diagnose.records import Assessment, Attachment, Diagnosis, Purpose
from questionnaires.check import check_answers


def agenda_of(session: Session, diagnosis: Diagnosis) -> Agenda:
    """The agenda of a diagnosis; empty until the firm has handed in its sheet."""
    if diagnosis.assessment_id is None:
        return Agenda(())
    assessment = session.get_one(Assessment, diagnosis.assessment_id)
    answers = raw_answers(session, diagnosis.assessment_id)
    sheets = check_answers(questionnaire(), answers, raw_firm("", assessment)).sheets
    evidenced = _proven_then(session, assessment)
    return draw_up(judge().scorer, sheets, evidenced, diagnosis.number)


def _proven_then(session: Session, assessment: Assessment) -> frozenset[str]:
    """The questions with evidence as the sheet was handed in: later files change no agenda."""
    then = assessment.submitted_at
    return frozenset(
        session.exec(
            select(Attachment.question).where(
                Attachment.assessment_id == assessment.id,
                Attachment.purpose == Purpose.EVIDENCE,
                col(Attachment.added_at) <= then,
                or_(col(Attachment.removed_at).is_(None), col(Attachment.removed_at) > then),
            )
        )
    )
