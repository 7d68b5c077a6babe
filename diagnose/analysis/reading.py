"""A district's assessments as arrays: one row a firm and year, its last sheet of that year."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import and_, exists
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from diagnose.reading import STANDARD, standard
from diagnose.records import Assessment, Basis, Diagnosis, Firm, Judgement, Status
from diagnose.roster.standing import size_of_firm
from questionnaires.clock import day_of

UNKNOWN = -1
NO_DIVISION = ""


@dataclass(frozen=True, eq=False)
class Assessed:
    """Rows (n,): `firm` and `year` with the last sheet of that year, `assessment` its id.

    `division` (two digits, '' unknown), `size` (-1 unknown) and `street` are the firm's of today.
    `level` and `score` hold self and verified in two columns, -1 and NaN where there is none:
    verified is what stands in a report that the bureau accepted. `version` is the standard's.
    """

    firm: NDArray[np.int64]
    year: NDArray[np.int64]
    assessment: NDArray[np.int64]
    division: NDArray[Any]
    size: NDArray[np.int64]
    street: NDArray[Any]
    fictional: NDArray[np.bool_]
    level: NDArray[np.int64]
    score: NDArray[np.float64]
    version: NDArray[Any]

    def __len__(self) -> int:
        return len(self.firm)

    def take(self, rows: NDArray[Any]) -> Assessed:
        """Some of the rows."""
        return Assessed(**{f.name: getattr(self, f.name)[rows] for f in fields(self)})

    def of_year(self, year: int) -> Assessed:
        """The rows of one year, a firm each."""
        return self.take(self.year == year)

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years in which somebody was assessed, the latest first."""
        return tuple(sorted({int(year) for year in self.year}, reverse=True))

    @cached_property
    def versions(self) -> str:
        """The standard and the versions that judged."""
        known = sorted({str(version) for version in self.version if version})
        return f"{standard().id} {'、'.join(known)}".strip()

    def levels(self, basis: Basis) -> NDArray[np.int64]:
        """(n,) the levels by one basis."""
        return self.level[:, list(Basis).index(basis)]

    def scores(self, basis: Basis) -> NDArray[np.float64]:
        """(n,) the points by one basis."""
        return self.score[:, list(Basis).index(basis)]


def read_assessed(session: Session, district: str) -> Assessed:
    """The district's assessments, in one statement."""
    own, verified = aliased(Judgement), aliased(Judgement)
    accepted = exists().where(
        col(Diagnosis.assessment_id) == Assessment.id, col(Diagnosis.accepted_on).is_not(None)
    )
    columns: tuple[Any, ...] = (
        Firm.id,
        Assessment.id,
        Assessment.submitted_at,
        Firm.industry,
        size_of_firm(),
        Firm.region,
        Firm.fictional,
        own.level,
        own.score,
        verified.level,
        verified.score,
        own.standard_version,
    )
    rows = session.execute(
        select(*columns)
        .select_from(Assessment)
        .join(Firm, col(Firm.id) == Assessment.firm_id)
        .outerjoin(own, _judged(own, Basis.SELF))
        .outerjoin(verified, and_(_judged(verified, Basis.VERIFIED), accepted))
        .where(Firm.district == district, Assessment.status == Status.SUBMITTED)
        .order_by(col(Firm.id), col(Assessment.submitted_at), col(Assessment.id))
    ).all()
    return _last_of_each_year(rows)


def _judged(judgement: Any, basis: Basis) -> Any:
    return and_(
        judgement.assessment_id == col(Assessment.id),
        judgement.standard == STANDARD,
        judgement.basis == basis.value,
    )


def _last_of_each_year(rows: Any) -> Assessed:
    columns = [list(column) for column in zip(*rows, strict=True)] if rows else [[]] * 12
    firm, assessment, at, industry, size, street, fictional, *judged, version = columns
    year = np.array([day_of(moment).year for moment in at], np.int64)
    self_level, self_score, level, score = judged
    held = Assessed(
        firm=np.array(firm, np.int64),
        year=year,
        assessment=np.array(assessment, np.int64),
        division=np.array([(code or NO_DIVISION)[:2] for code in industry], dtype=str),
        size=np.array(size, np.int64),
        street=np.array(street, dtype=str),
        fictional=np.array(fictional, bool),
        level=np.column_stack([_whole(self_level), _whole(level)]),
        score=np.column_stack([_points(self_score), _points(score)]),
        version=np.array([v or "" for v in version], dtype=str),
    )
    keys = held.firm * 10_000 + held.year
    last = np.append(keys[1:] != keys[:-1], True) if len(keys) else np.zeros(0, bool)
    return held.take(last)


def _whole(values: list[int | None]) -> NDArray[np.int64]:
    return np.array([UNKNOWN if v is None else v for v in values], np.int64)


def _points(values: list[float | None]) -> NDArray[np.float64]:
    return np.array([np.nan if v is None else v for v in values], float)
