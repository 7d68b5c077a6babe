"""Visits: the record of what was done and seen in the firm."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from diagnose.records.columns import KEEP_IDS, Moment, check, now


class Person(SQLModel):
    """Somebody present: `side` is “firm” or “provider”, `post` a function or certificate."""

    side: str = Field(max_length=10)
    name: str = Field(min_length=1, max_length=100)
    department: str = Field(default="", max_length=100)
    post: str = Field(default="", max_length=100)


class Visit(SQLModel, table=True):
    """One visit of a diagnosis, planned first, filled in during and after it, then signed.

    The lists hold plain mappings: `people` of `Person`; `interviews` {who, points}; `workshops`
    {name, seen}; `documents` {title, kept: bool}. `scan_id` is the signed and sealed paper.
    """

    __table_args__ = (
        check("times_in_order", "ended_at IS NULL OR started_at IS NOT NULL"),
        KEEP_IDS,
    )

    id: int | None = Field(default=None, primary_key=True)
    diagnosis_id: int = Field(foreign_key="diagnosis.id", ondelete="CASCADE", index=True)
    planned_on: date
    place: str = Field(default="", max_length=300)
    started_at: datetime | None = Field(default=None, sa_type=Moment)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    opening: str = Field(default="", max_length=5000)
    closing: str = Field(default="", max_length=5000)
    wishes: str = Field(default="", max_length=5000)
    limits: str = Field(default="", max_length=5000)
    photos_allowed: bool = False
    people: list[dict[str, Any]] = Field(
        default_factory=list, sa_column=Column(JSON, nullable=False)
    )
    interviews: list[dict[str, Any]] = Field(
        default_factory=list, sa_column=Column(JSON, nullable=False)
    )
    workshops: list[dict[str, Any]] = Field(
        default_factory=list, sa_column=Column(JSON, nullable=False)
    )
    documents: list[dict[str, Any]] = Field(
        default_factory=list, sa_column=Column(JSON, nullable=False)
    )
    scan_id: int | None = Field(default=None, foreign_key="attachment.id")
    edition: int = 0
    created_at: datetime = Field(default_factory=now, sa_type=Moment)
