"""The worklist as read: filtered, in the order of what is to be done, a page at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, case, func, or_
from sqlmodel import Session, col, select

from diagnose.access import visible
from diagnose.records import CLOSED, Account, Diagnosis, Firm, Provider
from diagnose.records.columns import now
from diagnose.web.paging import Paged, paged
from diagnose.web.worklist.clocks import Clock, clock
from diagnose.web.worklist.steps import GROUP_OF, GROUPS, OPEN_STATES, RANK, Group

PAGE = 40


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked for: `mine` as lead alone, one group by id, late ones alone, words."""

    mine: bool = False
    group: str = ""
    late: bool = False
    words: str = ""

    @classmethod
    def of(cls, arguments: Mapping[str, str]) -> Filters:
        """The filters of an address; what makes no sense is left out."""
        known = {group.id for group in GROUPS}
        group = arguments.get("group", "")
        return cls(
            mine=arguments.get("mine") == "1",
            group=group if group in known else "",
            late=arguments.get("late") == "1",
            words=arguments.get("words", "").strip()[:100],
        )

    def arguments(self) -> dict[str, str]:
        """The filters as an address holds them."""
        held = {"group": self.group, "words": self.words}
        held |= {"mine": "1" if self.mine else "", "late": "1" if self.late else ""}
        return {name: value for name, value in held.items() if value}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the worklist."""

    diagnosis: Diagnosis
    firm: str
    region: str
    lead: str | None

    @property
    def clock(self) -> Clock | None:
        """Its clock, none where nobody hurries."""
        return clock(self.diagnosis.due_at)


@dataclass(frozen=True, slots=True)
class Load:
    """What the house holds: open diagnoses, late ones of them, and how many it may hold."""

    held: int
    late: int
    room: int


def listing(session: Session, account: Account, filters: Filters, number: int) -> Paged:
    """Page `number` of the diagnoses that `filters` let through."""
    query: Any = (
        select(Diagnosis, Firm.name, Firm.region, Account.name)
        .join(Firm, col(Firm.id) == col(Diagnosis.firm_id))
        .join(Account, col(Account.id) == col(Diagnosis.lead_id), isouter=True)
        .where(visible(account, Diagnosis), *_wanted(account, filters))
        .order_by(
            case(RANK, value=col(Diagnosis.state), else_=len(GROUPS)),
            col(Diagnosis.due_at).is_(None),
            col(Diagnosis.due_at),
            col(Diagnosis.id),
        )
    )
    return paged(session, query, number, PAGE)


def grouped(page: Paged) -> Iterator[tuple[Group, list[Entry]]]:
    """The lines of a page under what is to be done next."""
    entries = (Entry(*row) for row in page.rows)
    for group, lines in groupby(entries, key=lambda entry: GROUP_OF[entry.diagnosis.state]):
        yield group, list(lines)


def load_of(session: Session, account: Account) -> Load:
    """What the account's provider holds."""
    provider = session.get_one(Provider, account.provider_id)
    held, late = session.exec(
        select(func.count(), func.count().filter(col(Diagnosis.due_at) < now()))
        .select_from(Diagnosis)
        .where(Diagnosis.provider_id == provider.id, col(Diagnosis.state).not_in(CLOSED))
    ).one()
    return Load(held, late, provider.load)


def _wanted(account: Account, filters: Filters) -> Iterator[ColumnElement[bool]]:
    states = next((g.states for g in GROUPS if g.id == filters.group), OPEN_STATES)
    yield col(Diagnosis.state).in_(states)
    if filters.mine:
        yield col(Diagnosis.lead_id) == account.id
    if filters.late:
        yield col(Diagnosis.due_at) < now()
    if filters.words:
        looked_in = (Firm.name, Firm.uscc, Diagnosis.number)
        yield or_(*(col(c).contains(filters.words, autoescape=True) for c in looked_in))
