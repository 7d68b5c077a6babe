"""What is looked for in the roster, and in which order it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, UnaryExpression, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from diagnose.records import Firm, Provider
from diagnose.records.roster import Change, RosterEvent
from diagnose.roster.narrowing import Narrowing, is_number
from diagnose.roster.standing import Standing

NOT_GIVEN = "-"
"""Looks for firms of which a street, trade or provider is not known."""


@dataclass(frozen=True, slots=True)
class Search(Narrowing):
    """What is looked for in the roster."""

    SORTS: ClassVar = ("name", "region", "division", "state", "level", "due")
    NUMBERS: ClassVar = frozenset({"size", "level", "provider", "honour"})

    park: str = ""
    chain: str = ""
    division: str = ""
    size: str = ""
    honour: str = ""
    level: str = ""
    account: str = ""
    sheet: str = ""
    scale: str = ""
    counts: str = ""
    sort: str = "name"

    @classmethod
    def knows(cls, name: str, value: str) -> bool:
        """Firms without a provider can be looked for, too."""
        number = is_number(value) or (name == "provider" and value == NOT_GIVEN)
        return number or name not in cls.NUMBERS

    def found(self, standing: Standing, *columns: Any) -> Select[Any]:
        """The columns of the firms that are found."""
        return standing.of(*columns).where(*self._conditions(standing))

    def ordered(self, standing: Standing, *columns: Any) -> Select[Any]:
        """The same in order; the id makes it the same every time."""
        return self.found(standing, *columns).order_by(*self._order(standing), col(Firm.id))

    def _conditions(self, standing: Standing) -> list[ColumnElement[bool]]:
        exact: dict[str, Any] = {
            "region": col(Firm.region),
            "park": col(Firm.park),
            "chain": col(Firm.chain),
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
        if self.honour:
            found.append(col(Firm.honours).bitwise_and(int(self.honour)) > 0)
        if self.q:
            like = [col(Firm.name).contains(self.q, autoescape=True)]
            like.append(col(Firm.uscc).contains(self.q.upper(), autoescape=True))
            like.append(once_called(standing.district, self.q))
            found.append(or_(*like))
        if self.sheet in {"yes", "no"}:
            submitted = standing.submitted_at.is_not(None)
            found.append(submitted if self.sheet == "yes" else ~submitted)
        if self.scale in {"yes", "no"}:
            found.append(standing.listed if self.scale == "yes" else ~standing.listed)
        counted = standing.counted().get(self.counts)
        return found if counted is None else [*found, counted]

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


def once_called(district: str, words: str) -> ColumnElement[bool]:
    """Whether a firm had these words in its name or code before that was changed."""
    was = col(RosterEvent.facts)["was"].as_string()
    like = (was.contains(some, autoescape=True) for some in (words, words.upper()))
    renamed = col(RosterEvent.change).in_((Change.RENAMED, Change.RECODED))
    own = RosterEvent.district == district
    return col(Firm.id).in_(select(RosterEvent.firm_id).where(own, renamed, or_(*like)))


@dataclass(frozen=True, slots=True)
class Offered:
    """What a district's roster can be narrowed by."""

    regions: tuple[str, ...]
    parks: tuple[str, ...]
    chains: tuple[str, ...]
    divisions: tuple[str, ...]
    providers: tuple[tuple[int, str], ...]


def offered(session: Session, district: str) -> Offered:
    """The streets, parks, chains, divisions and providers to choose from, a statement each."""
    own = Firm.district == district

    def named(column: Any) -> tuple[str, ...]:
        return tuple(sorted(filter(None, session.scalars(select(column).where(own).distinct()))))

    industries = session.exec(select(Firm.industry).where(own).distinct()).all()
    providers = session.exec(select(Provider.id, Provider.name).order_by(Provider.name)).all()
    return Offered(
        named(Firm.region),
        named(Firm.park),
        named(Firm.chain),
        tuple(sorted({code[:2] for code in industries if code})),
        tuple((number, name) for number, name in providers if number is not None),
    )
