"""Assessments: one firm's answer sheet to one version of a questionnaire."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field

from diagnose.records.columns import KEEP_IDS, Moment, check, now, one_of
from diagnose.records.firm import FirmFacts, fact_checks


class Status(StrEnum):
    """How far an assessment is."""

    DRAFT = "draft"
    SUBMITTED = "submitted"


class Assessment(FirmFacts, table=True):
    """An answer sheet with the firm's facts of its day, tied to what asks and what judges.

    `edition` counts the saves, so that a page opened before another's save cannot overwrite it.
    `size` is set on submission: 0 micro to 3 large by the 2017 rules, -1 not known; then too the
    head of the firm vouches for its truth by name and post. `earlier` keeps, by question, the
    answers that a move to a newer version of the questionnaire could not take along.
    """

    __table_args__ = (
        *fact_checks(),
        one_of("status", Status),
        check("submitted_dated", "(status = 'submitted') = (submitted_at IS NOT NULL)"),
        KEEP_IDS,
    )

    id: int | None = Field(default=None, primary_key=True)
    firm_id: int = Field(foreign_key="firm.id", index=True, ondelete="CASCADE")
    questionnaire: str = Field(max_length=100)
    questionnaire_version: str = Field(max_length=50)
    questionnaire_hash: str = Field(max_length=64)
    status: str = Field(default=Status.DRAFT, max_length=20)
    edition: int = 0
    started_at: datetime = Field(default_factory=now, sa_type=Moment)
    saved_at: datetime = Field(default_factory=now, sa_type=Moment)
    submitted_at: datetime | None = Field(default=None, sa_type=Moment)
    size: int = Field(default=-1, index=True)
    pledged_by: str = Field(default="", max_length=100)
    pledged_post: str = Field(default="", max_length=100)
    earlier: dict[str, Any] = Field(
        default_factory=dict, sa_column=Column(JSON, nullable=False, server_default="{}")
    )
