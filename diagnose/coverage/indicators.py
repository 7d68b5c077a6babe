"""Other indicators of the programme: visited firms, and the work of providers within a year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import reduce
from typing import Any

import numpy as np
from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from diagnose.coverage.arrays import Flags, number, places, read
from diagnose.coverage.panel import RECENT, Panel
from diagnose.records import Diagnosis, Firm, Judgement, Visit
from diagnose.records.judgement import Basis
from questionnaires.clock import HERE


@dataclass(frozen=True, slots=True)
class Work:
    """What a provider did within a year (0: all of them).

    `in_time` of the `fallen_due` steps were done within their clock, `at_once` of the `accepted`
    reports passed without being returned; of `compared` self-assessments the verified score lay
    `difference` points higher in sum, and for `apart` the level differed.
    """

    provider: int
    in_time: int = 0
    fallen_due: int = 0
    at_once: int = 0
    accepted: int = 0
    difference: float = 0.0
    apart: int = 0
    compared: int = 0

    @property
    def mean_difference(self) -> float | None:
        """Verified less self, points; None where nothing was compared."""
        return self.difference / self.compared if self.compared else None

    def __add__(self, other: Work) -> Work:
        counted = [name for name in self.__slots__ if name != "provider"]
        return replace(
            self, **{name: getattr(self, name) + getattr(other, name) for name in counted}
        )


def visited(session: Session, panel: Panel, day: date) -> Flags:
    """The firms that have a signed record of a visit by a day."""
    end = datetime.combine(day + timedelta(days=1), time(), HERE)
    signed = (col(Visit.scan_id).is_not(None), col(Visit.ended_at) < end)
    of = col(Diagnosis.id).in_(select(col(Visit.diagnosis_id)).where(*signed))
    [firm] = read(session, number(Diagnosis.firm_id), where=(of,))
    at, found = places(firm, panel.firms), np.zeros(panel.firms.size, bool)
    found[at[at >= 0]] = True
    return found


def work_of_providers(
    session: Session, district: str, day: date, steps: Mapping[int, tuple[int, int]]
) -> tuple[Work, ...]:
    """What each provider did in the year up to a day, the sum of all first.

    `steps` says of how many steps that fell due a provider did how many in time.
    """
    found = {
        provider: Work(provider, in_time=done, fallen_due=due)
        for provider, (done, due) in steps.items()
    }
    for row in _accepted(session, district, day):
        held = found.get(row[0], Work(row[0]))
        found[row[0]] = replace(held, at_once=row[1] or 0, accepted=row[2])
    for row in _compared(session, district, day):
        held = found.get(row[0], Work(row[0]))
        found[row[0]] = replace(held, difference=row[1] or 0.0, apart=row[2] or 0, compared=row[3])
    each = [work for work in found.values() if work.fallen_due or work.accepted or work.compared]
    return (reduce(Work.__add__, each, Work(0)), *sorted(each, key=lambda work: work.provider))


def _accepted(session: Session, district: str, day: date) -> Sequence[Any]:
    at_once = col(Diagnosis.rounds) == 0
    query = select(col(Diagnosis.provider_id), _many(at_once), func.count()).where(
        *_lately(district, day)
    )
    return session.execute(query.group_by(col(Diagnosis.provider_id))).all()


def _compared(session: Session, district: str, day: date) -> Sequence[Any]:
    own, verified = aliased(Judgement), aliased(Judgement)
    same = (
        col(verified.assessment_id) == own.assessment_id,
        col(verified.standard) == own.standard,
        col(verified.basis) == Basis.VERIFIED,
    )
    query = (
        select(
            col(Diagnosis.provider_id),
            func.sum(col(verified.score) - col(own.score)),
            _many(col(verified.level) != col(own.level)),
            func.count(),
        )
        .join(own, col(own.assessment_id) == Diagnosis.assessment_id)
        .join(verified, and_(*same))
        .where(col(own.basis) == Basis.SELF, *_lately(district, day))
    )
    return session.execute(query.group_by(col(Diagnosis.provider_id))).all()


def _lately(district: str, day: date) -> tuple[Any, ...]:
    """Diagnoses of the district accepted in the year up to a day."""
    return (
        col(Diagnosis.provider_id).is_not(None),
        col(Diagnosis.accepted_on) <= day,
        col(Diagnosis.accepted_on) > day - RECENT,
        col(Diagnosis.firm_id).in_(select(col(Firm.id)).where(col(Firm.district) == district)),
    )


def _many(condition: Any) -> Any:
    return func.sum(case((condition, 1), else_=0))
