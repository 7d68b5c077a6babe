"""Verifications: a consultant's answer beside the firm's own."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from diagnose.records.answer import Known, raw_form
from diagnose.records.columns import Moment, check, now, one_of


class Verification(SQLModel, table=True):
    """What a consultant found true of one question; where it differs from the firm's, `why`.

    Holds an answer as `Answer` does; `reason` is why a question does not apply. `seen` says that
    the proof was looked at on site, whether or not a file of it was kept.
    """

    __table_args__ = (
        UniqueConstraint("assessment_id", "question"),
        one_of("state", Known),
        check("value_if_answered", "(state = 'answered') = (value IS NOT NULL)"),
    )

    id: int | None = Field(default=None, primary_key=True)
    assessment_id: int = Field(foreign_key="assessment.id", ondelete="CASCADE")
    question: str = Field(max_length=100)
    state: str = Field(max_length=20)
    value: Any = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    reason: str = Field(default="", max_length=1000)
    changed: bool = False
    why: str = Field(default="", max_length=2000)
    seen: bool = False
    attachment_id: int | None = Field(default=None, foreign_key="attachment.id")
    account_id: int | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    verified_at: datetime = Field(default_factory=now, sa_type=Moment)

    @property
    def raw(self) -> object:
        """The verified answer as answer sheets hold it."""
        return raw_form(self.state, self.value, self.reason)
