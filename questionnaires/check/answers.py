"""The careful path: one firm's answers from a form or a draft, where a bad one stops nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from questionnaires.check.columns import Reader, Said
from questionnaires.check.names import unknown_names
from questionnaires.firmfields import FIELDS
from questionnaires.kinds import KINDS
from questionnaires.model import Question, Questionnaire
from questionnaires.problems import Problem
from questionnaires.routing import routed
from questionnaires.sheets import Firms, Sheets, State
from questionnaires.text import Text


@dataclass(frozen=True)
class Checked:
    """One sheet of the answers that could be taken, and the problems of the others by id."""

    sheets: Sheets
    problems: Mapping[str, Text]


def check_answers(
    questionnaire: Questionnaire,
    answers: Mapping[str, object],
    firm: Mapping[str, object] | None = None,
) -> Checked:
    """One firm's answers as sheets of one row.

    A bad answer is a problem under its question (or firm field) id and counts as unanswered; the
    rest is kept. The firm block may be incomplete or missing: what is not given is blank.
    """
    firm = firm or {}
    problems = {
        name: problem.text for name, _, problem in unknown_names(questionnaire, firm, answers)
    }
    fields = {}
    for question, kind in FIELDS:
        said = _said(Reader(question, kind), firm.get(question.id), problems)
        fields[question.id] = np.array([said.value], dtype=kind.dtype)
    columns, states, reasons = [], [], {}
    for at, question in enumerate(questionnaire.questions):
        reader = Reader(question, KINDS[question.kind])
        said = _said(reader, answers.get(question.id), problems)
        columns.append(np.array([said.value], dtype=reader.kind.dtype))
        states.append(said.state)
        if said.state == State.NOT_APPLICABLE:
            reasons[0, at] = said.reason
    sheets = Sheets(
        questionnaire=questionnaire,
        firms=Firms(**fields),
        states=np.array([states], dtype=np.int8),
        columns=tuple(columns),
        lines=np.zeros(1, dtype=np.int64),
        reasons=reasons,
    )
    return Checked(routed(sheets), problems)


def check_answer(question: Question, raw: object) -> Text | None:
    """What is wrong with one answer by itself, by the same rules; None where it can be taken."""
    said = Reader(question, KINDS[question.kind]).one(raw)
    return said.text if isinstance(said, Problem) else None


def _said(reader: Reader, raw: object, problems: dict[str, Text]) -> Said:
    said = reader.one(raw)
    if isinstance(said, Problem):
        problems[reader.question.id] = said.text
        return Said(State.UNANSWERED, reader.kind.blank)
    return said
