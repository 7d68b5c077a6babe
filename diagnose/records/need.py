"""The census of retrofit needs: what a firm has, lacks, plans and worries about."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from diagnose.records.columns import KEEP_IDS, Moment, check, now, one_of


class CensusStage(StrEnum):
    """How far a firm's census sheet is."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CHECKED = "checked"


class NeedStage(StrEnum):
    """What became of a need."""

    OPEN = "open"
    MATCHED = "matched"
    MET = "met"
    UNMET = "unmet"
    WITHDRAWN = "withdrawn"


class Census(SQLModel, table=True):
    """A firm's census sheet; `facts` holds its blocks by field id (present state, pains, worries).

    `shares` lists what the firm agrees its sheet may be used for.
    """

    __table_args__ = (
        one_of("stage", CensusStage),
        check("submitted_dated", "stage = 'draft' OR submitted_at IS NOT NULL"),
        KEEP_IDS,
    )

    id: int | None = Field(default=None, primary_key=True)
    firm_id: int = Field(foreign_key="firm.id", ondelete="CASCADE", index=True)
    campaign_id: int | None = Field(default=None, foreign_key="campaign.id", index=True)
    stage: str = Field(default=CensusStage.DRAFT, max_length=10)
    facts: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    shares: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    pledged_by: str = Field(default="", max_length=100)
    edition: int = 0
    started_at: datetime = Field(default_factory=now, sa_type=Moment)
    saved_at: datetime = Field(default_factory=now, sa_type=Moment)
    submitted_at: datetime | None = Field(default=None, sa_type=Moment)


class NeedEntry(SQLModel):
    """A need as given. `type` is a catalogue id or '', `scene` a part id; amounts in 万元."""

    name: str = Field(min_length=1, max_length=200)
    type: str = Field(default="", max_length=100)
    scene: str = Field(default="", max_length=100)
    urgency: int = Field(default=2, ge=1, le=3)
    wanted_on: date | None = None
    budget: float | None = Field(default=None, ge=0, le=1e7)
    funding: str = Field(default="", max_length=30)
    services: str = Field(default="", max_length=200)
    ai: bool = False
    open_to_visits: bool = False
    planned: bool = False
    content: str = Field(default="", max_length=3000)
    starts_on: date | None = None
    ends_on: date | None = None
    this_year: float | None = Field(default=None, ge=0, le=1e7)
    software: float | None = Field(default=None, ge=0, le=1e7)
    equipment: float | None = Field(default=None, ge=0, le=1e7)
    filing: str = Field(default="", max_length=100)


class Need(NeedEntry, table=True):
    """One need of a census sheet, and what became of it."""

    __table_args__ = (
        one_of("stage", NeedStage),
        check("urgency_known", "urgency BETWEEN 1 AND 3"),
        KEEP_IDS,
    )

    id: int | None = Field(default=None, primary_key=True)
    census_id: int = Field(foreign_key="census.id", ondelete="CASCADE", index=True)
    firm_id: int = Field(foreign_key="firm.id", ondelete="CASCADE", index=True)
    stage: str = Field(default=NeedStage.OPEN, max_length=10)
    matched_type: str = Field(default="", max_length=100)
    project_id: int | None = Field(default=None, foreign_key="project.id", ondelete="SET NULL")
    outcome: str = Field(default="", max_length=1000)
    edition: int = 0
    closed_at: datetime | None = Field(default=None, sa_type=Moment)
