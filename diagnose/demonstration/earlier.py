"""An earlier year in the fictional district: what some firms answered before they got better."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
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

TAKING_PART = 0.4
A_YEAR = timedelta(days=365)
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


def show_earlier_year(scene: Scene) -> None:
    """Give some forty per cent of the assessed firms a sheet of the year before."""
    session, day, rng = scene.session, scene.day, scene.rng
    later = session.exec(
        select(Assessment).where(Assessment.status == Status.SUBMITTED).order_by(col(Assessment.id))
    ).all()
    chosen = [sheet for sheet in later if rng.random() < TAKING_PART]
    if not chosen:
        return
    ids = select(Assessment.id).where(col(Assessment.id).in_([sheet.id for sheet in chosen]))
    sheets = _earlier(check_rows(questionnaire(), read_sheets(session, ids)).sheets, rng)
    kept = [chosen[line - 1] for line in sheets.lines.tolist()]
    moment = min(sheet.submitted_at for sheet in kept if sheet.submitted_at) - A_YEAR
    rows = [_row(sheet) for sheet in kept]
    statement = insert(Assessment).returning(col(Assessment.id), sort_by_parameter_order=True)
    numbers = [int(number) for number in session.scalars(statement, rows) if number]
    session.execute(insert(Answer), _answers(sheets, numbers))
    scores = judge().scorer.score(sheets)
    judged = [judgement_row(number, scores, row) for row, number in enumerate(numbers)]
    session.execute(insert(Judgement), judged)
    note(session, Actor(at=moment), "assessment.enter", sheets=len(numbers), year=day.year - 1)
    session.commit()


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


def _row(sheet: Assessment) -> dict[str, Any]:
    assert sheet.submitted_at is not None
    at = sheet.submitted_at - A_YEAR
    times = {"started_at": at - timedelta(hours=3), "saved_at": at, "submitted_at": at}
    return sheet.model_dump(include=SAME_FACTS) | times | {"status": "submitted", "edition": 1}


def _answers(sheets: Sheets, numbers: Sequence[int]) -> list[dict[str, Any]]:
    return [
        answer_row(number, question, raw)
        for row, number in enumerate(numbers)
        for question, raw in raw_answers(sheets, row).items()
    ]
