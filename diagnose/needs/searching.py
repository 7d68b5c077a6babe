"""What the bureau looks for among needs and among sheets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from sqlalchemy import ColumnElement, String, cast, func, or_
from sqlmodel import col, select
from sqlmodel.sql.expression import Select

from diagnose.needs.states import CensusState, Sheets, submitted_sheets
from diagnose.records import Census, Firm, Need, NeedStage

NOT_GIVEN = "-"
MATCH = '%"match"%'


def may_be_read() -> ColumnElement[bool]:
    """Whether the firm lets the bureau read the single needs of its sheet."""
    return cast(col(Census.shares), String).like(MATCH)


@dataclass(frozen=True, slots=True)
class NeedSearch:
    """What is looked for among needs; an empty word narrows nothing."""

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
    def read(cls, arguments: Mapping[str, str]) -> NeedSearch:
        """What an address asks for; what cannot be meant narrows nothing."""
        held = {field.name: arguments.get(field.name, "")[:100].strip() for field in fields(cls)}
        if held["stage"] not in {*NeedStage}:
            held["stage"] = ""
        if held["urgency"] not in {"1", "2", "3"}:
            held["urgency"] = ""
        return cls(**held)

    def arguments(self, **changes: Any) -> dict[str, str]:
        """The address's arguments, with changes, empty ones left out."""
        return {name: str(value) for name, value in (asdict(self) | changes).items() if value}

    def __getitem__(self, name: str) -> str:
        return str(getattr(self, name))

    @property
    def narrowed(self) -> bool:
        """Whether anything is looked for."""
        return bool(self.arguments())

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
            col(column) == ("" if self[name] == NOT_GIVEN else self[name])
            for name, column in exact.items()
            if self[name]
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
class SheetSearch:
    """What is looked for among the firms' census sheets."""

    q: str = ""
    state: str = ""
    region: str = ""

    @classmethod
    def read(cls, arguments: Mapping[str, str]) -> SheetSearch:
        """What an address asks for; what cannot be meant narrows nothing."""
        held = {field.name: arguments.get(field.name, "")[:100].strip() for field in fields(cls)}
        if held["state"] not in {*CensusState}:
            held["state"] = ""
        return cls(**held)

    def arguments(self, **changes: Any) -> dict[str, str]:
        """The address's arguments, with changes, empty ones left out."""
        return {name: str(value) for name, value in (asdict(self) | changes).items() if value}

    def __getitem__(self, name: str) -> str:
        return str(getattr(self, name))

    @property
    def narrowed(self) -> bool:
        """Whether anything is looked for."""
        return bool(self.arguments())

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
