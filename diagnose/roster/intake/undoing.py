"""An import taken back: each of its events voided by another, all in one transaction."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CursorResult, delete, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from diagnose.records import Actor, Firm, note
from diagnose.records.roster import Change, RosterEvent, RosterImport, Spell
from diagnose.refusing import Refused
from diagnose.roster.intake.plan import CONTACTS
from diagnose.roster.intake.pouring import hold_roster, pour, roomy, same, table_of
from diagnose.roster.intake.writing import FOLDED, Told
from diagnose.roster.keeping import refold
from questionnaires.clock import today
from questionnaires.text import Text

MOST_TOLD = 200
ALREADY = Text("这次导入已经撤销。", "This import has been undone already.")
BUILT_ON = Text(
    "有 {count} 家企业在这次导入之后又登记了变动，不能整批撤销；请先撤销这些变动。",
    "{count} firms have changes that were recorded after this import; void those first.",
)


class UndoRefused(Refused):
    """Nothing was undone; `firms` (id, name, code) have later changes, the first of them."""

    def __init__(self, message: Text, firms: tuple[tuple[int, str, str], ...] = ()) -> None:
        super().__init__(message)
        self.firms = firms


def undo(
    session: Session, actor: Actor, row: RosterImport, reason: str = "", told: Told | None = None
) -> int:
    """Take an import back, or raise `UndoRefused`; how many events were voided.

    Firms that it added stay on the books, off the roster. The caller commits, or rolls back what
    was refused.
    """
    if not _mark(session, actor, row):
        raise UndoRefused(ALREADY)
    hold_roster(session)
    refuse_if_built_on(session, row)
    with roomy(session):
        voided = _void(session, actor, row, reason)
        _drop_newcomers(session, row)
        _refold(session, row.district, _others(session, row), told or (lambda _done, _all: None))
    _give_contacts_back(session, row)
    session.add(row)
    note(session, actor, "roster.undo", f"rosterimport:{row.id}", added=row.added)
    session.flush()
    return voided


def _mark(session: Session, actor: Actor, row: RosterImport) -> bool:
    """Say that the import is undone, before anything is read: of two at once one succeeds."""
    marked = session.exec(
        update(RosterImport)
        .where(col(RosterImport.id) == row.id, col(RosterImport.undone_at).is_(None))
        .values(undone_at=actor.moment, undone_by=actor.account_id)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(marked, CursorResult)
    session.refresh(row)
    return marked.rowcount == 1


def _refold(session: Session, district: str, firm_ids: list[int], told: Told) -> None:
    for start in range(0, len(firm_ids), FOLDED):
        told(start, len(firm_ids))
        refold(session, district, firm_ids[start : start + FOLDED], today())


def _own(row: RosterImport) -> Any:
    """The firms that the import has events of."""
    return select(RosterEvent.firm_id).where(
        RosterEvent.import_id == row.id, RosterEvent.change != Change.VOIDED
    )


def refuse_if_built_on(session: Session, row: RosterImport) -> None:
    """Raise `UndoRefused` where changes that still count were recorded after the import."""
    voiding = aliased(RosterEvent)
    last = (
        select(RosterEvent.firm_id, func.max(RosterEvent.id).label("last"))
        .where(RosterEvent.import_id == row.id)
        .group_by(col(RosterEvent.firm_id))
        .subquery()
    )
    later = (
        select(Firm.id, Firm.name, Firm.uscc)
        .join(last, last.c.firm_id == Firm.id)
        .join(RosterEvent, col(RosterEvent.firm_id) == Firm.id)
        .outerjoin(voiding, col(voiding.voids_id) == RosterEvent.id)
        .where(
            col(RosterEvent.id) > last.c.last,
            RosterEvent.change != Change.VOIDED,
            col(voiding.id).is_(None),
        )
        .distinct()
        .order_by(col(Firm.id))
    )
    count = session.exec(select(func.count()).select_from(later.order_by(None).subquery())).one()
    if count:
        first = session.exec(later.limit(MOST_TOLD))
        firms = tuple((number or 0, name, uscc) for number, name, uscc in first)
        raise UndoRefused(BUILT_ON.format(count=count), firms)


def _void(session: Session, actor: Actor, row: RosterImport, reason: str) -> int:
    voiding = aliased(RosterEvent)
    read: list[Any] = [RosterEvent.id, RosterEvent.firm_id, RosterEvent.effective_on]
    events = session.execute(
        select(*read)
        .outerjoin(voiding, col(voiding.voids_id) == RosterEvent.id)
        .where(
            RosterEvent.import_id == row.id,
            RosterEvent.change != Change.VOIDED,
            col(voiding.id).is_(None),
        )
        .order_by(col(RosterEvent.id))
    ).all()
    columns: dict[str, Any] = {
        "firm_id": [event.firm_id for event in events],
        "district": same(row.district),
        "change": same(Change.VOIDED.value),
        "effective_on": [event.effective_on for event in events],
        "facts": same({}),
        "reason": same(reason),
        "other_id": same(None),
        "voids_id": [event.id for event in events],
        "import_id": same(row.id),
        "proof": same(""),
        "proof_id": same(None),
        "review_on": same(None),
        "asked_by": same(""),
        "approved_by": same(actor.account_id),
        "recorded_at": same(actor.moment),
    }
    pour(session, table_of(RosterEvent), columns, len(events))
    return len(events)


def _elsewhere(row: RosterImport) -> Any:
    """The firms of the import that also have events from elsewhere."""
    other = aliased(RosterEvent)
    return select(other.firm_id).where(
        col(other.firm_id).in_(_own(row)),
        (col(other.import_id) != row.id) | col(other.import_id).is_(None),
    )


def _drop_newcomers(session: Session, row: RosterImport) -> None:
    """Firms of which nothing else is recorded never stood on the roster."""
    only = (col(Spell.firm_id).in_(_own(row)), col(Spell.firm_id).not_in(_elsewhere(row)))
    plain = {"synchronize_session": False}
    session.exec(delete(Spell).where(*only).execution_options(**plain))
    gone = (col(Firm.id).in_(_own(row)), col(Firm.id).not_in(_elsewhere(row)))
    session.exec(update(Firm).where(*gone).values(on_roster=False).execution_options(**plain))
    session.expire_all()


def _others(session: Session, row: RosterImport) -> list[int]:
    return list(session.exec(_elsewhere(row).distinct()))


def _give_contacts_back(session: Session, row: RosterImport) -> None:
    before = row.columns.get("contacts", [])
    if before:
        names = ("id", *CONTACTS)
        session.execute(update(Firm), [dict(zip(names, each, strict=True)) for each in before])
    row.columns = {**row.columns, "contacts": []}
