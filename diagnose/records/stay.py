"""Stays: which state a diagnosis was in from one day to another, for figures of past days."""

from datetime import date

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from diagnose.records.columns import KEEP_IDS, Day, check


class Stay(SQLModel, table=True):
    """A diagnosis in one state, from `since` until the day before `until` (None: still).

    Written by every move; of several moves on one day only the last keeps a stay. `valid_until` is
    the last day on which an accepted report counts.
    """

    __table_args__ = (
        check("span_ordered", "until IS NULL OR until > since"),
        # Holds all that figures read of a stay, so that they read the index alone.
        Index(
            "ix_stay_figures",
            "state",
            "since",
            "until",
            "valid_until",
            "firm_id",
            "provider_id",
            "diagnosis_id",
        ),
        KEEP_IDS,
    )

    id: int | None = Field(default=None, primary_key=True)
    diagnosis_id: int = Field(foreign_key="diagnosis.id", ondelete="CASCADE", index=True)
    firm_id: int = Field(foreign_key="firm.id", ondelete="CASCADE", index=True)
    provider_id: int | None = Field(default=None, foreign_key="provider.id")
    state: str = Field(max_length=30)
    since: date = Field(sa_type=Day)
    until: date | None = Field(default=None, sa_type=Day)
    valid_until: date | None = Field(default=None, sa_type=Day)
