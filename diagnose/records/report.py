"""Issued reports: frozen versions, and what the firm said of each item in them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from diagnose.records.columns import KEEP_IDS, Moment, check, now


class Report(SQLModel, table=True):
    """One frozen version of a diagnosis's report; a change makes the next version.

    `files` maps each edition (“zh.pdf”, “en.pdf”, “zh.html”, “zh.docx”…, and without security
    weaknesses “zh.open.pdf”…) to {key, sha256, size} in the store. `quality` is the quality score
    with its parts as it stood when the report was sent, `code` the check code printed on it, `text`
    what the provider wrote in it.
    """

    __table_args__ = (
        UniqueConstraint("diagnosis_id", "version"),
        check("version_counted", "version >= 1"),
        KEEP_IDS,
    )

    id: int | None = Field(default=None, primary_key=True)
    diagnosis_id: int = Field(foreign_key="diagnosis.id", ondelete="CASCADE", index=True)
    number: str = Field(max_length=40, index=True)
    version: int
    dated: date
    standard: str = Field(max_length=100)
    standard_version: str = Field(max_length=50)
    self_score: float | None = None
    self_level: int | None = None
    score: float | None = None
    level: int | None = None
    files: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    quality: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    code: str = Field(default="", max_length=20)
    text: str = Field(default="")
    issued_by: int | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    issued_at: datetime = Field(default_factory=now, sa_type=Moment)
    signed_by: str = Field(default="", max_length=100)
    signed_post: str = Field(default="", max_length=100)
    signed_at: datetime | None = Field(default=None, sa_type=Moment)
    scan_id: int | None = Field(default=None, foreign_key="attachment.id")


class Remark(SQLModel, table=True):
    """What the firm said of one item of a report, and the provider's answer to an objection.

    `item` is “finding:ID”, “answer:QUESTION” or “project:ID”.
    """

    __table_args__ = (
        UniqueConstraint("report_id", "item"),
        check("objection_explained", "agreed OR length(text) > 0"),
    )

    id: int | None = Field(default=None, primary_key=True)
    report_id: int = Field(foreign_key="report.id", ondelete="CASCADE")
    item: str = Field(max_length=120)
    agreed: bool
    text: str = Field(default="", max_length=3000)
    said_at: datetime = Field(default_factory=now, sa_type=Moment)
    answer: str = Field(default="", max_length=3000)
    answered_at: datetime | None = Field(default=None, sa_type=Moment)
