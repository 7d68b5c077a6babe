"""Chain leaders and their suppliers (3.13)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from diagnose.benchmarks.chains import LinkState, state_of
from diagnose.ledgers.frames import (
    ACCEPTED,
    Frame,
    framed,
    level_of,
    seen_by,
)
from diagnose.records import (
    Account,
    Diagnosis,
    Firm,
    Report,
    SupplyLink,
)
from questionnaires.text import Text

LINKS: Mapping[str, Text] = {
    "orders": Text("订单", "orders"),
    "quality": Text("质量", "quality"),
    "stock": Text("库存", "stock"),
    "codes": Text("标识", "codes"),
    "scheduling": Text("排产", "scheduling"),
}
STATES: Mapping[LinkState, Text] = {
    LinkState.AGREED: Text("已同意", "agreed"),
    LinkState.ASKED: Text("待同意", "asked"),
    LinkState.REFUSED: Text("未同意", "refused"),
    LinkState.WITHDRAWN: Text("已撤回", "withdrawn"),
}


def chains(session: Session, account: Account, _day: date) -> Frame:
    """Every supplier of a chain leader, both of the district."""
    leader = aliased(Firm)
    rows = session.execute(
        select(SupplyLink, leader.name.label("leader"), Firm.uscc, Firm.name)  # type: ignore[attr-defined]  # a column
        .join(leader, leader.id == SupplyLink.leader_id)  # type: ignore[arg-type]  # as above
        .join(Firm, col(Firm.id) == SupplyLink.supplier_id)
        .where(seen_by(account), leader.district == account.district)
        .order_by(col(SupplyLink.leader_id), col(SupplyLink.id))
    ).all()
    levels = _levels(session, account)
    cells = {
        "leader": lambda r: r.leader,
        "supplier": lambda r: r.name,
        "supplier_uscc": lambda r: r.uscc,
        "supplies": lambda r: r[0].supplies,
        "links": lambda r: tuple(LINKS[each] for each in r[0].links if each in LINKS),
        "agreed": lambda r: state_of(r[0]) == LinkState.AGREED,
        "agreed_on": lambda r: r[0].agreed_at,
        "level": lambda r: level_of(levels.get(r[0].supplier_id)),
        "target": lambda r: r[0].target,
        "project": lambda r: f"X{r[0].project_id}" if r[0].project_id else None,
        "state": lambda r: STATES[state_of(r[0])],
    }
    return framed(rows, cells)


def _levels(session: Session, account: Account) -> Mapping[int, int | None]:
    """The level by the latest accepted report of each firm."""
    rows = session.execute(
        select(Diagnosis.firm_id, Report.level)
        .join(Report, col(Report.diagnosis_id) == Diagnosis.id)
        .join(Firm, col(Firm.id) == Diagnosis.firm_id)
        .where(seen_by(account), col(Diagnosis.state).in_(ACCEPTED))
        .order_by(col(Diagnosis.accepted_on), col(Report.id))
    )
    return dict(map(tuple, rows))
