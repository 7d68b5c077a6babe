"""Sheets back into raw values: what a reader would have read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from questionnaires.firmfields import FIELDS
from questionnaires.kinds import KINDS, Kind
from questionnaires.model import Question
from questionnaires.sheets import Firms, Sheets, State

Place = tuple[Question, Kind, State, Any, str]
"""A question, its kind, the answer's state, its column value, and the reason it does not apply."""

_BLOCK = 1_000


def raw_firm(firms: Firms, row: int) -> dict[str, object]:
    """The firm block of one row as JSON holds it, without what is not known."""
    values = [(question, kind, getattr(firms, question.id)[row]) for question, kind in FIELDS]
    return {
        question.id: kind.write(question, value)
        for question, kind, value in values
        if not kind.is_blank(value)
    }


def raw_answers(sheets: Sheets, row: int) -> dict[str, object]:
    """The answers of one row as JSON holds them, states included, without the unanswered.

    An off-route answer that kept its value is written like any other; reading it again finds it
    off route again.
    """
    return written_answers(next(places(sheets.take([row]))))


def written_answers(row: list[Place]) -> dict[str, object]:
    """As `raw_answers`, from the places of one row."""
    answers: dict[str, object] = {}
    for question, kind, state, value, reason in row:
        if state == State.UNKNOWN:
            answers[question.id] = {"state": "unknown"}
        elif state == State.NOT_APPLICABLE:
            answers[question.id] = {"state": "not_applicable", "reason": reason}
        elif not kind.is_blank(value):
            answers[question.id] = kind.write(question, value)
    return answers


def places(sheets: Sheets) -> Iterator[list[Place]]:
    """Row by row what stands at every question, as plain Python values."""
    asked = [(question, KINDS[question.kind]) for question in sheets.questionnaire.questions]
    for begin in range(0, len(sheets), _BLOCK):
        states = sheets.states[begin : begin + _BLOCK].tolist()
        values = [column[begin : begin + _BLOCK].tolist() for column in sheets.columns]
        for row, (states_of, values_of) in enumerate(
            zip(states, zip(*values, strict=True), strict=True)
        ):
            yield [
                (question, kind, state, value, sheets.reasons.get((begin + row, at), ""))
                for at, ((question, kind), state, value) in enumerate(
                    zip(asked, states_of, values_of, strict=True)
                )
            ]
