"""The roster as it stood on a day: who was on it, with the facts of that day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from diagnose.records import Firm
from diagnose.records.roster import RosterEvent, Spell, Tag, TagKind
from diagnose.roster.keeping import AT_ONCE, histories
from diagnose.roster.projection import FACTS
from diagnose.roster.register import held_on

COLUMNS = ("id", *FACTS)
OF_SPELL = ("entered", "size", "ground", "stopped")


@dataclass(frozen=True, slots=True)
class Then:
    """A firm as it stood on a day: `ground` is why it was exempt, `size` its class."""

    firm_id: int
    entered: date
    size: int
    ground: int
    stopped: bool
    facts: Mapping[str, Any]


def listed_on(district: str, day: date, *, street: str = "", division: str = "") -> Select[Any]:
    """The firms on the roster of a day, with how they stood.

    They come in the order of their ids: a name's place in a list would have to be found for all.
    """
    columns: list[Any] = [getattr(Spell, name) for name in OF_SPELL]
    columns += [getattr(Firm, name) for name in COLUMNS]
    found: Select[Any] = (
        select(*columns)
        .join(Firm, col(Firm.id) == col(Spell.firm_id))
        .where(*held_on(district, day))
        .order_by(col(Spell.firm_id))
    )
    if street:
        named = (Tag.district == district, Tag.kind == TagKind.STREET, Tag.name == street)
        found = found.where(col(Spell.street_id).in_(select(Tag.id).where(*named)))
    if division:
        found = found.where(col(Spell.division) == int(division))
    return found


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
    session: Session, district: str, day: date, firm_ids: Sequence[int]
) -> Mapping[int, Mapping[str, Any]]:
    """The facts of the day of those firms to whom something happened after it."""
    changed = _changed_since(session, district, day, firm_ids)
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
    session: Session, district: str, day: date, firm_ids: Sequence[int]
) -> list[int]:
    later = (col(RosterEvent.district) == district, col(RosterEvent.effective_on) > day)
    changed: Any = select(RosterEvent.firm_id).where(*later).distinct()
    if len(firm_ids) <= AT_ONCE:
        changed = changed.where(col(RosterEvent.firm_id).in_(firm_ids))
    return sorted(set(firm_ids) & set(session.scalars(changed)))
