"""The verified level of firms, as a column of lists."""

from __future__ import annotations

from typing import Any

import sqlalchemy
from sqlmodel import col

from diagnose.records import Diagnosis, Firm, Report


def verified_level() -> Any:
    """The level of a firm's last accepted report, NULL where there is none."""
    return (
        sqlalchemy.select(col(Report.level))
        .join(Diagnosis, col(Diagnosis.id) == col(Report.diagnosis_id))
        .where(col(Diagnosis.firm_id) == col(Firm.id), col(Diagnosis.state) == "done")
        .order_by(col(Report.id).desc())
        .limit(1)
        .correlate(Firm)
        .scalar_subquery()
    )
