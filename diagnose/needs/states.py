"""How far a firm's census is: from not begun to closed, as one word and as a column."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, case, func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select, SelectOfScalar

from diagnose.records import Census, CensusStage, Firm, Need, NeedStage
from questionnaires.text import Text

CLOSED = (NeedStage.MET, NeedStage.UNMET, NeedStage.WITHDRAWN)


class CensusState(StrEnum):
    """The way of a census sheet (programme, 1.5)."""

    NONE = "none"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    CHECKED = "checked"
    MATCHED = "matched"
    CLOSED = "closed"


STATE_TITLES = {
    CensusState.NONE: Text("待填", "Not begun"),
    CensusState.DRAFT: Text("草稿", "Draft"),
    CensusState.SUBMITTED: Text("已提交", "Submitted"),
    CensusState.CHECKED: Text("已核实", "Checked"),
    CensusState.MATCHED: Text("已对接", "Matched"),
    CensusState.CLOSED: Text("已关闭", "Closed"),
}
NEED_TITLES = {
    NeedStage.OPEN: Text("待对接", "Open"),
    NeedStage.MATCHED: Text("已对接", "Matched"),
    NeedStage.MET: Text("已满足", "Met"),
    NeedStage.UNMET: Text("无法满足", "Cannot be met"),
    NeedStage.WITHDRAWN: Text("已撤回", "Withdrawn"),
}


def state_of(census: Census | None, stages: Iterable[str]) -> CensusState:
    """The state of a sheet whose needs are at `stages`.

    Once checked, a sheet is matched when no need is open any more, closed when each is settled; one
    without needs stays checked.
    """
    if census is None:
        return CensusState.NONE
    held = list(stages)
    if census.stage != CensusStage.CHECKED or not held or NeedStage.OPEN in held:
        return CensusState(census.stage)
    return CensusState.MATCHED if NeedStage.MATCHED in held else CensusState.CLOSED


class Sheets:
    """The firms of a district with their last census sheet and the counts of its needs."""

    def __init__(self, district: str) -> None:
        self.district = district
        self.census = aliased(Census)
        self._last, self._needs = _last_sheets(), _counted_needs()
        needs, stage = self._needs.c, col(self.census.stage)
        self.needs: ColumnElement[int] = func.coalesce(needs.needs, 0)
        settled = and_(stage == CensusStage.CHECKED, needs.open == 0)
        self.state: ColumnElement[str] = case(
            (col(self.census.id).is_(None), CensusState.NONE.value),
            (and_(settled, needs.matched > 0), CensusState.MATCHED.value),
            (settled, CensusState.CLOSED.value),
            else_=stage,
        )

    def of(self, *columns: Any) -> Select[Any]:
        """The wanted columns of every firm on the roster, and of others that have a sheet."""
        found: Select[Any] = (
            select(*columns)
            .select_from(Firm)
            .outerjoin(self._last, self._last.c.firm_id == Firm.id)
            .outerjoin(self.census, col(self.census.id) == self._last.c.id)
            .outerjoin(self._needs, self._needs.c.census_id == self.census.id)
            .where(
                Firm.district == self.district,
                col(Firm.on_roster) | col(self.census.id).is_not(None),
            )
        )
        return found


def last_sheet(session: Session, firm_id: int) -> Census | None:
    """The firm's last census sheet, whatever its stage."""
    return session.exec(
        select(Census).where(Census.firm_id == firm_id).order_by(col(Census.id).desc())
    ).first()


def census_state(session: Session, firm_id: int) -> CensusState:
    """How far the firm's census is."""
    census = last_sheet(session, firm_id)
    return state_of(census, [need.stage for need in needs_of(session, census)] if census else ())


def needs_of(session: Session, census: Census) -> list[Need]:
    """The needs of a sheet, planned projects last, in the order in which they were given."""
    found = select(Need).where(Need.census_id == census.id)
    return list(session.exec(found.order_by(col(Need.planned), col(Need.id))))


def submitted_sheets(district: str) -> SelectOfScalar[int | None]:
    """The id of the last submitted sheet of each firm of the district."""
    return (
        select(func.max(Census.id))
        .join(Firm, col(Firm.id) == Census.firm_id)
        .where(Firm.district == district, Census.stage != CensusStage.DRAFT)
        .group_by(col(Census.firm_id))
    )


def _last_sheets() -> Subquery:
    return (
        select(Census.firm_id, func.max(Census.id).label("id"))
        .group_by(col(Census.firm_id))
        .subquery()
    )


def _counted_needs() -> Subquery:
    counted = {
        stage: func.sum(case((col(Need.stage) == stage, 1), else_=0)).label(stage.value)
        for stage in (NeedStage.OPEN, NeedStage.MATCHED)
    }
    return (
        select(Need.census_id, func.count().label("needs"), *counted.values())
        .group_by(col(Need.census_id))
        .subquery()
    )
