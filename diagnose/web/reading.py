"""Records read back as what the engine takes: questionnaires, firms, answers, sheets."""

from __future__ import annotations

from sqlmodel import Session

from diagnose.reading import (
    questionnaire,
    raw_answers,
    raw_firm,
    verifications,
    verified_answers,
)
from diagnose.records import Assessment
from diagnose.web.errors import version_missing
from questionnaires.check import check_answers
from questionnaires.model import Questionnaire
from questionnaires.sheets import Sheets
from questionnaires.versions import line_of, load_version

__all__ = [
    "questionnaire",
    "questionnaire_of",
    "raw_answers",
    "raw_firm",
    "sheet_of",
    "verifications",
    "verified_answers",
]


def questionnaire_of(assessment: Assessment) -> Questionnaire:
    """The questionnaire the assessment was asked by.

    A patch version cannot change a score, so any with the same major and minor number serves.
    """
    asked, version = assessment.questionnaire, assessment.questionnaire_version
    present = questionnaire()
    if asked == present.id and line_of(version) == line_of(present.version):
        return present
    found = load_version(asked, version) if asked == present.id else None
    if found is None:
        raise version_missing(f"{asked} {version}")
    return found


def sheet_of(session: Session, assessment: Assessment, uscc: str) -> Sheets:
    """The one-row answer sheet of an assessment."""
    assert assessment.id is not None
    answers = raw_answers(session, assessment.id)
    firm = raw_firm(uscc, assessment)
    return check_answers(questionnaire_of(assessment), answers, firm).sheets
