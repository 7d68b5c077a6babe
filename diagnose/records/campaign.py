"""Campaigns: which firms are to be diagnosed by when, with which questionnaire and standards."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from diagnose.records.columns import KEEP_IDS, Day, Moment, check, now, one_of


class CampaignStage(StrEnum):
    """How far a campaign is."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class CampaignEntry(SQLModel):
    """A campaign as given. `base_on` is the day whose roster it freezes, `target` per cent."""

    name: str = Field(min_length=1, max_length=100)
    questionnaire: str = Field(max_length=100)
    questionnaire_version: str = Field(max_length=50)
    base_on: date = Field(sa_type=Day)
    opens_on: date = Field(sa_type=Day)
    due_on: date = Field(sa_type=Day)
    target: float = Field(default=100.0, gt=0, le=100)


class Campaign(CampaignEntry, table=True):
    """A campaign of a district. `list_version` names the frozen list once there is one.

    `signed_bureau` and `signed_statistics` say who signed the list.
    """

    __table_args__ = (
        one_of("stage", CampaignStage),
        UniqueConstraint("district", "name"),
        check("days_ordered", "opens_on <= due_on"),
        check("target_known", "target > 0 AND target <= 100"),
        check("open_with_list", "stage = 'draft' OR frozen_at IS NOT NULL"),
        KEEP_IDS,
    )

    id: int | None = Field(default=None, primary_key=True)
    district: str = Field(max_length=100, index=True)
    standards: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    stage: str = Field(default=CampaignStage.DRAFT, max_length=10)
    list_version: str = Field(default="", max_length=60)
    signed_bureau: str = Field(default="", max_length=100)
    signed_statistics: str = Field(default="", max_length=100)
    frozen_at: datetime | None = Field(default=None, sa_type=Moment)
    frozen_by: int | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    edition: int = 0
    created_at: datetime = Field(default_factory=now, sa_type=Moment)


class CampaignFirm(SQLModel, table=True):
    """A firm on a campaign's frozen list, with the street and the `Ground` it had then."""

    campaign_id: int = Field(foreign_key="campaign.id", primary_key=True, ondelete="CASCADE")
    firm_id: int = Field(foreign_key="firm.id", primary_key=True, ondelete="CASCADE", index=True)
    street_id: int | None = Field(default=None, foreign_key="tag.id")
    ground: int = 0


class CampaignTarget(SQLModel, table=True):
    """What one street is to reach, where it differs from the campaign's own target."""

    __table_args__ = (check("target_known", "target > 0 AND target <= 100"),)

    campaign_id: int = Field(foreign_key="campaign.id", primary_key=True, ondelete="CASCADE")
    street_id: int = Field(foreign_key="tag.id", primary_key=True)
    target: float = 100.0
    due_on: date | None = Field(default=None, sa_type=Day)
