"""Providers of diagnoses, and where their interests touch a firm."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from diagnose.records.columns import KEEP_IDS, Moment, check, now


class ProviderEntry(SQLModel):
    """A provider as given. `load` is how many open diagnoses it may hold at once."""

    code: str = Field(min_length=1, max_length=30)
    name: str = Field(min_length=1, max_length=200)
    specialities: str = Field(default="", max_length=500)
    valid_until: date | None = None
    load: int = Field(default=30, ge=0, le=100_000)


class Provider(ProviderEntry, table=True):
    """A provider; past `valid_until` it is assigned nothing new."""

    __table_args__ = (
        check("name_given", "length(name) > 0"),
        check("load_counted", "load >= 0"),
        KEEP_IDS,
    )

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=30, unique=True)
    fictional: bool = False
    created_at: datetime = Field(default_factory=now, sa_type=Moment)


class Interest(SQLModel, table=True):
    """A provider's interest in a firm, declared by it or noted by the bureau: no assignment."""

    __table_args__ = (UniqueConstraint("provider_id", "firm_id"),)

    id: int | None = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="provider.id", ondelete="CASCADE")
    firm_id: int = Field(foreign_key="firm.id", ondelete="CASCADE", index=True)
    note: str = Field(min_length=1, max_length=500)
    declared_at: datetime = Field(default_factory=now, sa_type=Moment)
