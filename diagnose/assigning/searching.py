"""What is looked for among the diagnoses of a district."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from diagnose.records import CLOSED, Account, Diagnosis, Firm, Provider
from diagnose.records.columns import now
from diagnose.roster.narrowing import Narrowing
from diagnose.roster.searching import NOT_GIVEN


@dataclass(frozen=True, slots=True)
class DiagnosisSearch(Narrowing):
    """What is looked for among diagnoses."""

    SORTS: ClassVar = ("due", "number", "firm", "state", "provider")
    NUMBERS: ClassVar = frozenset({"provider", "campaign"})

    package: str = ""
    campaign: str = ""
    overdue: str = ""
    sort: str = "due"

    def found(self, district: str, *columns: Any) -> Select[Any]:
        """The columns of the diagnoses that are found, joined to firm, provider and lead."""
        query: Select[Any] = (
            select(*columns)
            .select_from(Diagnosis)
            .join(Firm, col(Firm.id) == Diagnosis.firm_id)
            .outerjoin(Provider, col(Provider.id) == Diagnosis.provider_id)
            .outerjoin(Account, col(Account.id) == Diagnosis.lead_id)
            .where(Firm.district == district, *self._conditions())
        )
        return query

    def ordered(self, district: str, *columns: Any) -> Select[Any]:
        """The same in order; the id makes it the same every time."""
        by: dict[str, Any] = {
            "due": col(Diagnosis.due_at),
            "number": col(Diagnosis.number),
            "firm": col(Firm.name),
            "state": col(Diagnosis.state),
            "provider": col(Provider.name),
        }
        column = by[self.sort]
        order = column.desc() if self.down else column.asc()
        return self.found(district, *columns).order_by(order.nulls_last(), col(Diagnosis.id))

    def _conditions(self) -> list[ColumnElement[bool]]:
        exact: dict[str, Any] = {
            "state": col(Diagnosis.state),
            "region": col(Firm.region),
            "package": col(Diagnosis.package),
        }
        wanted = {name: getattr(self, name) for name in exact}
        found = [
            exact[name] == ("" if value == NOT_GIVEN else value)
            for name, value in wanted.items()
            if value
        ]
        if self.provider:
            found.append(col(Diagnosis.provider_id) == int(self.provider))
        if self.campaign:
            found.append(col(Diagnosis.campaign_id) == int(self.campaign))
        if self.overdue == "yes":
            found.append(overdue())
        if self.q:
            found.append(
                or_(
                    col(Firm.name).contains(self.q, autoescape=True),
                    col(Firm.uscc).contains(self.q.upper(), autoescape=True),
                    col(Diagnosis.number).contains(self.q.upper(), autoescape=True),
                )
            )
        return found


def overdue() -> ColumnElement[bool]:
    """The clock of the present state has run out."""
    return and_(col(Diagnosis.due_at) < now(), col(Diagnosis.state).not_in(CLOSED))


def packages(session: Session, district: str) -> list[str]:
    """The packages that diagnoses of the district are in."""
    found = session.exec(
        select(Diagnosis.package)
        .join(Firm, col(Firm.id) == Diagnosis.firm_id)
        .where(Firm.district == district, Diagnosis.package != "")
        .distinct()
        .order_by(Diagnosis.package)
    )
    return list(found)
