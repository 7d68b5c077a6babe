"""Firms."""

from datetime import datetime
from typing import Annotated

from pydantic import StringConstraints
from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from diagnose.records.columns import KEEP_IDS, Moment, check, now


def fact_checks() -> tuple[CheckConstraint, ...]:
    """The rules of the firm's facts, for each table that keeps them."""
    return (
        check("name_given", "length(name) > 0"),
        check("employees_counted", "employees >= 0"),
        check("revenue_counted", "revenue >= 0"),
    )


class FirmFacts(SQLModel):
    """What is asked of a firm beside its code. `revenue` 万元 a year; None: not known."""

    name: str = Field(min_length=1, max_length=200)
    industry: Annotated[str, StringConstraints(pattern=r"^(\d{2,4})?$")] = Field(
        default="", max_length=4
    )
    region: str = Field(default="", max_length=100)
    employees: int | None = Field(default=None, ge=0, le=10_000_000)
    revenue: float | None = Field(default=None, ge=0, le=1e9)


class FirmEntry(FirmFacts):
    """A firm as given, checked; a row is made from it by `Firm.model_validate`.

    `district` is whose bureau answers for it, `on_roster` whether it is above-scale there today;
    both follow from the firm's roster events. `honours` is an `Honour`, `chain` the industry chain
    it is counted in, `grid` who looks after it in its street.
    """

    uscc: str = Field(min_length=18, max_length=18)
    district: str = Field(default="", max_length=100)
    on_roster: bool = False
    contact: str = Field(default="", max_length=100)
    phone: str = Field(default="", max_length=40)
    park: str = Field(default="", max_length=100)
    chain: str = Field(default="", max_length=100)
    honours: int = Field(default=0, ge=0)
    grid: str = Field(default="", max_length=100)
    remark: str = Field(default="", max_length=500)
    fictional: bool = False


class Firm(FirmEntry, table=True):
    """A firm as last known. `fictional` marks the firms of the invented district."""

    __table_args__ = (*fact_checks(), KEEP_IDS)

    id: int | None = Field(default=None, primary_key=True)
    uscc: str = Field(min_length=18, max_length=18, unique=True)
    district: str = Field(default="", max_length=100, index=True)
    fictional: bool = Field(default=False, index=True)
    created_at: datetime = Field(default_factory=now, sa_type=Moment)
