"""An import taken back: each of its events voided by another, all in one transaction."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CursorResult, delete, insert, literal, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from diagnose.records import Actor, Firm, note
from diagnose.records.roster import Change, RosterEvent, RosterImport, Spell
from diagnose.refusing import Refused
from diagnose.roster.intake.comparing import stamp
from diagnose.roster.intake.following import TABLES, FirmThere, Following
from diagnose.roster.intake.pouring import (
    hold_roster,
    own_tables,
    roomy,
    table_of,
    without_collector,
)
from diagnose.roster.intake.writing import Told
from diagnose.roster.keeping import refold
from diagnose.roster.stands import Event
from questionnaires.clock import today
from questionnaires.text import Text

MOST_TOLD = 200
PASSES = 3
"""Of a firm that was new the event is voided, the spell dropped, the row marked."""
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
    told = told or (lambda _done, _all: None)
    with roomy(session), without_collector():
        known = stamp(session, row.district)
        following = _folded(session, row, told)
        firms, new = len(following.firm_ids), PASSES * row.added
        with own_tables(session, *TABLES):
            following.lay()
            if not _mark(session, actor, row):
                raise UndoRefused(ALREADY)
            hold_roster(session)
            refuse_if_built_on(session, row)
            meanwhile = _recorded_since(session, row, known)
            voided = _void(session, actor, row, reason)
            told(firms + row.added, new + 2 * firms)
            _drop_newcomers(session, row)
            told(firms + new, new + 2 * firms)
            following.leave_out(meanwhile)
            following.move(lambda done: told(firms + new + done, new + 2 * firms))
            refold(session, row.district, meanwhile, today())
    row.columns = {**row.columns, "contacts": []}
    session.add(row)
    note(session, actor, "roster.undo", f"rosterimport:{row.id}", added=row.added)
    session.flush()
    return voided


def _folded(session: Session, row: RosterImport, told: Told) -> Following:
    """The firms that also have events from elsewhere, as they will stand without the import."""
    following = Following(session, row.district)
    firm_ids = list(session.exec(_elsewhere(row).distinct()))
    gone = set(session.exec(_counting(row).with_only_columns(col(RosterEvent.id))))

    def becoming(firm: FirmThere) -> list[Event]:
        return [event for event in firm.events if event.id not in gone]

    following.fold(
        firm_ids, becoming, today(), lambda done: told(done, PASSES * row.added + 2 * len(firm_ids))
    )
    following.contacts = [tuple(each) for each in row.columns.get("contacts", [])]
    return following


def _recorded_since(session: Session, row: RosterImport, known: tuple[int, int]) -> list[int]:
    """The firms of the import of which something was recorded after they were folded."""
    later = (RosterEvent.district == row.district, col(RosterEvent.id) > known[0])
    touched = select(RosterEvent.firm_id).where(*later, col(RosterEvent.firm_id).in_(_own(row)))
    return list(session.exec(touched.distinct()))


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


def _counting(row: RosterImport) -> Any:
    """The events of the import that were not voided."""
    voiding = aliased(RosterEvent)
    return (
        select(RosterEvent)
        .outerjoin(voiding, col(voiding.voids_id) == RosterEvent.id)
        .where(
            RosterEvent.import_id == row.id,
            RosterEvent.change != Change.VOIDED,
            col(voiding.id).is_(None),
        )
        .order_by(col(RosterEvent.id))
    )


def _void(session: Session, actor: Actor, row: RosterImport, reason: str) -> int:
    """Void all that counts by the database itself; how many events there were."""
    table = table_of(RosterEvent)
    shared: dict[str, Any] = {
        "district": row.district,
        "change": Change.VOIDED.value,
        "facts": {},
        "reason": reason,
        "other_id": None,
        "import_id": row.id,
        "proof": "",
        "proof_id": None,
        "review_on": None,
        "asked_by": "",
        "approved_by": actor.account_id,
        "recorded_at": actor.moment,
    }
    own = {name: table.c[name] for name in ("firm_id", "effective_on")} | {"voids_id": table.c.id}
    same = [literal(value, table.c[name].type) for name, value in shared.items()]
    query = _counting(row).with_only_columns(*own.values(), *same)
    voids = insert(table).from_select([*own, *shared], query, include_defaults=False)
    count = select(func.count()).select_from(_counting(row).order_by(None).subquery())
    voided = session.exec(count).one()
    session.execute(voids)
    return voided


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
