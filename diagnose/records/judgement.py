"""Judgements: what a standard found about a submitted assessment."""

from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from diagnose.records.columns import check, one_of
from models.scoring.results import Scores


class Basis(StrEnum):
    """Whose answers were judged: the firm's own, or the verified ones where there are."""

    SELF = "self"
    VERIFIED = "verified"


class Judgement(SQLModel, table=True):
    """What one standard found about a submitted assessment, and which version of it found that."""

    __table_args__ = (
        UniqueConstraint("assessment_id", "standard", "basis"),
        one_of("basis", Basis),
        check("level_counted", "level >= 0"),
        check("answered_within", "answered BETWEEN 0 AND asked"),
    )

    id: int | None = Field(default=None, primary_key=True)
    assessment_id: int = Field(foreign_key="assessment.id", index=True, ondelete="CASCADE")
    standard: str = Field(max_length=100)
    standard_version: str = Field(max_length=50)
    standard_hash: str = Field(max_length=64)
    basis: str = Field(default=Basis.SELF, max_length=20)
    score: float
    level: int = Field(index=True)
    answered: int
    asked: int
    could_add: float


def judgement_row(
    assessment_id: int, scores: Scores, row: int, basis: Basis = Basis.SELF
) -> dict[str, object]:
    """The columns of a judgement: one firm of many."""
    standard = scores.standard
    return {
        "assessment_id": assessment_id,
        "standard": standard.id,
        "basis": basis.value,
        "standard_version": standard.version,
        "standard_hash": standard.hash,
        "score": float(scores.score[row]),
        "level": int(scores.level[row]),
        "answered": int(scores.answered[row]),
        "asked": scores.of,
        "could_add": float(scores.could_add[row]),
    }
