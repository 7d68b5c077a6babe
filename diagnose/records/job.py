"""Jobs: long work done beside the pages, with how far it is."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from diagnose.records.columns import KEEP_IDS, Moment, check, now, one_of


class Stand(StrEnum):
    """How a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(SQLModel, table=True):
    """One piece of long work of an account; `key` is its result in the store, once done."""

    __table_args__ = (
        one_of("stand", Stand),
        check("done_within", "done BETWEEN 0 AND total"),
        KEEP_IDS,
    )

    id: int | None = Field(default=None, primary_key=True)
    account_id: int | None = Field(default=None, foreign_key="account.id", ondelete="CASCADE")
    work: str = Field(max_length=50)
    arguments: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    stand: str = Field(default=Stand.WAITING, max_length=20)
    done: int = 0
    total: int = 0
    name: str = Field(default="", max_length=255)
    key: str = Field(default="", max_length=200)
    problem: str = Field(default="", max_length=1000)
    created_at: datetime = Field(default_factory=now, sa_type=Moment)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
