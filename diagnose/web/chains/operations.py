"""Finding links that whoever asks takes part in, and writing what they decide."""

from __future__ import annotations

from collections.abc import Callable

from sqlmodel import Session, select
from werkzeug.exceptions import Conflict, NotFound

from diagnose.access import visible
from diagnose.benchmarks.chains import LinkRefused, LinkState, link_up, state_of
from diagnose.records import Firm, SupplyLink, note
from diagnose.records.claiming import remove
from diagnose.web.access import LARGEST_ID, actor, find, me, refuse_and_note
from diagnose.web.database import records
from questionnaires.text import Text

NO_FIRM = Text("本区名录中没有这个代码的企业。", "No firm of your district has this code.")


def find_link(number: int, *, side: str) -> SupplyLink:
    """A link of which the own firm is the `side` (leader_id, supplier_id); else 404, logged.

    A leader finds it only while the supplier agrees.
    """
    found = records().get(SupplyLink, number) if number <= LARGEST_ID else None
    if found is None:
        raise NotFound
    own = getattr(found, side) == me().firm_id
    if not own or (side == "leader_id" and state_of(found) != LinkState.AGREED):
        refuse_and_note("access.foreign", f"link:{number}")
        raise NotFound
    return found


def find_district_link(number: int) -> SupplyLink:
    """A link whose leader is a firm of the officer's own district."""
    found = records().get(SupplyLink, number) if number <= LARGEST_ID else None
    if found is None:
        raise NotFound
    find(Firm, found.leader_id)
    return found


def add_link(
    session: Session, leader: str, supplier: str, supplies: str, links: list[str]
) -> SupplyLink:
    """Ask a supplier and commit, or raise `LinkRefused`; both firms by their codes."""
    above, below = _by_code(session, leader), _by_code(session, supplier)
    link = link_up(session, above, below, supplies, links, actor())
    session.commit()
    return link


def _by_code(session: Session, code: str) -> Firm:
    firm = session.exec(select(Firm).where(Firm.uscc == code.upper(), visible(me(), Firm))).first()
    if firm is None:
        raise LinkRefused(NO_FIRM)
    return firm


def remove_link(session: Session, link: SupplyLink) -> None:
    """Take a link away; commits."""
    note(session, actor(), "chain.remove", f"link:{link.id}", firm_id=link.supplier_id)
    if not remove(session, link):
        raise Conflict
    session.commit()


def settle(session: Session, act: Callable[[], None]) -> None:
    """Write what was decided and commit, or raise `LinkRefused`."""
    try:
        act()
    except LinkRefused:
        session.rollback()
        raise
    session.commit()
