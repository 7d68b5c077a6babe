"""An earlier year in the fictional district: what some firms answered before they got better."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import insert
from sqlmodel import col, select

from diagnose.demonstration.scene import Scene
from diagnose.pool import read_sheets
from diagnose.reading import judge, questionnaire
from diagnose.records import (
    Actor,
    Answer,
    Assessment,
    FirmFacts,
    Judgement,
    Status,
    answer_row,
    note,
)
from diagnose.records.judgement import judgement_row
from questionnaires.check import check_rows
from questionnaires.sheets import Sheets, State
from questionnaires.writers import raw_answers

LOWER, HIGHER = 0.3, 0.06  # chances that an answer was a step lower, or higher, a year before
SAME_FACTS = set(FirmFacts.model_fields) | {
    "firm_id",
    "questionnaire",
    "questionnaire_version",
    "questionnaire_hash",
    "size",
    "pledged_by",
    "pledged_post",
}


def keep_earlier_sheets(scene: Scene, moments: Mapping[int, datetime]) -> Mapping[int, int]:
    """Give firms a sheet that they submitted at a moment of the year before.

    `moments` by firm; the ids of the new sheets by firm. Each firm has one sheet so far.
    """
    session = scene.session
    chosen = session.exec(
        select(Assessment)
        .where(col(Assessment.firm_id).in_(moments), Assessment.status == Status.SUBMITTED)
        .order_by(col(Assessment.id))
    ).all()
    if not chosen:
        return {}
    ids = select(Assessment.id).where(col(Assessment.id).in_([sheet.id for sheet in chosen]))
    rows = check_rows(questionnaire(), read_sheets(session, ids)).sheets
    sheets = _earlier(rows, scene.rng)
    kept = [chosen[line - 1] for line in sheets.lines.tolist()]
    statement = insert(Assessment).returning(col(Assessment.id), sort_by_parameter_order=True)
    held = [_row(sheet, moments[sheet.firm_id]) for sheet in kept]
    numbers = [int(number) for number in session.scalars(statement, held) if number]
    session.execute(insert(Answer), _answers(sheets, numbers))
    scores = judge().scorer.score(sheets)
    judged = [judgement_row(number, scores, row) for row, number in enumerate(numbers)]
    session.execute(insert(Judgement), judged)
    last = max(moments.values())
    note(session, Actor(at=last), "assessment.enter", sheets=len(numbers), year=last.year)
    return dict(zip((sheet.firm_id for sheet in kept), numbers, strict=True))


def _earlier(sheets: Sheets, rng: np.random.Generator) -> Sheets:
    """The same firms a year before: most answers as now, some a step lower, a few higher."""
    columns = list(sheets.columns)
    for scorer_item in judge().scorer.standard.items:
        question = sheets.questionnaire[scorer_item.question]
        at = sheets.questionnaire.index[question.id]
        if question.kind == "multi":
            columns[at] = _fewer(columns[at], len(question.options), rng)
        elif question.kind == "single":
            columns[at] = _stepped(columns[at], len(question.options), rng)
    for scene in judge().scorer.standard.scenes:
        question = sheets.questionnaire[scene.question]
        at = sheets.questionnaire.index[question.id]
        columns[at] = _stepped(columns[at], len(question.options), rng)
    kept = [
        np.where(sheets.states[:, at] == State.ANSWERED, new, old).astype(old.dtype)
        for at, (new, old) in enumerate(zip(columns, sheets.columns, strict=True))
    ]
    return replace(sheets, columns=tuple(kept))


def _stepped(column: NDArray[Any], options: int, rng: np.random.Generator) -> NDArray[Any]:
    chance = rng.random(len(column))
    step = np.where(chance < LOWER, -1, np.where(chance > 1 - HIGHER, 1, 0))
    return np.asarray(np.clip(column + step, 0, options - 1))


def _fewer(column: NDArray[Any], options: int, rng: np.random.Generator) -> NDArray[Any]:
    """Some of several options were not there yet; the last one is never taken away."""
    taken = column & rng.integers(0, 1 << options, len(column))
    fewer = np.where(rng.random(len(column)) < LOWER, taken, column)
    return np.where(fewer > 0, fewer, column)


def _row(sheet: Assessment, at: datetime) -> dict[str, Any]:
    times = {"started_at": at - timedelta(hours=3), "saved_at": at, "submitted_at": at}
    return sheet.model_dump(include=SAME_FACTS) | times | {"status": "submitted", "edition": 1}


def _answers(sheets: Sheets, numbers: Sequence[int]) -> list[dict[str, Any]]:
    return [
        answer_row(number, question, raw)
        for row, number in enumerate(numbers)
        for question, raw in raw_answers(sheets, row).items()
    ]
