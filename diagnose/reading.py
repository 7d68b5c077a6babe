"""Records read back as what the engine takes: questionnaire, judge, firms, answers."""

from __future__ import annotations

from functools import cache

from sqlmodel import Session, col, select

import questionnaires
from diagnose.records import Answer, FirmFacts, Verification
from diagnose.story import Judge
from models.scoring import load_standard
from models.standard import Standard
from questionnaires.model import Questionnaire

QUESTIONNAIRE = "sme-2024"
STANDARD = "sme-2024"


@cache
def questionnaire() -> Questionnaire:
    """The questionnaire that new assessments are asked by."""
    return questionnaires.load(QUESTIONNAIRE)


@cache
def standard() -> Standard:
    """The standard that assessments are judged by."""
    return load_standard(STANDARD)


@cache
def judge() -> Judge:
    """The judge of assessments, compiled once in each process."""
    return Judge(questionnaire(), [standard()])


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
