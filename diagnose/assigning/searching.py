"""What is looked for among the diagnoses of a district."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from diagnose.records import CLOSED, Account, Diagnosis, Firm, Provider
from diagnose.records.columns import now
from diagnose.roster.searching import LONGEST, is_number

FIELDS = ("q", "state", "provider", "region", "package", "overdue")
SORTS = ("due", "number", "firm", "state", "provider")


@dataclass(frozen=True, slots=True)
class DiagnosisSearch:
    """What is looked for; '' looks for everything. `down` turns the order around."""

    q: str = ""
    state: str = ""
    provider: str = ""
    region: str = ""
    package: str = ""
    overdue: str = ""
    sort: str = "due"
    down: bool = False

    @classmethod
    def read(cls, given: Mapping[str, str]) -> DiagnosisSearch:
        """The search that an address or a form asks for; what makes no sense is left out."""
        held = {name: given.get(name, "").strip()[:LONGEST] for name in FIELDS}
        held["provider"] = held["provider"] if is_number(held["provider"]) else ""
        sort = given.get("sort", "")
        return cls(**held, sort=sort if sort in SORTS else "due", down=given.get("down", "") == "1")

    def arguments(self, **changes: Any) -> dict[str, str]:
        """The address of this search, with changes; whatever is as usual is left out."""
        wanted = replace(self, **changes)
        held = {name: getattr(wanted, name) for name in FIELDS}
        order = {"sort": wanted.sort if wanted.sort != "due" else "", "down": "1" * wanted.down}
        return {name: value for name, value in (held | order).items() if value}

    @property
    def narrowed(self) -> bool:
        """Whether anything is looked for."""
        return any(getattr(self, name) for name in FIELDS)

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
        found = [exact[name] == getattr(self, name) for name in exact if getattr(self, name)]
        if self.provider:
            found.append(col(Diagnosis.provider_id) == int(self.provider))
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
