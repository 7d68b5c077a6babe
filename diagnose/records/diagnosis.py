"""Diagnoses: one firm's way from assignment to the accepted report."""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from diagnose.records.columns import KEEP_IDS, Moment, check, now

CLOSED = ("done", "expired", "exempt")


class Diagnosis(SQLModel, table=True):
    """One diagnosis. Its states and moves are data: `diagnose/workflow/states.yaml`.

    `number` is what people call it by. `edition` counts the moves, so that a page opened before
    another's move cannot make a second. `assessment_id` is the answer sheet that is verified,
    `due_at` when the present state should be left, `rounds` how often a reviewer returned it.
    """

    __table_args__ = (
        check("rounds_counted", "rounds >= 0"),
        check("lead_of_provider", "lead_id IS NULL OR provider_id IS NOT NULL"),
        check("done_dated", "(state NOT IN ('done', 'expired')) OR (accepted_on IS NOT NULL)"),
        Index(
            "ix_diagnosis_open_once",
            "firm_id",
            unique=True,
            sqlite_where=text("state NOT IN ('done', 'expired', 'exempt')"),
            postgresql_where=text("state NOT IN ('done', 'expired', 'exempt')"),
        ),
        KEEP_IDS,
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(max_length=30, unique=True)
    firm_id: int = Field(foreign_key="firm.id", ondelete="CASCADE", index=True)
    assessment_id: int | None = Field(default=None, foreign_key="assessment.id", index=True)
    provider_id: int | None = Field(default=None, foreign_key="provider.id", index=True)
    lead_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    campaign_id: int | None = Field(default=None, foreign_key="campaign.id", index=True)
    package: str = Field(default="", max_length=100)
    state: str = Field(default="to_assign", max_length=30, index=True)
    state_since: datetime = Field(default_factory=now, sa_type=Moment)
    due_at: datetime | None = Field(default=None, sa_type=Moment)
    rounds: int = 0
    edition: int = 0
    accepted_on: date | None = None
    valid_until: date | None = None
    opened_at: datetime = Field(default_factory=now, sa_type=Moment)
