"""Recording what happened to a firm: an event is written once, all else follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypedDict, Unpack

from sqlmodel import Session, col, select

from diagnose.records import Actor, Firm, note
from diagnose.records.roster import Change, RosterEvent, Transfer
from diagnose.roster.checking import (
    Draft,
    EventRefused,
    HistoryRefused,
    check_draft,
    new_problems,
)
from diagnose.roster.keeping import refold
from diagnose.roster.projection import fold
from diagnose.roster.stands import FACTS, SAYS, Event
from questionnaires.clock import day_of, today
from questionnaires.text import Text

__all__ = ["EventRefused", "history_of", "record", "void"]

VOID_ALREADY = Text("这条变动已经撤销。", "This change has been voided already.")
NO_VOID = Text(
    "撤销记录本身不能撤销，请重新登记这条变动。",
    "What voids cannot be voided: record the change again.",
)
REASON_WANTED = Text("请写明原因。", "Please give the reason.")
SYSTEM = "system"
WHOLE = frozenset({Change.ENTERED, Change.MOVED_IN, Change.DESCRIBED})
"""Changes that may be the first of a firm: they say all that is known of it."""


class Beside(TypedDict, total=False):
    """What an event may say beside what happened: why, what proves it, who wanted it.

    Whoever records approves, unless `approved_by` names somebody else.
    """

    reason: str
    proof: str
    proof_id: int | None
    review_on: date | None
    asked_by: str
    approved_by: int | None
    import_id: int | None


def record(
    session: Session,
    actor: Actor,
    firm: Firm,
    change: Change,
    effective_on: date,
    *,
    facts: Mapping[str, Any] | None = None,
    other: Firm | None = None,
    district: str | None = None,
    **beside: Unpack[Beside],
) -> RosterEvent:
    """Record what happened to a firm, or raise `EventRefused`; the caller commits.

    Spells, the firm's row as of today and an audit row follow. `facts` are fields of the firm, for
    an exemption its `ground`, for an entering `how`; an entering says all that is known. `other`
    is the successor of a merger or, for a firm that enters, the parent it was split from.
    `district` is the roster it belongs to where that is not the firm's own any more or yet.
    """
    said, whose = dict(facts or {}), firm.district if district is None else district
    check_draft(session, firm, change, effective_on, said, other)
    draft = Draft(change, effective_on, said)
    _refuse_impossible(session, whose, firm, draft)
    # The audit row goes first: it makes a second writer wait, so what is checked again stays.
    day = effective_on.isoformat()
    note(session, actor, f"roster.{change}", f"firm:{firm.id}", firm_id=firm.id, effective_on=day)
    draft = _whole(session, actor, firm, whose, draft)
    _refuse_impossible(session, whose, firm, draft)
    said = _remembering(session, whose, firm, draft)
    beside["approved_by"] = beside.get("approved_by") or actor.account_id
    event = RosterEvent(
        firm_id=firm.id or 0, district=whose, change=change, effective_on=effective_on, facts=said,
        other_id=other.id if other else None, recorded_at=actor.moment, **beside,
    )  # fmt: skip
    session.add(event)
    session.flush()
    refold(session, whose, [firm.id or 0], today())
    return event


def _whole(session: Session, actor: Actor, firm: Firm, district: str, draft: Draft) -> Draft:
    """The event as it is kept: the first of a firm says all that is known of it."""
    if _give_base(session, actor, firm, district, draft):
        return draft
    return replace(draft, facts=facts_of(firm) | dict(draft.facts))


def _remembering(session: Session, district: str, firm: Firm, draft: Draft) -> dict[str, Any]:
    """What an event says, with what was so before; a firm that moves in belongs here from now."""
    said = dict(draft.facts)
    if draft.change in SAYS:
        said["was"] = _was(session, district, firm, SAYS[draft.change], draft.effective_on)
    if firm.district != district and draft.change == Change.MOVED_IN:
        said["from"], firm.district = firm.district, district
    return said


def void(session: Session, actor: Actor, event: RosterEvent, reason: str) -> RosterEvent:
    """Take an event back by another, or raise `EventRefused`; the caller commits.

    With a split its children's entering goes too. What came to be later must still be possible.
    """
    if not reason.strip():
        raise EventRefused(REASON_WANTED)
    if event.change == Change.VOIDED:
        raise EventRefused(NO_VOID)
    note(
        session,
        actor,
        "roster.voided",
        f"rosterevent:{event.id}",
        firm_id=event.firm_id,
        change=event.change,
    )
    if _is_void(session, event):
        raise EventRefused(VOID_ALREADY)
    found = _void_one(session, actor, event, reason)
    for child in _children(session, event):
        _void_one(session, actor, child, reason)
    return found


def _was(session: Session, district: str, firm: Firm, name: str, day: date) -> Any:
    """What a fact was until that day."""
    stand = fold(history_of(session, district, firm.id or 0)).on(day)
    return stand.facts.get(name, "") if stand else getattr(firm, name)


def history_of(session: Session, district: str, firm_id: int) -> list[RosterEvent]:
    """A firm's events in a district, in the order of recording."""
    own = (RosterEvent.firm_id == firm_id, RosterEvent.district == district)
    return list(session.exec(select(RosterEvent).where(*own).order_by(col(RosterEvent.id))))


