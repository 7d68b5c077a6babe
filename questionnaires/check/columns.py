"""Raw values of one question of many rows into a column, its states, and its problems."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from questionnaires.kinds import Kind
from questionnaires.model import Question
from questionnaires.normal import clean_text
from questionnaires.problems import (
    MUST_APPLY,
    NO_REASON,
    TOO_LONG,
    UNKNOWN_STATE,
    WRONG_TYPE,
    Problem,
)
from questionnaires.sheets import State
from questionnaires.text import Text

REASON_LENGTH = 500
REASON = Text("文字", "text")
_UNKNOWN = {"state": "unknown"}


@dataclass(frozen=True, slots=True)
class Said:
    """One answer as understood: its state, its column value, the reason where it needs one."""

    state: State
    value: Any
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Encoded:
    """One column, its states, and what was odd in it by row."""

    column: NDArray[Any]
    states: NDArray[np.int8]
    reasons: Mapping[int, str]
    problems: Mapping[int, Problem]


class Reader:
    """Reads the answers to one question; keeps what it learnt from chunk to chunk."""

    def __init__(self, question: Question, kind: Kind) -> None:
        self.question = question
        self.kind = kind
        self._encode = kind.encoder(question)

    def many(self, raws: list[object]) -> Encoded:
        """The raw values of many rows; the plain ones fast, the others one by one."""
        column, care = self._encode(raws)
        states = self.kind.answered(column).astype(np.int8)
        reasons, problems = {}, {}
        for row in care:
            if raws[row] == _UNKNOWN:  # by far the most frequent, and the column is blank there
                states[row] = State.UNKNOWN
                continue
            said = self.one(raws[row])
            if isinstance(said, Problem):
                problems[row] = said
                continue
            column[row], states[row] = said.value, said.state
            if said.state == State.NOT_APPLICABLE:
                reasons[row] = said.reason
        return Encoded(column, states, reasons, problems)

    def one(self, raw: object) -> Said | Problem:
        """One raw value: an answer, or a state written as a mapping."""
        if raw is None:
            return Said(State.UNANSWERED, self.kind.blank)
        if isinstance(raw, Mapping):
            return self._state(raw)
        value = self.kind.read(self.question, raw)
        if isinstance(value, Problem):
            return value
        blank = self.kind.is_blank(value)
        return Said(State.UNANSWERED if blank else State.ANSWERED, value)

    def _state(self, raw: Mapping[str, object]) -> Said | Problem:
        state = raw.get("state")
        if state == "unknown":
            return Said(State.UNKNOWN, self.kind.blank)
        if state != "not_applicable":
            return UNKNOWN_STATE.of(value=dict(raw) if state is None else state)
        if not self.question.may_not_apply:
            return MUST_APPLY.of()
        reason = _reason(raw.get("reason", ""))
        if isinstance(reason, Problem):
            return reason
        return Said(State.NOT_APPLICABLE, self.kind.blank, reason)


def _reason(raw: object) -> str | Problem:
    if not isinstance(raw, str):
        return WRONG_TYPE.of(value=raw, expected=REASON)
    reason = clean_text(raw)
    if len(reason) > REASON_LENGTH:
        return TOO_LONG.of(length=len(reason), bound=REASON_LENGTH)
    return reason or NO_REASON.of()
