"""The register of changes and exemptions: events with what became of them and what they did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from diagnose.records import Account, Firm
from diagnose.records.roster import Change, Ground, Listing, RosterEvent, Spell
from diagnose.roster.keeping import histories
from diagnose.roster.narrowing import Sought
from diagnose.roster.searching import once_called


@dataclass(frozen=True, slots=True)
class EventSearch(Sought):
    """What is looked for in the register."""

    q: str = ""
    change: str = ""
    since: str = ""
    until: str = ""
    review: str = ""

    @classmethod
    def knows(cls, name: str, value: str) -> bool:
        """Days are days, and a change is one that there is."""
        if name in ("since", "until"):
            return as_day(value) is not None
        return name != "change" or value in set(Change)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the register. `effect` is by how many firms it changed those due; None: void."""

    event: RosterEvent
    firm: Firm
    other: Firm | None
    approver: str | None
    voided: bool
    effect: int | None


def as_day(text: str) -> date | None:
    """The day that a text names; None where it names none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def entries(district: str, search: EventSearch, day: date) -> Select[Any]:
    """The events looked for, the latest first: event, firm, other firm, who approved, void."""
    other, void = aliased(Firm), aliased(RosterEvent)
    columns: list[Any] = [RosterEvent, Firm, other, Account.name, col(void.id).is_not(None)]
    found: Select[Any] = (
        select(*columns)
        .select_from(RosterEvent)
        .join(Firm, col(Firm.id) == col(RosterEvent.firm_id))
        .outerjoin(other, col(other.id) == col(RosterEvent.other_id))
        .outerjoin(Account, col(Account.id) == col(RosterEvent.approved_by))
        .outerjoin(void, col(void.voids_id) == col(RosterEvent.id))
        .where(col(RosterEvent.district) == district)
        .order_by(col(RosterEvent.effective_on).desc(), col(RosterEvent.id).desc())
    )
    if search.change:
        found = found.where(col(RosterEvent.change) == search.change)
    if search.since:
        found = found.where(col(RosterEvent.effective_on) >= as_day(search.since))
    if search.until:
        found = found.where(col(RosterEvent.effective_on) <= as_day(search.until))
    if search.review:
        found = found.where(
            col(RosterEvent.review_on) <= day,
            col(void.id).is_(None),
            ~_superseded(),
            _exempt_on(district, day),
        )
    if search.q:
        like = [col(Firm.name).contains(search.q, autoescape=True)]
        like.append(col(Firm.uscc).contains(search.q.upper(), autoescape=True))
        found = found.where(or_(*like, once_called(district, search.q)))
    return found


def _exempt_on(district: str, day: date) -> ColumnElement[bool]:
    """Whether the firm of this event is on the roster and exempt on a day."""
    return exists().where(
        col(Spell.firm_id) == RosterEvent.firm_id,
        *held_on(district, day),
        col(Spell.ground) != Ground.NONE,
    )


def _superseded() -> ColumnElement[bool]:
    """Whether a later exemption or readmission took the place of this event."""
    later, void = aliased(RosterEvent), aliased(RosterEvent)
    return exists().where(
        col(later.firm_id) == RosterEvent.firm_id,
        col(later.district) == RosterEvent.district,
        col(later.change).in_((Change.EXEMPTED, Change.READMITTED)),
        col(later.id) > RosterEvent.id,
        ~exists().where(col(void.voids_id) == later.id),
    )


def with_effects(session: Session, district: str, rows: Sequence[Any]) -> list[Entry]:
    """The lines of a page, each with its effect, in one statement."""
    folded = histories(session, district, sorted({row[0].firm_id for row in rows}))
    effects = {step.event.id: step.effect for history in folded.values() for step in history.steps}
    lines: list[list[Any]] = [[*row, effects.get(row[0].id)] for row in rows]
    return [Entry(*line) for line in lines]


def due_on(session: Session, district: str, day: date) -> int:
    """How many firms count in the denominator of a day."""
    found = session.scalar(
        select(func.count())
        .select_from(Spell)
        .where(*held_on(district, day), col(Spell.ground) == Ground.NONE)
    )
    return found or 0


def held_on(district: str, day: date) -> tuple[Any, ...]:
    """The condition on spells: of firms on the roster of that day."""
    return (
        col(Spell.district) == district,
        col(Spell.since) <= day,
        or_(col(Spell.until).is_(None), col(Spell.until) > day),
        col(Spell.listing) == Listing.LISTED,
    )