def _void_one(session: Session, actor: Actor, event: RosterEvent, reason: str) -> RosterEvent:
    events = history_of(session, event.district, event.firm_id)
    draft = Draft(Change.VOIDED, event.effective_on, voids_id=event.id)
    problems = new_problems(events, draft)
    if problems:
        raise HistoryRefused(*problems)
    found = RosterEvent(
        firm_id=event.firm_id,
        district=event.district,
        change=Change.VOIDED,
        effective_on=event.effective_on,
        facts={},
        reason=reason,
        voids_id=event.id,
        approved_by=actor.account_id,
        recorded_at=actor.moment,
    )
    session.add(found)
    session.flush()
    _drop_transfer(session, event)
    refold(session, event.district, [event.firm_id], today())
    if event.facts.get("from"):
        _send_back(session, event)
    return found


def _send_back(session: Session, event: RosterEvent) -> None:
    """A firm that did not move in belongs to where it came from."""
    firm = session.get_one(Firm, event.firm_id)
    firm.district = event.facts["from"]
    session.flush()
    refold(session, firm.district, [event.firm_id], today())


def facts_of(firm: Firm) -> dict[str, Any]:
    """What a firm's row says of it."""
    return {name: getattr(firm, name) for name in FACTS}


def _refuse_impossible(session: Session, district: str, firm: Firm, draft: Draft) -> None:
    events: list[Event] = [*history_of(session, district, firm.id or 0)]
    if not events:
        events = [*_base(firm, district, draft)]
    problems = new_problems(events, draft)
    if problems:
        raise HistoryRefused(*problems)


def _base(firm: Firm, district: str, draft: Draft) -> list[Draft]:
    """What was known of a firm before its first event; nothing where that says it all."""
    same = all(getattr(firm, name) == draft.facts[name] for name in FACTS if name in draft.facts)
    whole = draft.change in WHOLE and same and not firm.on_roster
    if whole or firm.district != district:
        return []
    first = Change.ENTERED if firm.on_roster else Change.DESCRIBED
    since = min(day_of(firm.created_at), draft.effective_on)
    return [Draft(first, since, facts_of(firm), id=0)]


def _give_base(session: Session, actor: Actor, firm: Firm, district: str, draft: Draft) -> bool:
    """Whether anything is known before this event; a firm's row is written down for it first."""
    if history_of(session, district, firm.id or 0):
        return True
    base = _base(firm, district, draft)
    for known in base:
        row = RosterEvent(
            firm_id=firm.id or 0,
            district=district,
            change=known.change,
            effective_on=known.effective_on,
            facts=dict(known.facts),
            asked_by=SYSTEM,
            recorded_at=actor.moment,
        )
        session.add(row)
    session.flush()
    return bool(base)


def _is_void(session: Session, event: RosterEvent) -> bool:
    return (
        session.exec(select(RosterEvent.id).where(RosterEvent.voids_id == event.id)).first()
        is not None
    )


def _children(session: Session, event: RosterEvent) -> list[RosterEvent]:
    """The enterings of the firms that a split made."""
    if event.change != Change.SPLIT:
        return []
    found = session.exec(
        select(RosterEvent).where(
            RosterEvent.other_id == event.firm_id,
            RosterEvent.change == Change.ENTERED,
            RosterEvent.effective_on == event.effective_on,
        )
    ).all()
    return [child for child in found if not _is_void(session, child)]


def _drop_transfer(session: Session, event: RosterEvent) -> None:
    """The report that came along with a moving in that did not happen; the event keeps its data."""
    number = (event.facts.get("transfer") or {}).get("number")
    if number:
        brought = (Transfer.firm_id == event.firm_id, Transfer.number == number)
        for transfer in session.exec(select(Transfer).where(*brought)).all():
            session.delete(transfer)
