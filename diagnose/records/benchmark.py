"""Benchmark projects, their copies, and what chain leaders and suppliers agree on."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from diagnose.records.columns import KEEP_IDS, Moment, check, now, one_of


class BenchmarkKind(StrEnum):
    """What a project is to be an example of."""

    WORKSHOP = "workshop"
    FACTORY = "factory"
    SCENE = "scene"
    CHAIN = "chain"
    SERVICE = "service"
    AI = "ai"


class BenchmarkStage(StrEnum):
    """How far the selection is."""

    PROPOSED = "proposed"
    SCORED = "scored"
    CHECKED = "checked"
    PUBLISHED = "published"
    CHOSEN = "chosen"
    REFUSED = "refused"
    REVOKED = "revoked"


class Benchmark(SQLModel, table=True):
    """An accepted project proposed as an example; `marks` holds points by criterion and reviewer.

    `named` says that the firm agrees to be named outside the bureau, by its last `Naming`.
    """

    __table_args__ = (
        one_of("kind", BenchmarkKind),
        one_of("stage", BenchmarkStage),
        UniqueConstraint("project_id", "year"),
        check("visits_counted", "visits >= 0"),
        KEEP_IDS,
    )

    id: int | None = Field(default=None, primary_key=True)
    district: str = Field(max_length=100, index=True)
    project_id: int = Field(foreign_key="project.id", ondelete="CASCADE", index=True)
    firm_id: int = Field(foreign_key="firm.id", ondelete="CASCADE", index=True)
    year: int
    kind: str = Field(max_length=10)
    stage: str = Field(default=BenchmarkStage.PROPOSED, max_length=10)
    story: str = Field(default="", max_length=3000)
    named: bool = False
    marks: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    site: str = Field(default="", max_length=2000)
    site_on: date | None = None
    site_passed: bool | None = None
    notice_from: date | None = None
    notice_until: date | None = None
    objections: str = Field(default="", max_length=2000)
    reason: str = Field(default="", max_length=1000)
    visits: int = 0
    review_on: date | None = None
    edition: int = 0
    created_at: datetime = Field(default_factory=now, sa_type=Moment)


class Naming(SQLModel, table=True):
    """What a firm said about being named; `proof` names the paper, '' where it said so itself."""

    __table_args__ = (KEEP_IDS,)

    id: int | None = Field(default=None, primary_key=True)
    benchmark_id: int = Field(foreign_key="benchmark.id", ondelete="CASCADE", index=True)
    agreed: bool
    said_on: date
    proof: str = Field(default="", max_length=500)
    entered_by: int | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    entered_at: datetime = Field(default_factory=now, sa_type=Moment)


class Copy(SQLModel, table=True):
    """A firm that follows a benchmark project, with its own project once there is one."""

    __table_args__ = (UniqueConstraint("benchmark_id", "firm_id"), KEEP_IDS)

    id: int | None = Field(default=None, primary_key=True)
    benchmark_id: int = Field(foreign_key="benchmark.id", ondelete="CASCADE")
    firm_id: int = Field(foreign_key="firm.id", ondelete="CASCADE", index=True)
    project_id: int | None = Field(default=None, foreign_key="project.id", ondelete="SET NULL")
    note: str = Field(default="", max_length=1000)
    added_at: datetime = Field(default_factory=now, sa_type=Moment)


class SupplyLink(SQLModel, table=True):
    """A supplier of a chain leader. The leader sees `shared` items once the supplier agreed.

    `links` are what they work on together (orders, quality, stock, codes, scheduling).
    """

    __table_args__ = (
        UniqueConstraint("leader_id", "supplier_id"),
        check("not_itself", "leader_id <> supplier_id"),
        KEEP_IDS,
    )

    id: int | None = Field(default=None, primary_key=True)
    leader_id: int = Field(foreign_key="firm.id", ondelete="CASCADE")
    supplier_id: int = Field(foreign_key="firm.id", ondelete="CASCADE", index=True)
    supplies: str = Field(default="", max_length=200)
    links: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    shared: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    target: str = Field(default="", max_length=500)
    project_id: int | None = Field(default=None, foreign_key="project.id", ondelete="SET NULL")
    asked_at: datetime = Field(default_factory=now, sa_type=Moment)
    agreed_at: datetime | None = Field(default=None, sa_type=Moment)
    refused_at: datetime | None = Field(default=None, sa_type=Moment)
    withdrawn_at: datetime | None = Field(default=None, sa_type=Moment)
    agreed_by: int | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    edition: int = 0
