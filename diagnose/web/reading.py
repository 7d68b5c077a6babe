"""Records read back as what the engine takes: questionnaires, firms, answers, sheets."""

from __future__ import annotations

from functools import cache

from sqlmodel import Session, col, select

import questionnaires
from diagnose.records import Answer, Assessment, FirmFacts, Verification
from diagnose.web.errors import version_missing
from questionnaires.check import check_answers
from questionnaires.model import Questionnaire
from questionnaires.sheets import Sheets

QUESTIONNAIRE = "sme-2024"


@cache
def questionnaire() -> Questionnaire:
    """The questionnaire that new assessments are asked by."""
    return questionnaires.load(QUESTIONNAIRE)


def questionnaire_of(assessment: Assessment) -> Questionnaire:
    """The questionnaire the assessment was asked by.

    A patch version cannot change a score, so any with the same major and minor number serves.
    """
    found = questionnaire()
    same = found.id == assessment.questionnaire
    if not same or _line(found.version) != _line(assessment.questionnaire_version):
        raise version_missing(f"{assessment.questionnaire} {assessment.questionnaire_version}")
    return found


def _line(version: str) -> list[str]:
    return version.split(".")[:2]


def raw_firm(uscc: str, facts: FirmFacts) -> dict[str, object]:
    """A firm as answer sheets hold it."""
    held = facts.model_dump(include=set(FirmFacts.model_fields), exclude_none=True)
    return {"uscc": uscc, **held}


def raw_answers(session: Session, assessment_id: int) -> dict[str, object]:
    """The answers of one assessment, as answer sheets hold them."""
    kept = session.exec(select(Answer).where(col(Answer.assessment_id) == assessment_id))
    return {answer.question: answer.raw for answer in kept}


def verifications(session: Session, assessment_id: int) -> dict[str, Verification]:
    """What consultants found true, by question."""
    kept = session.exec(
        select(Verification).where(col(Verification.assessment_id) == assessment_id)
    )
    return {found.question: found for found in kept}


def verified_answers(session: Session, assessment_id: int) -> dict[str, object]:
    """The answers to judge: the verified one where there is one, otherwise the firm's own."""
    found = verifications(session, assessment_id)
    own = raw_answers(session, assessment_id)
    return own | {question: held.raw for question, held in found.items()}


def sheet_of(session: Session, assessment: Assessment, uscc: str) -> Sheets:
    """The one-row answer sheet of an assessment."""
    assert assessment.id is not None
    answers = raw_answers(session, assessment.id)
    firm = raw_firm(uscc, assessment)
    return check_answers(questionnaire_of(assessment), answers, firm).sheets
