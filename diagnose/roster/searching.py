"""What is looked for in the roster, and in which order it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, UnaryExpression, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from diagnose.records import Firm, Provider
from diagnose.roster.standing import Standing

FIELDS = (
    "q",
    "region",
    "division",
    "size",
    "state",
    "level",
    "provider",
    "account",
    "sheet",
    "scale",
    "counts",
)
SORTS = ("name", "region", "division", "state", "level", "due")
LONGEST = 200
WHOLE_NUMBERS = {"size", "level", "provider"}
LARGEST = 2**31
NOT_GIVEN = "-"
"""Looks for firms of which a street, trade or provider is not known."""


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; '' looks for everything. `down` turns the order around."""

    q: str = ""
    region: str = ""
    division: str = ""
    size: str = ""
    state: str = ""
    level: str = ""
    provider: str = ""
    account: str = ""
    sheet: str = ""
    scale: str = ""
    counts: str = ""
    sort: str = "name"
    down: bool = False

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Search:
        """The search that an address or a form asks for; what makes no sense is left out."""
        held = {name: given.get(name, "").strip()[:LONGEST] for name in FIELDS}
        for name in WHOLE_NUMBERS:
            known = is_number(held[name]) or (name == "provider" and held[name] == NOT_GIVEN)
            held[name] = held[name] if known else ""
        sort = given.get("sort", "")
        return cls(
            **held, sort=sort if sort in SORTS else "name", down=given.get("down", "") == "1"
        )

    def arguments(self, **changes: Any) -> dict[str, str]:
        """The address of this search, with changes; whatever is as usual is left out."""
        wanted = replace(self, **changes)
        held = {name: getattr(wanted, name) for name in FIELDS}
        order = {"sort": wanted.sort if wanted.sort != "name" else "", "down": "1" * wanted.down}
        return {name: value for name, value in (held | order).items() if value}

    @property
    def narrowed(self) -> bool:
        """Whether anything is looked for."""
        return any(getattr(self, name) for name in FIELDS)

    def found(self, standing: Standing, *columns: Any) -> Select[Any]:
        """The columns of the firms that are found."""
        return standing.of(*columns).where(*self._conditions(standing))

    def ordered(self, standing: Standing, *columns: Any) -> Select[Any]:
        """The same in order; the id makes it the same every time."""
        return self.found(standing, *columns).order_by(*self._order(standing), col(Firm.id))

    def _conditions(self, standing: Standing) -> list[ColumnElement[bool]]:
        exact: dict[str, Any] = {
            "region": col(Firm.region),
            "division": standing.division,
            "state": standing.state,
            "account": standing.account,
        }
        numbers: dict[str, Any] = {
            "size": standing.size,
            "level": standing.level,
            "provider": col(standing.diagnosis.provider_id),
        }
        found: list[ColumnElement[bool]] = []
        for name, column in exact.items():
            wanted = getattr(self, name)
            found += [column == ("" if wanted == NOT_GIVEN else wanted)] if wanted else []
        for name, column in numbers.items():
            wanted = getattr(self, name)
            found += [column == (None if wanted == NOT_GIVEN else int(wanted))] if wanted else []
        return found + self._other_conditions(standing)

    def _other_conditions(self, standing: Standing) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = []
        if self.q:
            like = [col(Firm.name).contains(self.q, autoescape=True)]
            like.append(col(Firm.uscc).contains(self.q.upper(), autoescape=True))
            found.append(or_(*like))
        if self.sheet in {"yes", "no"}:
            submitted = standing.submitted_at.is_not(None)
            found.append(submitted if self.sheet == "yes" else ~submitted)
        if self.scale in {"yes", "no"}:
            found.append(col(Firm.on_roster).is_(self.scale == "yes"))
        counted = standing.counted().get(self.counts)
        return found if counted is None else [*found, col(Firm.on_roster).is_(True), counted]

    def _order(self, standing: Standing) -> list[UnaryExpression[Any]]:
        columns: dict[str, Any] = {
            "name": col(Firm.name),
            "region": col(Firm.region),
            "division": standing.division,
            "state": standing.state,
            "level": standing.level,
            "due": col(standing.diagnosis.due_at),
        }
        column = columns[self.sort]
        order = column.desc() if self.down else column.asc()
        return [order.nulls_last()]


@dataclass(frozen=True, slots=True)
class Offered:
    """What a district's roster can be narrowed by."""

    regions: tuple[str, ...]
    divisions: tuple[str, ...]
    providers: tuple[tuple[int, str], ...]


def offered(session: Session, district: str) -> Offered:
    """The streets, divisions and providers to choose from, in three statements."""
    own = Firm.district == district
    regions = session.exec(select(Firm.region).where(own).distinct()).all()
    industries = session.exec(select(Firm.industry).where(own).distinct()).all()
    providers = session.exec(select(Provider.id, Provider.name).order_by(Provider.name)).all()
    return Offered(
        tuple(sorted(filter(None, regions))),
        tuple(sorted({code[:2] for code in industries if code})),
        tuple((number, name) for number, name in providers if number is not None),
    )


def is_number(text: str) -> bool:
    """Whether a text is a whole number that a column can hold."""
    digits = text.removeprefix("-")
    return digits.isascii() and digits.isdigit() and int(digits) < LARGEST
