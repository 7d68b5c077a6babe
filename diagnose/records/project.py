"""Retrofit projects of a firm's plan, and which findings they answer."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from diagnose.records.columns import KEEP_IDS, Moment, check, now, one_of


class Origin(StrEnum):
    """Who put a project into the plan."""

    SYSTEM = "system"
    CONSULTANT = "consultant"
    CENSUS = "census"
    APPLICATION = "application"
    CHAIN = "chain"


class Stage(StrEnum):
    """How far a project is, from suggestion to benchmark."""

    SUGGESTED = "suggested"
    ADOPTED = "adopted"
    POSTPONED = "postponed"
    REJECTED = "rejected"
    POOLED = "pooled"
    CONTRACTED = "contracted"
    UNDER_WAY = "under_way"
    FINISHED = "finished"
    TO_MEND = "to_mend"
    FAILED = "failed"
    PASSED = "passed"
    EFFECTIVE = "effective"
    CANDIDATE = "candidate"
    BENCHMARK = "benchmark"
    TERMINATED = "terminated"


class ProjectEntry(SQLModel):
    """A project as given. Costs in 万元 (参考估算, None: not known), `type` a catalogue id or ''.

    `year` 1 to 3 and `position` order the plan; `override` is the consultant's reason for keeping
    it though a prerequisite is missing.
    """

    type: str = Field(default="", max_length=100)
    name: str = Field(min_length=1, max_length=200)
    content: str = Field(default="", max_length=3000)
    year: int = Field(default=1, ge=1, le=3)
    position: int = Field(default=0, ge=0)
    months: int = Field(default=6, ge=1, le=60)
    cost_low: float | None = Field(default=None, ge=0, le=1e7)
    cost_mid: float | None = Field(default=None, ge=0, le=1e7)
    cost_high: float | None = Field(default=None, ge=0, le=1e7)
    because: str = Field(default="", max_length=2000)
    acceptance: str = Field(default="", max_length=2000)
    override: str = Field(default="", max_length=1000)


class Project(ProjectEntry, table=True):
    """One project of a firm, from suggestion on. `gain` in points of the standard.

    `diagnosis_id` is the one that suggested it; None where the firm, a census or a chain leader
    did. `stage_since` is when it came to its stage.
    """

    __table_args__ = (
        one_of("origin", Origin),
        one_of("stage", Stage),
        check("year_known", "year BETWEEN 1 AND 3"),
        check("months_counted", "months > 0"),
        check("progress_known", "progress BETWEEN 0 AND 100"),
        check("costs_in_order", "cost_low <= cost_mid AND cost_mid <= cost_high"),
        check(
            "reason_if_not_adopted", "stage NOT IN ('postponed', 'rejected') OR length(reason) > 0"
        ),
        check("diagnosed_if_suggested", "stage <> 'suggested' OR diagnosis_id IS NOT NULL"),
        KEEP_IDS,
    )

    id: int | None = Field(default=None, primary_key=True)
    diagnosis_id: int | None = Field(
        default=None, foreign_key="diagnosis.id", ondelete="CASCADE", index=True
    )
    firm_id: int = Field(foreign_key="firm.id", ondelete="CASCADE", index=True)
    origin: str = Field(default=Origin.SYSTEM, max_length=20)
    gain: float | None = None
    stage: str = Field(default=Stage.SUGGESTED, max_length=20, index=True)
    reason: str = Field(default="", max_length=1000)
    stage_since: datetime | None = Field(default=None, sa_type=Moment)
    decided_at: datetime | None = Field(default=None, sa_type=Moment)
    progress: int = 0
    progress_note: str = Field(default="", max_length=2000)
    edition: int = 0
    created_at: datetime = Field(default_factory=now, sa_type=Moment)


class FindingProject(SQLModel, table=True):
    """A finding that a project answers."""

    finding_id: int = Field(foreign_key="finding.id", primary_key=True, ondelete="CASCADE")
    project_id: int = Field(
        foreign_key="project.id", primary_key=True, ondelete="CASCADE", index=True
    )
