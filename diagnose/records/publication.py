"""What a bureau gave out: bulletins and statistics, frozen as they were published."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from diagnose.records.columns import KEEP_IDS, Moment, now, one_of


class PublicationKind(StrEnum):
    """What was given out."""

    BULLETIN = "bulletin"
    STATISTICS = "statistics"


class Publication(SQLModel, table=True):
    """One issue: its figures as printed, and its files in the store.

    `hidden` holds what was held back, so that a later issue cannot bring it to light; it is never
    shown. `files` maps each edition to {key, sha256, size}.
    """

    __table_args__ = (
        one_of("kind", PublicationKind),
        UniqueConstraint("district", "kind", "day"),
        KEEP_IDS,
    )

    id: int | None = Field(default=None, primary_key=True)
    district: str = Field(max_length=100)
    kind: str = Field(max_length=20)
    day: date
    number: str = Field(max_length=40)
    figures: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    hidden: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    files: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    foreword: str = Field(default="", max_length=3000)
    issued_by: int | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    issued_at: datetime = Field(default_factory=now, sa_type=Moment)


class Rating(SQLModel, table=True):
    """What a firm thinks of its provider after a diagnosis, 1 to 5; `neutral`: was it neutral."""

    id: int | None = Field(default=None, primary_key=True)
    diagnosis_id: int = Field(foreign_key="diagnosis.id", ondelete="CASCADE", unique=True)
    satisfaction: int = Field(ge=1, le=5)
    neutral: int | None = Field(default=None, ge=1, le=5)
    text: str = Field(default="", max_length=1000)
    said_at: datetime = Field(default_factory=now, sa_type=Moment)
