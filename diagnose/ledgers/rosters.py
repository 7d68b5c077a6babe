"""The roster (3.1) and the register of its changes (3.15)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from diagnose.ledgers.frames import FIRM, Cells, Frame, framed, gathered, of_firm, seen_by
from diagnose.records import Account, Firm
from diagnose.records.benchmark import SupplyLink
from diagnose.records.roster import Change, Ground, Listing, RosterEvent, Spell
from diagnose.roster.masking import masked
from diagnose.roster.words import CHANGES, GROUNDS, HOW, LISTINGS, honours_in
from models.firms import SIZES, UNKNOWN_SIZE, industry_name
from questionnaires.text import Text

LARGE = 3
BANDS = (2_000, 5_000, 20_000, 40_000)  # 万元 a year
RUNNING = Text("在营", "running")
RESTING = Text("停产", "production rests")
ABOVE = Text("规上", "above scale")
BELOW = Text("规下", "below scale")
LEADER = Text("链主", "chain leader")
SUPPLIER = Text("供应商", "supplier")
BOTH = Text("链主、供应商", "chain leader and supplier")
OUT = Text("退出分母", "out of the denominator")
IN = Text("进入分母", "into the denominator")
ASIDE = Text("审批后不计入分母", "not counted once approved")
NONE = Text("不变", "none")
EFFECTS: Mapping[str, Text] = {
    Change.ENTERED: IN,
    Change.MOVED_IN: IN,
    Change.READMITTED: IN,
    Change.LEFT: OUT,
    Change.MOVED_OUT: OUT,
    Change.CLOSED: OUT,
    Change.MERGED: OUT,
    Change.SPLIT: OUT,
    Change.EXEMPTED: ASIDE,
}
FACTS = ("industry", "region", "park", "chain", "employees", "revenue", "honours", "grid", "remark")
TOLD = (Change.RENAMED, Change.ENTERED, Change.MOVED_IN, Change.LEFT)


def roster(session: Session, account: Account, day: date) -> Frame:
    """Every firm that is or was on the roster, as it stands."""
    now = (Spell.since <= day, col(Spell.until).is_(None) | (col(Spell.until) > day))
    columns: list[Any] = [Firm.id, Firm.uscc, Firm.name, Firm.contact, Firm.phone]
    columns += [getattr(Firm, name) for name in FACTS]
    columns += [Spell.listing, Spell.stopped, Spell.entered, Spell.size, Spell.since, Spell.until]
    rows = session.execute(
        select(*columns)
        .join(Spell, (col(Spell.firm_id) == Firm.id) & (col(Spell.district) == Firm.district))
        .where(seen_by(account), *now)
        .order_by(col(Firm.id))
    ).all()
    return framed(rows, _cells(_told(session, account, day), *_links(session, account)))


def _cells(told: Mapping[Any, list[Any]], leads: set[int], supplies: set[int]) -> dict[str, Cells]:
    """How each column is told of a firm, by what its events say and what it is in chains."""
    return of_firm() | {
        "former": lambda r: _formers(told.get((r.id, Change.RENAMED), ())),
        "street": lambda r: r.region,
        "park": lambda r: r.park,
        "industry": lambda r: r.industry,
        "industry_name": lambda r: industry_name(r.industry) if r.industry else None,
        "chain": lambda r: r.chain,
        "registered": _registered,
        "scale": lambda r: ABOVE if r.listing == Listing.LISTED else BELOW,
        "entered": lambda r: r.entered,
        "how": lambda r: _how(told.get((r.id, Change.ENTERED), ())),
        "left": lambda r: _left(r, told).get("on"),
        "left_why": lambda r: _left(r, told).get("why"),
        "size": lambda r: SIZES[r.size] if r.size >= 0 else UNKNOWN_SIZE,
        "employees": lambda r: r.employees,
        "revenue_band": lambda r: _band(r.revenue),
        "small": lambda r: None if r.size < 0 else r.size < LARGE,
        "honours": lambda r: honours_in(r.honours),
        "chain_role": lambda r: _role(r.id in leads, r.id in supplies),
        "contact": lambda r: r.contact,
        "phone": lambda r: masked(r.phone),
        "grid": lambda r: r.grid,
        "source": lambda r: _source(told.get((r.id, Change.ENTERED), ())),
        "since": lambda r: r.since,
        "until": lambda r: r.until,
        "remark": lambda r: r.remark,
    }


def changes(session: Session, account: Account, day: date) -> Frame:
    """Every change of the roster up to a day, voided ones marked."""
    voiding = aliased(RosterEvent)
    columns: list[Any] = [RosterEvent, *FIRM, col(Account.name).label("by"), voiding.id]
    rows = session.execute(
        select(*columns)
        .join(Firm, col(Firm.id) == RosterEvent.firm_id)
        .outerjoin(Account, col(Account.id) == RosterEvent.approved_by)
        .outerjoin(voiding, col(voiding.voids_id) == RosterEvent.id)
        .where(
            RosterEvent.district == account.district,
            RosterEvent.change != Change.VOIDED,
            RosterEvent.effective_on <= day,
        )
        .order_by(col(RosterEvent.effective_on), col(RosterEvent.id))
    ).all()
    cells = of_firm() | {
        "change": lambda r: CHANGES[r[0].change],
        "effective_on": lambda r: r[0].effective_on,
        "proof": lambda r: r[0].proof,
        "asked_by": lambda r: r[0].asked_by,
        "approved_by": lambda r: r.by,
        "reason": lambda r: r[0].reason or _ground(r[0]),
        "effect": lambda r: NONE if r[4] else EFFECTS.get(r[0].change, NONE),
        "review_on": lambda r: r[0].review_on,
        "recorded": lambda r: r[0].recorded_at,
        "void": lambda r: r[4] is not None,
    }
    return framed(rows, cells)


def _told(session: Session, account: Account, day: date) -> Mapping[Any, list[Any]]:
    """What the events that count say, by firm and change."""
    voiding = aliased(RosterEvent)
    columns: list[Any] = [RosterEvent.firm_id, RosterEvent.change, RosterEvent.effective_on]
    columns += [RosterEvent.facts, RosterEvent.reason, RosterEvent.asked_by]
    rows = session.execute(
        select(*columns)
        .outerjoin(voiding, col(voiding.voids_id) == RosterEvent.id)
        .where(
            RosterEvent.district == account.district,
            RosterEvent.effective_on <= day,
            col(RosterEvent.change).in_(TOLD),
            col(voiding.id).is_(None),
        )
        .order_by(col(RosterEvent.effective_on), col(RosterEvent.id))
    )
    return gathered(((row.firm_id, row.change), row) for row in rows)


def _links(session: Session, account: Account) -> tuple[set[int], set[int]]:
    rows = session.execute(
        select(SupplyLink.leader_id, SupplyLink.supplier_id)
        .join(Firm, col(Firm.id).in_((SupplyLink.leader_id, SupplyLink.supplier_id)))
        .where(seen_by(account))
    ).all()
    return {row[0] for row in rows}, {row[1] for row in rows}


def _formers(events: Any) -> str:
    return "、".join(event.facts["was"] for event in events if event.facts.get("was"))


def _how(events: Any) -> Text | None:
    return HOW.get(events[-1].facts.get("how", "")) if events else None


def _source(events: Any) -> str | None:
    return events[-1].asked_by if events and events[-1].asked_by != "system" else None


def _left(row: Any, told: Mapping[Any, list[Any]]) -> dict[str, Any]:
    events = told.get((row.id, Change.LEFT), ())
    if row.listing == Listing.LISTED or not events:
        return {}
    return {"on": events[-1].effective_on, "why": events[-1].reason}


def _registered(row: Any) -> Text:
    if row.listing in (Listing.LISTED, Listing.BELOW):
        return RESTING if row.stopped else RUNNING
    return LISTINGS[row.listing]


def _band(revenue: float | None) -> Text | None:
    if revenue is None:
        return None
    for least, most in zip((0, *BANDS), BANDS, strict=False):
        if revenue < most:
            return Text(f"{least}—{most} 万元", f"CNY {least * 10}–{most * 10} thousand")
    return Text(f"{BANDS[-1]} 万元以上", f"CNY {BANDS[-1] * 10} thousand or more")


def _role(leads: bool, supplies: bool) -> Text | None:
    if leads and supplies:
        return BOTH
    return LEADER if leads else SUPPLIER if supplies else None


def _ground(event: RosterEvent) -> Text | None:
    return GROUNDS.get(event.facts.get("ground", Ground.NONE))
