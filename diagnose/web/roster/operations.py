"""What is written when the roster changes; the caller's district is the only one touched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from sqlmodel import Session, col, select

from diagnose.records import Firm, FirmEntry, note
from diagnose.records.roster import Change, Listing
from diagnose.roster.keeping import histories
from diagnose.roster.recording import record
from diagnose.roster.standing import Standing
from diagnose.roster.stands import FACTS as TOLD
from diagnose.roster.stands import SAYS
from diagnose.web.access import actor
from diagnose.web.editions import ChangedMeanwhile
from diagnose.web.roster.forms import BESIDE, fingerprint
from diagnose.workflow import open_diagnosis
from questionnaires.clock import today

FACTS = ("name", "industry", "region", "employees", "revenue")
FACTS_TOLD = tuple(name for name in TOLD if name not in SAYS.values())


class TakenElsewhere(Exception):  # names what the officer meets
    """The code belongs to a firm of another district."""


def add_firm(session: Session, entry: FirmEntry, on: date | None = None, **told: str) -> Firm:
    """Put a firm on the books, and on the roster from `on` (None: today); the caller commits."""
    firm = Firm.model_validate(entry)
    firm.on_roster = False
    session.add(firm)
    session.flush()
    note(session, actor(), "firm.add", f"firm:{firm.id}", firm_id=firm.id)
    change = Change.ENTERED if entry.on_roster else Change.DESCRIBED
    record(session, actor(), firm, change, on or today(), facts=told)
    return firm


def take_in(session: Session, entry: FirmEntry, on: date) -> Firm | None:
    """Let a firm that moved out of another district move into this one; the caller commits.

    None where the code belongs to no such firm. Raises `EventRefused`.
    """
    firm = session.exec(select(Firm).where(col(Firm.uscc) == entry.uscc)).first()
    if firm is None or firm.district == entry.district:
        return None
    there = histories(session, firm.district, [firm.id or 0]).get(firm.id or 0)
    stand = there.on(on) if there else None
    if stand is None or stand.listing != Listing.MOVED_OUT:
        return None
    facts = entry.model_dump(include=set(TOLD) - {"uscc"})
    record(session, actor(), firm, Change.MOVED_IN, on, facts=facts, district=entry.district)
    return firm


def change_firm(
    session: Session,
    firm: Firm,
    changes: Mapping[str, object],
    seen: str,
    on: date | None = None,
) -> None:
    """Record what is new of a firm, from `on` (None: today); the caller commits.

    Raises `ChangedMeanwhile`, or `EventRefused`. The audit row goes first: it makes a second writer
    wait, so what is compared stays.
    """
    names = sorted(name for name, value in changes.items() if getattr(firm, name) != value)
    note(session, actor(), "firm.change", f"firm:{firm.id}", firm_id=firm.id, fields=names)
    session.refresh(firm)
    if seen != fingerprint(firm):
        session.rollback()
        raise ChangedMeanwhile
    new = {name: value for name, value in changes.items() if getattr(firm, name) != value}
    for name in new.keys() & BESIDE:
        setattr(firm, name, new[name])
    for change, facts in _events(new):
        record(session, actor(), firm, change, on or today(), facts=facts)
    session.flush()


def _events(new: Mapping[str, object]) -> Iterable[tuple[Change, dict[str, object]]]:
    """The events that tell of new facts, what puts a firm on the roster or takes it off last."""
    for change, about in SAYS.items():
        if about in new:
            yield Change(change), {about: new[about]}
    described = {name: new[name] for name in FACTS_TOLD if name in new}
    if described:
        yield Change.DESCRIBED, described
    if "on_roster" in new:
        yield (Change.ENTERED if new["on_roster"] else Change.LEFT), {}


def open_diagnoses(session: Session, district: str, only: Iterable[int] | None = None) -> int:
    """Open a diagnosis for every above-scale firm without an open or valid one; how many.

    `only` narrows it to these firms. The caller commits.
    """
    wanted = None if only is None else set(only)
    opened = 0
    for firm in Standing(district, today()).without_diagnosis(session):
        if wanted is None or firm.id in wanted:
            open_diagnosis(session, firm, actor())
            opened += 1
    return opened


def firm_with(session: Session, uscc: str, district: str) -> Firm | None:
    """The district's firm with this code; raises `TakenElsewhere` if it is another's."""
    known = session.exec(select(Firm).where(col(Firm.uscc) == uscc)).first()
    if known is not None and known.district != district:
        raise TakenElsewhere
    return known
