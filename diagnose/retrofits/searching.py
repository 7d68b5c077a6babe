"""What is looked for in the pool, in which order it is shown, and what it sums up to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Subquery, func, or_, select
from sqlmodel import Session, col

from diagnose.records import Firm, Project, Stage
from diagnose.retrofits.current import contracts, spendings
from diagnose.retrofits.stages import LIFE
from diagnose.roster.narrowing import Narrowing

BEFORE_POOL = (Stage.SUGGESTED, Stage.ADOPTED, Stage.POSTPONED, Stage.REJECTED)
DECLARED = LIFE.declared.id
"""Looks for what firms declared and the bureau has not taken in yet."""
NO_TYPE = "-"
"""Looks for projects that are none of the catalogue's types."""


@dataclass(frozen=True, slots=True)
class PoolSearch(Narrowing):
    """What is looked for among projects.

    `state` is a stage, or `DECLARED`; '' is all that reached the pool.
    """

    SORTS: ClassVar = ("since", "firm", "name", "cost", "stage", "progress")
    NUMBERS: ClassVar = frozenset({"year", "firm"})

    type: str = ""
    division: str = ""
    year: str = ""
    late: str = ""
    origin: str = ""
    firm: str = ""
    sort: str = "since"

    def found(self, district: str, late: Collection[int], *columns: Any) -> Any:
        """The columns of the projects found; `late` are the ids of those that are late.

        “in_force.total” and “spending.spent” name columns of the contract and of the months.
        """
        force, spent = contracts(), spendings()
        named = {"in_force": force, "spending": spent}
        chosen = [_column(named, each) for each in columns]
        query: Any = (
            select(*chosen)
            .select_from(Project)
            .join(Firm, col(Firm.id) == Project.firm_id)
            .outerjoin(force, force.c.project_id == Project.id)
            .outerjoin(spent, spent.c.project_id == Project.id)
            .where(col(Firm.district) == district, *self._conditions(late))
        )
        return query

    def ordered(self, district: str, late: Collection[int], *columns: Any) -> Any:
        """The same in order; the id makes it the same every time."""
        by: dict[str, Any] = {
            "since": col(Project.stage_since),
            "firm": col(Firm.name),
            "name": col(Project.name),
            "cost": col(Project.cost_mid),
            "stage": col(Project.stage),
            "progress": col(Project.progress),
        }
        column = by[self.sort]
        order = column.desc() if self.down else column.asc()
        found = self.found(district, late, *columns)
        return found.order_by(order.nulls_last(), col(Project.id))

    def _conditions(self, late: Collection[int]) -> list[ColumnElement[bool]]:
        exact: dict[str, Any] = {
            "region": col(Firm.region),
            "origin": col(Project.origin),
        }
        found = [exact[name] == getattr(self, name) for name in exact if getattr(self, name)]
        found.extend(_standing(self.state))
        if self.type:
            found.append(col(Project.type) == ("" if self.type == NO_TYPE else self.type))
        if self.division:
            found.append(func.substr(col(Firm.industry), 1, 2) == self.division)
        for name, column in (("year", col(Project.year)), ("firm", col(Project.firm_id))):
            if getattr(self, name):
                found.append(column == int(getattr(self, name)))
        if self.late == "yes":
            found.append(col(Project.id).in_(late))
        if self.q:
            like = [col(Firm.name).contains(self.q, autoescape=True)]
            like.append(col(Firm.uscc).contains(self.q.upper(), autoescape=True))
            like.append(col(Project.name).contains(self.q, autoescape=True))
            found.append(or_(*like))
        return found


@dataclass(frozen=True, slots=True)
class Sums:
    """What projects come to, in 万元: estimates of those that have one, contracts, money spent."""

    count: int
    low: float
    mid: float
    high: float
    unpriced: int
    contracted: float
    spent: float


def sums_of(session: Session, district: str, search: PoolSearch, late: Collection[int]) -> Sums:
    """What the projects found come to, in one statement."""
    held = search.found(
        district,
        late,
        col(Project.cost_low).label("low"),
        col(Project.cost_mid).label("mid"),
        col(Project.cost_high).label("high"),
        "in_force.total",
        "spending.spent",
    ).subquery()
    count, low, mid, high, priced, total, spent = session.execute(
        select(
            func.count(),
            func.sum(held.c.low),
            func.sum(held.c.mid),
            func.sum(held.c.high),
            func.count(held.c.mid),
            func.sum(held.c.total),
            func.sum(held.c.spent),
        )
    ).one()
    return Sums(
        count=count,
        low=float(low or 0),
        mid=float(mid or 0),
        high=float(high or 0),
        unpriced=count - priced,
        contracted=float(total or 0),
        spent=float(spent or 0),
    )


def stages_of(
    session: Session, district: str, search: PoolSearch, late: Collection[int]
) -> dict[str, int]:
    """How many projects stand where, the stage sought aside."""
    anywhere = PoolSearch.read(search.arguments(state=""))
    query = anywhere.found(district, late, Project.stage, func.count())
    counted = dict(session.execute(query.group_by(col(Project.stage))).all())
    return {stage: counted[stage] for stage in LIFE.stages if stage in counted}


def declared_of(session: Session, district: str, search: PoolSearch, late: Collection[int]) -> int:
    """How many declared projects wait to be taken in, the stage sought aside."""
    waiting = PoolSearch.read(search.arguments(state=DECLARED))
    return int(session.execute(waiting.found(district, late, func.count())).scalar_one())


def types_of(session: Session, district: str) -> list[str]:
    """The types of the district's projects, '' where one has none."""
    return list(
        session.scalars(
            select(col(Project.type))
            .join(Firm, col(Firm.id) == Project.firm_id)
            .where(col(Firm.district) == district)
            .distinct()
            .order_by(col(Project.type))
        )
    )


def _standing(state: str) -> list[ColumnElement[bool]]:
    if not state:
        return [col(Project.stage).not_in(BEFORE_POOL)]
    if state == DECLARED:
        return [col(Project.stage) == Stage.ADOPTED, col(Project.diagnosis_id).is_(None)]
    return [col(Project.stage) == state]


def _column(named: Mapping[str, Subquery], asked: Any) -> Any:
    if not isinstance(asked, str):
        return asked
    table, _, name = asked.partition(".")
    return named[table].c[name]
