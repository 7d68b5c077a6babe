"""“Same as last year”: what the firm answered last time, offered anew, counting only once said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from diagnose.records import Assessment, Status
from diagnose.web.reading import raw_answers
from questionnaires.check import check_answer
from questionnaires.model import Question


def sheet_before(session: Session, assessment: Assessment) -> Assessment | None:
    """The sheet of the same questionnaire that the firm submitted last before this one."""
    return session.exec(
        select(Assessment)
        .where(
            Assessment.firm_id == assessment.firm_id,
            Assessment.questionnaire == assessment.questionnaire,
            Assessment.status == Status.SUBMITTED,
            Assessment.id != assessment.id,
        )
        .order_by(col(Assessment.submitted_at).desc(), col(Assessment.id).desc())
    ).first()


class LastTime:
    """The answers of last time that still can be given; `at` is when it was submitted."""

    def __init__(self, session: Session, assessment: Assessment) -> None:
        found = sheet_before(session, assessment)
        self.at: datetime | None = None
        self.answers: Mapping[str, object] = {}
        if found is not None:
            assert found.id is not None
            self.at = found.submitted_at
            self.answers = raw_answers(session, found.id)

    def offered(
        self, questions: tuple[Question, ...], kept: Mapping[str, object]
    ) -> dict[str, object]:
        """The answers of last time to those `questions` that are open now."""
        return {
            question.id: self.answers[question.id]
            for question in questions
            if question.id in self.answers
            and question.id not in kept
            and check_answer(question, self.answers[question.id]) is None
        }
