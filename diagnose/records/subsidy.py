"""Where public money was found to help most: plans as they were computed."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from diagnose.records.columns import KEEP_IDS, Moment, check, now


class SubsidyPlan(SQLModel, table=True):
    """A plan with what was asked (`terms`) and what came out (`outcome`); `budget` in 万元."""

    __table_args__ = (check("budget_counted", "budget > 0"), KEEP_IDS)

    id: int | None = Field(default=None, primary_key=True)
    district: str = Field(max_length=100, index=True)
    name: str = Field(min_length=1, max_length=100)
    day: date
    budget: float
    terms: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    outcome: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    made_by: int | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    made_at: datetime = Field(default_factory=now, sa_type=Moment)
