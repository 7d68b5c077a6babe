"""What follows from a project: contract, months, acceptance, the figures it is to move."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from diagnose.records.columns import KEEP_IDS, Moment, check, now, one_of


class Verdict(StrEnum):
    """What an acceptance came to."""

    OPEN = "open"
    PASSED = "passed"
    TO_MEND = "to_mend"
    FAILED = "failed"


class ContractEntry(SQLModel):
    """A contract as given. Amounts in 万元; `eligible` is what a grant may count of `total`."""

    number: str = Field(default="", max_length=100)
    supplier: str = Field(default="", max_length=200)
    signed_on: date
    starts_on: date
    ends_on: date
    total: float = Field(ge=0, le=1e7)
    software: float = Field(default=0, ge=0, le=1e7)
    equipment: float = Field(default=0, ge=0, le=1e7)
    services: float = Field(default=0, ge=0, le=1e7)
    eligible: float = Field(default=0, ge=0, le=1e7)
    filing: str = Field(default="", max_length=100)
    owner: str = Field(default="", max_length=100)


class Contract(ContractEntry, table=True):
    """What a project was contracted for; a later row is a major change and says why."""

    __table_args__ = (
        check("days_ordered", "starts_on <= ends_on"),
        check("eligible_within", "eligible <= total"),
        KEEP_IDS,
    )

    id: int | None = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id", ondelete="CASCADE", index=True)
    change: str = Field(default="", max_length=1000)
    recorded_at: datetime = Field(default_factory=now, sa_type=Moment)


class MonthEntry(SQLModel):
    """A month as given: `month` its first day, `spent` 万元 in it, `progress` per cent so far."""

    month: date
    spent: float = Field(default=0, ge=0, le=1e7)
    progress: int = Field(default=0, ge=0, le=100)
    live: str = Field(default="", max_length=1000)
    trouble: str = Field(default="", max_length=1000)
    ahead: str = Field(default="", max_length=1000)


class Month(MonthEntry, table=True):
    """What was done for a project in one month."""

    __table_args__ = (
        UniqueConstraint("project_id", "month"),
        check("progress_known", "progress BETWEEN 0 AND 100"),
        check("spent_counted", "spent >= 0"),
        KEEP_IDS,
    )

    id: int | None = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id", ondelete="CASCADE", index=True)
    edition: int = 0
    account_id: int | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    saved_at: datetime = Field(default_factory=now, sa_type=Moment)


class Acceptance(SQLModel, table=True):
    """An acceptance: asked for by the firm, decided by the bureau.

    `before_id` and `after_id` are the assessments before and after the retrofit; `payments` lists
    {number, day, amount, payer, payee, eligible}; `files` maps what was handed in to attachments.
    """

    __table_args__ = (one_of("verdict", Verdict), KEEP_IDS)

    id: int | None = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id", ondelete="CASCADE", index=True)
    asked_on: date
    finished_on: date
    before_id: int | None = Field(default=None, foreign_key="assessment.id")
    after_id: int | None = Field(default=None, foreign_key="assessment.id")
    payments: list[dict[str, Any]] = Field(
        default_factory=list, sa_column=Column(JSON, nullable=False)
    )
    files: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    summary: str = Field(default="", max_length=3000)
    satisfaction: int | None = Field(default=None, ge=1, le=5)
    site: str = Field(default="", max_length=2000)
    finance: str = Field(default="", max_length=2000)
    approved_amount: float | None = Field(default=None, ge=0, le=1e7)
    level_reached: bool | None = None
    verdict: str = Field(default=Verdict.OPEN, max_length=10)
    reason: str = Field(default="", max_length=2000)
    experts: str = Field(default="", max_length=300)
    decided_on: date | None = None
    decided_by: int | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    edition: int = 0


class FigureEntry(SQLModel):
    """A business figure as given: how it is measured, where it stood, where it is to go."""

    name: str = Field(min_length=1, max_length=100)
    unit: str = Field(default="", max_length=30)
    formula: str = Field(default="", max_length=500)
    lower_is_better: bool = False
    baseline: float | None = None
    baseline_on: date | None = None
    goal: float | None = None
    after: float | None = None
    after_on: date | None = None
    half_year: float | None = None
    full_year: float | None = None
    evidence: str = Field(default="", max_length=500)


class Figure(FigureEntry, table=True):
    """A business figure that a project is to move."""

    __table_args__ = (check("name_given", "length(name) > 0"), KEEP_IDS)

    id: int | None = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id", ondelete="CASCADE", index=True)
    edition: int = 0
