"""What the bureau looks for among needs and among sheets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, String, cast, func, or_
from sqlmodel import col, select
from sqlmodel.sql.expression import Select

from diagnose.needs.states import CensusState, Sheets, submitted_sheets
from diagnose.records import Census, Firm, Need, NeedStage
from diagnose.roster.narrowing import Sought

NOT_GIVEN = "-"
MATCH = '%"match"%'


def may_be_read() -> ColumnElement[bool]:
    """Whether the firm lets the bureau read the single needs of its sheet."""
    return cast(col(Census.shares), String).like(MATCH)


@dataclass(frozen=True, slots=True)
class NeedSearch(Sought):
    """What is looked for among needs."""

    q: str = ""
    stage: str = ""
    division: str = ""
    region: str = ""
    type: str = ""
    scene: str = ""
    urgency: str = ""
    ai: str = ""
    planned: str = ""

    @classmethod
    def knows(cls, name: str, value: str) -> bool:
        """Stages and urgencies are those that there are."""
        known = {"stage": {*NeedStage}, "urgency": {"1", "2", "3"}}
        return name not in known or value in known[name]

    def found(self, district: str, *columns: Any) -> Select[Any]:
        """The columns of the needs found: of the firms' last submitted sheets that may be read."""
        found: Select[Any] = (
            select(*columns)
            .select_from(Need)
            .join(Census, col(Census.id) == Need.census_id)
            .join(Firm, col(Firm.id) == Need.firm_id)
            .where(
                Firm.district == district,
                col(Need.census_id).in_(submitted_sheets(district)),
                may_be_read(),
                *self._conditions(),
            )
        )
        return found

    def _conditions(self) -> list[ColumnElement[bool]]:
        exact: dict[str, Any] = {
            "stage": Need.stage,
            "region": Firm.region,
            "type": Need.type,
            "scene": Need.scene,
        }
        found = [
            col(column) == ("" if wanted == NOT_GIVEN else wanted)
            for name, column in exact.items()
            if (wanted := getattr(self, name))
        ]
        if self.division:
            found.append(func.substr(col(Firm.industry), 1, 2) == self.division)
        if self.urgency:
            found.append(col(Need.urgency) == int(self.urgency))
        if self.ai in {"yes", "no"}:
            found.append(col(Need.ai).is_(self.ai == "yes"))
        if self.planned in {"yes", "no"}:
            found.append(col(Need.planned).is_(self.planned == "yes"))
        if self.q:
            found.append(
                or_(
                    col(Need.name).contains(self.q, autoescape=True),
                    col(Firm.name).contains(self.q, autoescape=True),
                )
            )
        return found


@dataclass(frozen=True, slots=True)
class SheetSearch(Sought):
    """What is looked for among the firms' census sheets."""

    q: str = ""
    state: str = ""
    region: str = ""

    @classmethod
    def knows(cls, name: str, value: str) -> bool:
        """A state is one that there is."""
        return name != "state" or value in {*CensusState}

    def found(self, sheets: Sheets, *columns: Any) -> Select[Any]:
        """The columns of the firms found."""
        found = sheets.of(*columns)
        if self.state:
            found = found.where(sheets.state == self.state)
        if self.region:
            wanted = "" if self.region == NOT_GIVEN else self.region
            found = found.where(col(Firm.region) == wanted)
        if self.q:
            found = found.where(col(Firm.name).contains(self.q, autoescape=True))
        return found
