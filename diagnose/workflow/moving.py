"""Moving a diagnosis: capability, state, reason and guards, then one update and one audit row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, col

from diagnose.moves import Move, MoveRefused, Wanted, barred, open_to, standing_against
from diagnose.records import Account, Actor, Diagnosis, Firm, note
from diagnose.records.claiming import claim
from diagnose.retrofits import pool_adopted
from diagnose.workflow.exempting import tell_roster
from diagnose.workflow.guards import GUARDS, Ask
from diagnose.workflow.machine import MACHINE, State
from diagnose.workflow.stays import keep_stay
from questionnaires.clock import HERE, day_of
from questionnaires.text import Text

VALID_YEARS = 3  # our own proposal, as the clocks are

NOT_FROM_HERE = Text(
    "目前状态为“{place}”，不能“{move}”。", "From “{place}” there is no way to “{move}”."
)
MOVED_MEANWHILE = Text(
    "别人刚刚推进了这项诊断，请查看最新状态后再操作。",
    "Somebody moved this diagnosis on meanwhile; look at how it stands now.",
)


def open_diagnosis(session: Session, firm: Firm, actor: Actor) -> Diagnosis:
    """Open a diagnosis of a firm in scope; the caller commits."""
    assert firm.id is not None
    found = Diagnosis(
        number=f"?{firm.id}", firm_id=firm.id, opened_at=actor.moment, state_since=actor.moment
    )
    session.add(found)
    session.flush()
    found.number = f"ZD{found.opened_at.astimezone(HERE).year}-{found.id:06d}"
    session.flush()
    keep_stay(session, found, day_of(found.opened_at))
    note(session, actor, "diagnosis.open", f"diagnosis:{found.id}", firm_id=firm.id)
    return found


def moves_open(account: Account, diagnosis: Diagnosis) -> tuple[Move, ...]:
    """The moves this account could make from here, whether or not their guards hold yet."""
    return open_to(account, MACHINE.moves, diagnosis.state)


def lacking(
    session: Session, diagnosis: Diagnosis, move_id: str, account: Account
) -> tuple[Text, ...]:
    """What still stands against a move, a reason aside; nothing is moved."""
    wanted = Wanted(move_id, reason=move_id)
    return _problems(session, diagnosis, MACHINE.moves[move_id], wanted, account)


def move(
    session: Session, diagnosis: Diagnosis, wanted: Wanted, account: Account | None, actor: Actor
) -> State:
    """Make a move, or raise `MoveRefused` with every reason against it; the caller commits.

    `account` None is the system itself, which needs no capability but passes every guard.
    """
    step = MACHINE.moves[wanted.move]
    problems = _problems(session, diagnosis, step, wanted, account)
    if problems:
        raise MoveRefused(*problems)
    before = diagnosis.state
    target = MACHINE.states[step.target]
    _claim(
        session,
        diagnosis,
        wanted,
        {**_columns(step, target, diagnosis, actor.moment), **wanted.sets},
    )
    keep_stay(session, diagnosis, day_of(actor.moment))
    refused = tell_roster(session, diagnosis, wanted, actor)
    if refused:
        raise MoveRefused(*refused)
    note(
        session,
        actor,
        "diagnosis.move",
        f"diagnosis:{diagnosis.id}",
        firm_id=diagnosis.firm_id,
        move=step.id,
        before=before,
        after=target.id,
        reason=wanted.reason,
        **wanted.facts,
    )
    if step.id == "accept_report":
        pool_adopted(session, diagnosis, actor)
    return target


def _problems(
    session: Session, diagnosis: Diagnosis, step: Move, wanted: Wanted, account: Account | None
) -> tuple[Text, ...]:
    title = MACHINE.states[diagnosis.state].title
    no_way = barred(step, account, diagnosis.state, title, NOT_FROM_HERE)
    if no_way:
        return (no_way,)
    ask = Ask(session, diagnosis, account, wanted.reason, wanted.sets, wanted.facts)
    return standing_against(step, wanted, (GUARDS[guard](ask) for guard in step.guards))


def _columns(step: Move, target: State, diagnosis: Diagnosis, moment: datetime) -> dict[str, Any]:
    columns: dict[str, Any] = {
        "state": target.id,
        "state_since": moment,
        "due_at": moment + timedelta(days=target.days) if target.days else None,
    }
    if step.id in {"return", "return_final"}:
        columns["rounds"] = diagnosis.rounds + 1
    if step.id == "accept_report":
        today = day_of(moment)
        columns |= {"accepted_on": today, "valid_until": _years_on(today, VALID_YEARS)}
    return columns


def _claim(
    session: Session, diagnosis: Diagnosis, wanted: Wanted, columns: Mapping[str, Any]
) -> None:
    """Set the columns if nobody was faster."""
    edition = diagnosis.edition if wanted.edition is None else wanted.edition
    if not claim(session, diagnosis, edition, col(Diagnosis.state) == diagnosis.state, **columns):
        raise MoveRefused(MOVED_MEANWHILE)


def _years_on(day: date, years: int) -> date:
    """The same day some years on; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
