"""The roster as it stood on a day: who was on it, with the facts of that day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from diagnose.records import Firm
from diagnose.records.roster import Change, RosterEvent, Spell, Tag, TagKind
from diagnose.roster.keeping import AT_ONCE, histories
from diagnose.roster.narrowing import Sought, is_number
from diagnose.roster.register import held_on
from diagnose.roster.stands import FACTS

COLUMNS = ("id", *FACTS)
OF_SPELL = ("entered", "size", "ground", "stopped")
TAGS: Mapping[str, tuple[TagKind, Any]] = {
    "region": (TagKind.STREET, col(Spell.street_id)),
    "park": (TagKind.PARK, col(Spell.park_id)),
    "chain": (TagKind.CHAIN, col(Spell.chain_id)),
}


@dataclass(frozen=True, slots=True)
class Then:
    """A firm as it stood on a day: `ground` is why it was exempt, `size` its class."""

    firm_id: int
    entered: date
    size: int
    ground: int
    stopped: bool
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PastSearch(Sought):
    """What is looked for in the roster of a day."""

    region: str = ""
    park: str = ""
    chain: str = ""
    division: str = ""
    size: str = ""
    honour: str = ""

    @classmethod
    def knows(cls, name: str, value: str) -> bool:
        """Trades, sizes and honours are numbers."""
        return name in TAGS or is_number(value)

    def conditions(self, district: str) -> list[ColumnElement[bool]]:
        """The conditions on the spells of the day."""
        found = [
            column.in_(_tagged(district, kind, getattr(self, name)))
            for name, (kind, column) in TAGS.items()
            if getattr(self, name)
        ]
        if self.division:
            found.append(col(Spell.division) == int(self.division))
        if self.size:
            found.append(col(Spell.size) == int(self.size))
        if self.honour:
            found.append(col(Spell.honours).bitwise_and(int(self.honour)) > 0)
        return found


EVERYBODY = PastSearch()


def listed_on(district: str, day: date, search: PastSearch = EVERYBODY) -> Select[Any]:
    """The firms on the roster of a day, with how they stood.

    They come in the order of their ids: a name's place in a list would have to be found for all.
    """
    columns: list[Any] = [getattr(Spell, name) for name in OF_SPELL]
    columns += [getattr(Firm, name) for name in COLUMNS]
    found: Select[Any] = (
        select(*columns)
        .join(Firm, col(Firm.id) == col(Spell.firm_id))
        .where(*held_on(district, day), *search.conditions(district))
        .order_by(col(Spell.firm_id))
    )
    return found


def _tagged(district: str, kind: TagKind, name: str) -> Any:
    return select(Tag.id).where(Tag.district == district, Tag.kind == kind, Tag.name == name)


def as_then(session: Session, district: str, day: date, rows: Sequence[Any]) -> list[Then]:
    """Rows of `listed_on` with the facts of the day.

    A firm's own row holds the facts of today; only firms to which something happened after `day`
    are told from their events.
    """
    past = changed_facts(session, district, day, [row.id for row in rows])
    return [
        Then(
            row.id,
            row.entered,
            row.size,
            row.ground,
            row.stopped,
            _facts(row) | dict(past.get(row.id, {})),
        )
        for row in rows
    ]


def changed_facts(
    session: Session,
    district: str,
    day: date,
    firm_ids: Sequence[int],
    changes: Sequence[Change] = (),
) -> Mapping[int, Mapping[str, Any]]:
    """The facts of the day of firms to whom anything, or one of `changes`, happened since."""
    changed = _changed_since(session, district, day, firm_ids, changes)
    past: dict[int, Mapping[str, Any]] = {}
    for start in range(0, len(changed), AT_ONCE):
        some = histories(session, district, changed[start : start + AT_ONCE])
        for firm_id, folded in some.items():
            stand = folded.on(day)
            past[firm_id] = stand.facts if stand else {}
    return past


def _facts(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in FACTS}


def _changed_since(
    session: Session,
    district: str,
    day: date,
    firm_ids: Sequence[int],
    changes: Sequence[Change],
) -> list[int]:
    later = (col(RosterEvent.district) == district, col(RosterEvent.effective_on) > day)
    changed: Any = select(RosterEvent.firm_id).where(*later).distinct()
    if changes:
        changed = changed.where(col(RosterEvent.change).in_(changes))
    if len(firm_ids) <= AT_ONCE:
        changed = changed.where(col(RosterEvent.firm_id).in_(firm_ids))
    return sorted(set(firm_ids) & set(session.scalars(changed)))
