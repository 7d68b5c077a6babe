"""Firms that are known: their spells and rows folded before anything is written, then moved.

Folding takes by far the longest, and nobody waits for it. All that follows lies ready in tables of
the connection's own, as new firms do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    Column,
    Integer,
    MetaData,
    Table,
    delete,
    func,
    insert,
    literal,
    select,
    update,
)
from sqlmodel import Session, col

from diagnose.records import Firm
from diagnose.records.roster import Spell, Tag, TagKind
from diagnose.roster.intake.plan import CONTACTS
from diagnose.roster.intake.pouring import Told, pour, table_of
from diagnose.roster.keeping import AT_ONCE, as_of, events_of
from diagnose.roster.projection import fold
from diagnose.roster.stands import FACTS, Event
from diagnose.roster.tags import tag_ids

SHOWN = (*FACTS, "on_roster")
COUNTED = ("since", "until", "listing", "ground", "stopped", "entered")
MEASURED = ("division", "size", "honours")
TAGGED = {"street_id": TagKind.STREET, "park_id": TagKind.PARK, "chain_id": TagKind.CHAIN}

_OWN = MetaData()
FOLLOWED = Table("followed", _OWN, Column("id", Integer, primary_key=True), prefixes=["TEMPORARY"])
SPELLED = Table(
    "spelled",
    _OWN,
    Column("at", Integer, primary_key=True),
    Column("firm_id", Integer),
    *(Column(name, table_of(Spell).c[name].type) for name in (*COUNTED, *MEASURED)),
    *(Column(name, table_of(Tag).c.name.type) for name in TAGGED),
    prefixes=["TEMPORARY"],
)
"""Spells to be; of a street, park or chain the name, for it may have no id yet."""
STANDING = Table(
    "standing",
    _OWN,
    Column("id", Integer, primary_key=True),
    *(Column(name, table_of(Firm).c[name].type) for name in SHOWN),
    prefixes=["TEMPORARY"],
)
"""Rows of firms that will stand otherwise today."""
REACHED = Table(
    "reached",
    _OWN,
    Column("id", Integer, primary_key=True),
    *(Column(name, table_of(Firm).c[name].type) for name in CONTACTS),
    prefixes=["TEMPORARY"],
)
"""Whom one reaches at a firm from now on, and how; NULL: as before."""
TABLES = (FOLLOWED, SPELLED, STANDING, REACHED)
LARGE = 50_000
"""So many spells are moved at once: word of progress comes in between."""


class FirmThere(NamedTuple):
    """A firm as its row and its events are before."""

    row: Any
    events: Sequence[Event]


Becoming = Callable[[FirmThere], Iterable[Event]]
"""A firm as it is → the events that it will have."""


class Following:
    """What follows for firms of a district once they have other events."""

    def __init__(self, session: Session, district: str) -> None:
        self.session, self.district = session, district
        self.firm_ids: list[int] = []
        self.contacts: list[tuple[Any, ...]] = []
        self._spells: list[tuple[Any, ...]] = []
        self._rows: list[tuple[Any, ...]] = []

    def fold(self, firm_ids: Sequence[int], becoming: Becoming, day: date, told: Told) -> None:
        """Find what follows, as of `day` for the firms' rows; nothing is written."""
        for start in range(0, len(firm_ids), AT_ONCE):
            some = firm_ids[start : start + AT_ONCE]
            events = events_of(self.session, self.district, some)
            for row in self._firms(some):
                self._follow(row, becoming(FirmThere(row, events.get(row["id"], []))), day)
            told(start + len(some))
        self.firm_ids += firm_ids

    def lay(self) -> None:
        """Lay all of it into `TABLES`; on SQLite nothing may be read before it is moved."""
        pour(self.session, FOLLOWED, {"id": self.firm_ids}, len(self.firm_ids))
        names = ("firm_id", *COUNTED, *TAGGED, *MEASURED)
        _pour_rows(self.session, SPELLED, names, self._spells)
        _pour_rows(self.session, STANDING, ("id", *SHOWN), self._rows)
        _pour_rows(self.session, REACHED, ("id", *CONTACTS), self.contacts)

    def leave_out(self, firm_ids: Iterable[int]) -> None:
        """Leave firms as they are of which something was recorded meanwhile."""
        own = [(FOLLOWED, FOLLOWED.c.id), (SPELLED, SPELLED.c.firm_id), (STANDING, STANDING.c.id)]
        ids = list(firm_ids)
        for start in range(0, len(ids), AT_ONCE):
            for table, which in own:
                some = which.in_(ids[start : start + AT_ONCE])
                self.session.execute(delete(table).where(some))

    def move(self, told: Told) -> None:
        """Put the spells in the place of those that were, bring the rows of firms in step."""
        if not (self.firm_ids or self.contacts):
            return
        spells, firms = table_of(Spell), table_of(Firm)
        followed = spells.c.firm_id.in_(select(FOLLOWED.c.id))
        self.session.execute(delete(spells).where(followed, spells.c.district == self.district))
        self._move_spells(told)
        own = (firms.c.id == STANDING.c.id, firms.c.district == self.district)
        changed = {name: STANDING.c[name] for name in SHOWN}
        self.session.execute(update(firms).values(changed).where(*own))
        reached = {name: func.coalesce(REACHED.c[name], firms.c[name]) for name in CONTACTS}
        self.session.execute(update(firms).values(reached).where(firms.c.id == REACHED.c.id))
        self.session.expire_all()
        told(len(self.firm_ids))

    def _firms(self, firm_ids: Sequence[int]) -> Iterable[Any]:
        columns: list[Any] = [getattr(Firm, name) for name in ("id", *SHOWN, "created_at")]
        query = select(*columns).where(col(Firm.id).in_(firm_ids))
        return self.session.execute(query).mappings()

    def _follow(self, row: Any, events: Iterable[Event], day: date) -> None:
        folded = fold(events)
        for span in folded.spells():
            listing, ground, stopped, *counted = span.stand.counted
            begun = (row["id"], span.since, span.until, int(listing), int(ground), stopped)
            self._spells.append((*begun, *counted))
        now = {name: row[name] for name in SHOWN}
        then = now | as_of(folded, day)
        if then != now:
            self._rows.append((row["id"], *(then[name] for name in SHOWN)))

    def _move_spells(self, told: Told) -> None:
        spells = table_of(Spell)
        plain = ("firm_id", *COUNTED, *MEASURED)
        own: dict[str, Any] = {name: SPELLED.c[name] for name in plain}
        own["district"] = literal(self.district)
        names = ("firm_id", *COUNTED, *TAGGED)
        for place, (name, kind) in enumerate(TAGGED.items(), len(names) - len(TAGGED)):
            tag_ids(self.session, self.district, kind, {row[place] for row in self._spells})
            own[name] = _tag(self.district, kind, SPELLED.c[name])
        query, count = select(*own.values()).order_by(SPELLED.c.at), len(self._spells)
        for start in range(0, count, LARGE):
            some = query.where(SPELLED.c.at > start, SPELLED.c.at <= start + LARGE)
            self.session.execute(insert(spells).from_select([*own], some, include_defaults=False))
            told(len(self.firm_ids) * min(start + LARGE, count) // count)


def _tag(district: str, kind: TagKind, name: Any) -> Any:
    tags = table_of(Tag)
    own = (tags.c.district == district, tags.c.kind == kind.value, tags.c.name == name)
    return select(tags.c.id).where(*own).scalar_subquery()


def _pour_rows(
    session: Session, table: Table, names: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Rows with their number first, where the table has one."""
    if rows:
        columns = dict(zip(names, zip(*rows, strict=True), strict=True))
        numbers = {"at": range(1, len(rows) + 1)} if "at" in table.c else {}
        pour(session, table, {**numbers, **columns}, len(rows))
