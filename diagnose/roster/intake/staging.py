"""New firms laid ready in a table of the connection's own, then moved to where they are kept.

Laying ready keeps nobody waiting. Moved by the database itself, rows take a third of the time that
a statement for each of them takes, and on SQLite nobody else can write meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Integer,
    MetaData,
    Select,
    Table,
    func,
    insert,
    literal,
    select,
)
from sqlmodel import Session, SQLModel

from diagnose.records import Firm
from diagnose.records.columns import Day
from diagnose.records.roster import Change, Listing, RosterEvent, Spell, TagKind
from diagnose.roster.intake.newcomers import TAGS, TOLD, Newcomers
from diagnose.roster.intake.plan import CONTACTS, Plan
from diagnose.roster.intake.pouring import Told, pour, table_of
from diagnose.roster.tags import tag_ids

PIECE = 20_000
LARGE = 50_000
"""So many rows are moved at once: word of progress comes in between."""

_OWN = MetaData()
LAID = Table(
    "newcomer",
    _OWN,
    Column("at", Integer, primary_key=True),
    *(Column(name, table_of(Firm).c[name].type) for name in (*TOLD, *CONTACTS)),
    *(Column(name, Integer) for name in ("division", "size", *TAGS.values())),
    Column("entered", Day),
    Column("facts", JSON),
    prefixes=["TEMPORARY"],
)
NAMED = Table(
    "newcomertag",
    _OWN,
    Column("at", Integer, primary_key=True),
    Column("id", Integer),
    prefixes=["TEMPORARY"],
)
"""The tags by the numbers that `LAID` gives them: those that are new have no id yet."""

KINDS = {"region": TagKind.STREET, "park": TagKind.PARK, "chain": TagKind.CHAIN}


def lay_ready(session: Session, plan: Plan, told: Told) -> Laid:
    """Lay the new firms of a plan into `LAID`, to be moved in the same transaction.

    Nothing of the database is read or written before they are moved.
    """
    numbers = _numbers(plan)
    for start in range(0, plan.added, PIECE):
        new = Newcomers(plan, start, PIECE)
        columns = {name: new[name] for name in (*TOLD, *CONTACTS)} | {
            "at": range(start, start + new.count),
            "division": new.divisions(),
            "size": new.sizes(),
            "entered": new.entered,
            "facts": new.facts(),
        }
        columns |= {own: [*map(numbers[name].get, new[name])] for name, own in TAGS.items()}
        pour(session, LAID, columns, new.count)
        told(start + new.count)
    return Laid(session, plan, numbers, told)


class Laid:
    """New firms that lie ready."""

    def __init__(
        self, session: Session, plan: Plan, numbers: Mapping[str, Mapping[str, int]], told: Told
    ) -> None:
        self.session, self.plan, self.numbers, self.told = session, plan, numbers, told
        self.moved = plan.added

    def move(self, created: Any, recorded: Mapping[str, Any]) -> None:
        """Move them into the tables; `recorded` is what their events share, `created` when."""
        if not self.plan.added:
            return
        self._name_tags()
        told = {name: LAID.c[name] for name in (*TOLD, *CONTACTS)}
        shared = {"district": self.plan.district, "on_roster": True, "fictional": False}
        self._pass_on(Firm, told, shared | {"created_at": created}, select())
        firm_id, known = self._known()
        event = {"firm_id": firm_id, "effective_on": LAID.c.entered, "facts": LAID.c.facts}
        self._pass_on(RosterEvent, event, {**recorded, "change": Change.ENTERED.value}, known)
        self._add_spells(firm_id, known)

    def _known(self) -> tuple[ColumnElement[Any], Select[Any]]:
        """The ids of the firms that were moved, beside what lies ready of them.

        On SQLite, where nobody else writes meanwhile, they follow one upon the other.
        """
        firms = table_of(Firm)
        if self.session.get_bind().dialect.name == "sqlite":
            last = self.session.execute(select(func.max(firms.c.id))).scalar_one()
            return LAID.c.at + (last - self.plan.added + 1), select()
        return firms.c.id, select().select_from(LAID.join(firms, firms.c.uscc == LAID.c.uscc))

    def _add_spells(self, firm_id: ColumnElement[Any], known: Select[Any]) -> None:
        """The spells of firms that only entered; all others are folded from their events."""
        own: dict[str, ColumnElement[Any]] = {
            name: LAID.c[name] for name in ("division", "size", "honours", "entered")
        }
        own |= {name: _tag(LAID.c[name]) for name in TAGS.values()}
        own |= {"firm_id": firm_id, "since": LAID.c.entered}
        shared = {
            "district": self.plan.district,
            "until": None,
            "listing": int(Listing.LISTED),
            "ground": 0,
            "stopped": False,
        }
        self._pass_on(Spell, own, shared, known)

    def _name_tags(self) -> None:
        for name, kind in KINDS.items():
            numbers = self.numbers[name]
            ids = tag_ids(self.session, self.plan.district, kind, numbers)
            columns = {"at": [*numbers.values()], "id": [ids[each] for each in numbers]}
            pour(self.session, NAMED, columns, len(numbers))

    def _pass_on(
        self,
        model: type[SQLModel],
        own: Mapping[str, ColumnElement[Any]],
        shared: Mapping[str, Any],
        query: Select[Any],
    ) -> None:
        table = table_of(model)
        query = query.add_columns(
            *own.values(), *(literal(value, table.c[name].type) for name, value in shared.items())
        )
        for start in range(0, self.plan.added, LARGE):
            some = query.where(LAID.c.at >= start, LAID.c.at < start + LARGE).order_by(LAID.c.at)
            names = [*own, *shared]
            self.session.execute(insert(table).from_select(names, some, include_defaults=False))
            self.told(self.moved + min(start + LARGE, self.plan.added))
        self.moved += self.plan.added


def _tag(number: ColumnElement[Any]) -> ColumnElement[Any]:
    return select(NAMED.c.id).where(NAMED.c.at == number).scalar_subquery()


def _numbers(plan: Plan) -> Mapping[str, Mapping[str, int]]:
    """Numbers for the streets, parks and chains of the new firms, each its own."""
    found: dict[str, Mapping[str, int]] = {}
    count = 0
    for name in TAGS:
        names = sorted({each for each in plan.new.get(name, ()) if each})
        found[name] = {each: at for at, each in enumerate(names, count)}
        count += len(names)
    return found
