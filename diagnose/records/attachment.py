"""Attachments: files that were handed in, kept in the store outside the web root."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from diagnose.records.columns import KEEP_IDS, Moment, check, now, one_of


class Purpose(StrEnum):
    """What a file was handed in as."""

    EVIDENCE = "evidence"
    CONFIDENTIALITY = "confidentiality"
    VISIT_RECORD = "visit_record"
    CONFIRMATION = "confirmation"
    PROOF = "proof"


class Attachment(SQLModel, table=True):
    """A file about a firm; `key` is its place in the store, `question` what it proves.

    A removed file keeps its row, so that whatever names it can say what became of it.
    """

    __table_args__ = (
        one_of("purpose", Purpose),
        check("size_counted", "size >= 0"),
        KEEP_IDS,
    )

    id: int | None = Field(default=None, primary_key=True)
    firm_id: int = Field(foreign_key="firm.id", ondelete="CASCADE", index=True)
    assessment_id: int | None = Field(
        default=None, foreign_key="assessment.id", ondelete="CASCADE", index=True
    )
    diagnosis_id: int | None = Field(
        default=None, foreign_key="diagnosis.id", ondelete="CASCADE", index=True
    )
    purpose: str = Field(max_length=20)
    question: str = Field(default="", max_length=100)
    name: str = Field(min_length=1, max_length=255)
    media_type: str = Field(max_length=100)
    size: int
    sha256: str = Field(max_length=64)
    key: str = Field(max_length=200, unique=True)
    account_id: int | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    added_at: datetime = Field(default_factory=now, sa_type=Moment)
    removed_at: datetime | None = Field(default=None, sa_type=Moment)
