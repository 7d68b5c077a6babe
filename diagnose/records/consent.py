"""Consents of firms: what others may see beyond what the programme allows."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from diagnose.records.columns import Moment, now, one_of


class Use(StrEnum):
    """What a firm may agree to."""

    FULL_REPORT = "full_report"


class Consent(SQLModel, table=True):
    """A consent given, and when it was withdrawn; the latest row of a use counts."""

    __table_args__ = (one_of("use", Use),)

    id: int | None = Field(default=None, primary_key=True)
    firm_id: int = Field(foreign_key="firm.id", ondelete="CASCADE", index=True)
    use: str = Field(max_length=30)
    account_id: int | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    given_at: datetime = Field(default_factory=now, sa_type=Moment)
    withdrawn_at: datetime | None = Field(default=None, sa_type=Moment)
