"""Tasks of a plan, who answers for them, and the letters that follow when they lag."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from diagnose.records.columns import KEEP_IDS, Moment, check, now, one_of


class TaskStage(StrEnum):
    """How far a task is; whether it is late follows from its due day."""

    WAITING = "waiting"
    UNDER_WAY = "under_way"
    DONE = "done"
    CLOSED = "closed"


class TaskPlan(SQLModel, table=True):
    """A plan whose clauses are followed."""

    __table_args__ = (UniqueConstraint("district", "title"), KEEP_IDS)

    id: int | None = Field(default=None, primary_key=True)
    district: str = Field(max_length=100)
    title: str = Field(min_length=1, max_length=200)
    document: str = Field(default="", max_length=200)
    published_on: date | None = None
    created_at: datetime = Field(default_factory=now, sa_type=Moment)


class TaskEntry(SQLModel):
    """A task as given. `others` are the responsible units.

    `feed` names the figure of the system that the indicator follows, '' where its value is typed.
    """

    number: str = Field(min_length=1, max_length=30)
    clause: str = Field(default="", max_length=200)
    title: str = Field(min_length=1, max_length=500)
    indicator: str = Field(default="", max_length=300)
    goal: float | None = None
    unit: str = Field(default="", max_length=30)
    feed: str = Field(default="", max_length=60)
    lead: str = Field(min_length=1, max_length=100)
    others: list[str] = Field(default_factory=list)
    starts_on: date | None = None
    due_on: date


class Task(TaskEntry, table=True):
    """A task of a plan, with its typed value and the proof of it."""

    __table_args__ = (
        one_of("stage", TaskStage),
        UniqueConstraint("plan_id", "number"),
        check("lead_given", "length(lead) > 0"),
        KEEP_IDS,
    )

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="taskplan.id", ondelete="CASCADE", index=True)
    others: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    stage: str = Field(default=TaskStage.WAITING, max_length=10)
    value: float | None = None
    value_on: date | None = None
    proof: str = Field(default="", max_length=1000)
    closed_on: date | None = None
    edition: int = 0


class TaskLetter(SQLModel, table=True):
    """A follow-up letter on a task that lags: why, and by when it is to be mended."""

    __table_args__ = (KEEP_IDS,)

    id: int | None = Field(default=None, primary_key=True)
    task_id: int = Field(foreign_key="task.id", ondelete="CASCADE", index=True)
    number: str = Field(max_length=40, unique=True)
    written_on: date
    mend_by: date
    reason: str = Field(default="", max_length=1000)
    figures: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    answered_on: date | None = None
    answer: str = Field(default="", max_length=2000)
    account_id: int | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
