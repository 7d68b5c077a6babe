"""Reviews: an independent look at a report, with its marks and numbered defects."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from diagnose.records.columns import KEEP_IDS, Moment, check, now, one_of


class Decision(StrEnum):
    """How a review ended; open until then."""

    OPEN = "open"
    ACCEPTED = "accepted"
    RETURNED = "returned"


class Review(SQLModel, table=True):
    """One reviewer's review of one report version.

    `marks` maps each criterion to {system, given, note}; `red` lists the red items found.
    """

    __table_args__ = (
        UniqueConstraint("report_id", "reviewer_id"),
        one_of("decision", Decision),
        check("decided_dated", "(decision = 'open') = (decided_at IS NULL)"),
        KEEP_IDS,
    )

    id: int | None = Field(default=None, primary_key=True)
    diagnosis_id: int = Field(foreign_key="diagnosis.id", ondelete="CASCADE", index=True)
    report_id: int = Field(foreign_key="report.id", ondelete="CASCADE")
    reviewer_id: int = Field(foreign_key="account.id", index=True)
    marks: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    red: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    score: float | None = None
    comment: str = Field(default="", max_length=5000)
    decision: str = Field(default=Decision.OPEN, max_length=20)
    edition: int = 0
    assigned_at: datetime = Field(default_factory=now, sa_type=Moment)
    decided_at: datetime | None = Field(default=None, sa_type=Moment)


class Defect(SQLModel, table=True):
    """One numbered defect of a review, and how the provider mended it."""

    __table_args__ = (
        UniqueConstraint("review_id", "number"),
        check("text_given", "length(text) > 0"),
    )

    id: int | None = Field(default=None, primary_key=True)
    review_id: int = Field(foreign_key="review.id", ondelete="CASCADE")
    number: int
    place: str = Field(default="", max_length=200)
    text: str = Field(min_length=1, max_length=3000)
    answer: str = Field(default="", max_length=3000)
    answered_at: datetime | None = Field(default=None, sa_type=Moment)
