"""Answers: one question of one assessment each, with what is known of it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from diagnose.records.columns import check, one_of


class Known(StrEnum):
    """What a firm says of an answer; a question without a row is unanswered."""

    ANSWERED = "answered"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


class Answer(SQLModel, table=True):
    """One answer: the raw value as given (option id, ids, number, text), or why there is none."""

    __table_args__ = (
        UniqueConstraint("assessment_id", "question"),
        one_of("state", Known),
        check("value_if_answered", "(state = 'answered') = (value IS NOT NULL)"),
        check("reason_if_not_applicable", "(state = 'not_applicable') = (length(reason) > 0)"),
    )

    id: int | None = Field(default=None, primary_key=True)
    assessment_id: int = Field(foreign_key="assessment.id", ondelete="CASCADE")
    question: str = Field(max_length=100)
    state: str = Field(max_length=20)
    value: Any = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    reason: str = Field(default="", max_length=1000)

    @property
    def raw(self) -> object:
        """The answer as answer sheets hold it: a value, or a state."""
        return raw_form(self.state, self.value, self.reason)


def raw_form(state: str, value: object, reason: str) -> object:
    """An answer as answer sheets hold it: a value, or a state."""
    if state == Known.ANSWERED:
        return value
    if state == Known.UNKNOWN:
        return {"state": Known.UNKNOWN.value}
    return {"state": Known.NOT_APPLICABLE.value, "reason": reason}


def answer_row(assessment_id: int, question: str, raw: object) -> dict[str, Any]:
    """The columns of one answer, from the form in which answer sheets hold it."""
    row = {"assessment_id": assessment_id, "question": question, "value": None, "reason": ""}
    if isinstance(raw, Mapping):
        return row | {"state": Known(raw["state"]).value, "reason": raw.get("reason", "")}
    return row | {"state": Known.ANSWERED.value, "value": raw}
