"""Findings: what is wrong in a firm, what shows it, what it costs and why."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from diagnose.records.columns import KEEP_IDS, Moment, check, now, one_of


class Effect(StrEnum):
    """What a finding harms."""

    TIME = "time"
    QUALITY = "quality"
    COST = "cost"
    SAFETY = "safety"


class Cause(StrEnum):
    """Where a finding's cause lies."""

    PEOPLE = "people"
    PROCESS = "process"
    DATA = "data"
    EQUIPMENT = "equipment"
    SYSTEM = "system"


class FindingEntry(SQLModel):
    """A finding as given. `scene` is a part id of the standard, `severity` 1 low to 3 high.

    `security` marks a weakness that an attacker could use: its own class of access.
    """

    scene: str = Field(default="", max_length=100)
    fact: str = Field(min_length=1, max_length=3000)
    evidence: str = Field(default="", max_length=1000)
    effect_kind: Effect
    effect: str = Field(default="", max_length=2000)
    cause_kind: Cause
    cause: str = Field(default="", max_length=2000)
    severity: int = Field(default=2, ge=1, le=3)
    security: bool = False


class Finding(FindingEntry, table=True):
    """One finding of a diagnosis; `questions` are the ids of the answers it rests on."""

    __table_args__ = (
        one_of("effect_kind", Effect),
        one_of("cause_kind", Cause),
        check("severity_known", "severity BETWEEN 1 AND 3"),
        check("fact_given", "length(fact) > 0"),
        KEEP_IDS,
    )

    id: int | None = Field(default=None, primary_key=True)
    diagnosis_id: int = Field(foreign_key="diagnosis.id", ondelete="CASCADE", index=True)
    position: int = 0
    effect_kind: str = Field(max_length=20)  # type: ignore[assignment]  # kept as text
    cause_kind: str = Field(max_length=20)  # type: ignore[assignment]  # kept as text
    questions: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    attachment_id: int | None = Field(default=None, foreign_key="attachment.id")
    edition: int = 0
    created_at: datetime = Field(default_factory=now, sa_type=Moment)
