"""Counting coverage: a constant number of statements, whatever the size of the district.

Dynamic coverage on day t (the programme's R2): firms on the roster without the exempt ones are
the denominator; those of them whose accepted report is valid on t are the numerator. The roster
is the one of now: past days are counted with today's roster until roster events are kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from sqlalchemy import case, func
from sqlmodel import Session, col

from diagnose.records import Firm
from diagnose.roster.standing import Standing

BY = ("region", "division", "size", "provider")
TOO_MANY_EXCLUDED = 5  # per cent of the roster


@dataclass(frozen=True, slots=True)
class Tally:
    """Firms of one part of the district: on the roster, exempt, covered, self-assessed lately."""

    key: str
    listed: int
    excluded: int
    covered: int
    assessed: int

    @property
    def due(self) -> int:
        """The denominator: firms on the roster without the exempt ones."""
        return self.listed - self.excluded

    @property
    def share(self) -> float | None:
        """Covered per cent, cut to one decimal: 99.96 never reads 100. None: nobody is due."""
        return tenths(self.covered, self.due)

    @property
    def assessed_share(self) -> float | None:
        """Self-assessed per cent, cut likewise."""
        return tenths(self.assessed, self.due)

    @property
    def excluded_share(self) -> float | None:
        """Exempt per cent of the roster."""
        return tenths(self.excluded, self.listed)

    @property
    def full(self) -> bool:
        """Whether every firm that is due is covered."""
        return self.due > 0 and self.covered == self.due

    @property
    def many_excluded(self) -> bool:
        """Whether so many are exempt that it has to be said."""
        return self.excluded * 100 > self.listed * TOO_MANY_EXCLUDED


@dataclass(frozen=True, slots=True)
class Coverage:
    """Coverage of a district on a day; `states` and `levels` count firms, `by` holds the parts.

    `levels` counts the verified levels of the covered firms; None where a report judged none.
    """

    district: str
    day: date
    total: Tally
    states: Mapping[str, int]
    levels: Mapping[int | None, int]
    by: Mapping[str, tuple[Tally, ...]]


def count_coverage(session: Session, district: str, day: date) -> Coverage:
    """Count the district on `day`."""
    standing = Standing(district, day)
    keys: dict[str, Any] = {
        "region": col(Firm.region),
        "division": standing.division,
        "size": standing.size,
        "provider": col(standing.diagnosis.provider_id),
    }
    return Coverage(
        district=district,
        day=day,
        total=_tallies(session, standing, None)[0],
        states=_counted(session, standing, standing.state),
        levels=_counted(session, standing, standing.level, standing.covered),
        by=MappingProxyType({name: _tallies(session, standing, keys[name]) for name in BY}),
    )


def tenths(part: int, whole: int) -> float | None:
    """`part` of `whole` per cent, cut after the first decimal."""
    return part * 1000 // whole / 10 if whole else None


def _tallies(session: Session, standing: Standing, key: Any) -> tuple[Tally, ...]:
    counted = standing.counted()
    columns = [func.count(), *(_sum(counted[name]) for name in ("excluded", "covered", "assessed"))]
    query = standing.of(*([] if key is None else [key]), *columns).where(col(Firm.on_roster))
    if key is None:
        return (Tally("", *session.execute(query).one()),)
    rows = session.execute(query.group_by(key).order_by(key.is_(None), key)).all()
    return tuple(Tally("" if name is None else str(name), *numbers) for name, *numbers in rows)


def _counted(session: Session, standing: Standing, key: Any, *conditions: Any) -> Mapping[Any, int]:
    query = standing.of(key, func.count()).where(col(Firm.on_roster), *conditions).group_by(key)
    return MappingProxyType({row[0]: row[1] for row in session.execute(query)})


def _sum(condition: Any) -> Any:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
