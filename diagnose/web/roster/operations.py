"""What is written when the roster changes; the caller's district is the only one touched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlmodel import Session, col, select

from diagnose.records import Firm, FirmEntry, note
from diagnose.roster.standing import Standing
from diagnose.web.access import actor
from diagnose.web.roster.forms import fingerprint
from diagnose.workflow import open_diagnosis
from questionnaires.clock import today

FACTS = ("name", "industry", "region", "employees", "revenue")


class ChangedElsewhere(Exception):  # names what the officer meets
    """The firm was changed since this page was opened."""


class TakenElsewhere(Exception):  # names what the officer meets
    """The code belongs to a firm of another district."""


def add_firm(session: Session, entry: FirmEntry) -> Firm:
    """Put a firm on the books; the caller commits."""
    firm = Firm.model_validate(entry)
    session.add(firm)
    session.flush()
    note(session, actor(), "firm.add", f"firm:{firm.id}", firm_id=firm.id)
    return firm


def change_firm(session: Session, firm: Firm, changes: Mapping[str, object], seen: str) -> None:
    """Change a firm's facts, or raise `ChangedElsewhere`; the caller commits.

    The audit row goes first: it makes a second writer wait, so what is compared stays.
    """
    names = sorted(name for name, value in changes.items() if getattr(firm, name) != value)
    note(session, actor(), "firm.change", f"firm:{firm.id}", firm_id=firm.id, fields=names)
    session.refresh(firm)
    if seen != fingerprint(firm):
        session.rollback()
        raise ChangedElsewhere
    for name, value in changes.items():
        setattr(firm, name, value)
    session.add(firm)
    session.flush()


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
