"""What is written when a firm fills in its census."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col

from diagnose.needs.prefilling import Known, settled, unsettled
from diagnose.needs.states import last_sheet, needs_of
from diagnose.records import Census, CensusStage, Need, NeedStage, note
from diagnose.records.claiming import claim, remove
from diagnose.records.columns import now
from diagnose.web.access import actor
from diagnose.web.editions import ChangedMeanwhile

COPIED = {"id", "census_id", "stage", "matched_type", "project_id", "outcome", "edition"}


@dataclass(frozen=True, slots=True)
class Whose:
    """The firm whose sheet it is, and the campaign that asks for it (None: no campaign)."""

    firm_id: int
    campaign_id: int | None


def keep_block(session: Session, whose: Whose, facts: Mapping[str, Any], edition: int) -> Census:
    """Keep what one block says; the first save begins the sheet."""
    census = _claim(session, whose, "census.save", edition)
    held = {**census.facts, **facts}
    census.facts = {id_: value for id_, value in held.items() if value is not None}
    _commit(session, census)
    return census


def add_need(session: Session, whose: Whose, values: Mapping[str, Any], edition: int) -> Need:
    """Put a need on the sheet."""
    census = _claim(session, whose, "census.need.add", edition)
    need = Need.model_validate({**values, "census_id": census.id, "firm_id": whose.firm_id})
    session.add(need)
    _commit(session, census)
    return need


def change_need(session: Session, need: Need, values: Mapping[str, Any], edition: int) -> None:
    """Keep a changed need."""
    _note(session, "census.need.change", need.firm_id, f"need:{need.id}")
    _refuse_handed_in(session, need)
    if not claim(session, need, edition, col(Need.stage) == NeedStage.OPEN, **values):
        session.rollback()
        raise ChangedMeanwhile
    session.commit()
    session.refresh(need)


def remove_need(session: Session, need: Need) -> None:
    """Take a need off the sheet while nobody has worked on it."""
    _note(session, "census.need.remove", need.firm_id, f"need:{need.id}")
    _refuse_handed_in(session, need)
    if not remove(session, need, col(Need.stage) == NeedStage.OPEN):
        session.rollback()
        raise ChangedMeanwhile
    session.commit()


def submit(
    session: Session,
    whose: Whose,
    known: Known,
    given: Mapping[str, Any],
    edition: int,
) -> Census:
    """Hand the sheet in, with what the self-assessment told frozen into it."""
    census = _claim(session, whose, "census.submit", edition, shares=len(given["shares"]))
    census.facts = settled(census.facts, known) | {"no_needs": given["no_needs"]}
    census.shares, census.pledged_by = list(given["shares"]), given["pledged_by"]
    census.stage, census.submitted_at = CensusStage.SUBMITTED, now()
    _commit(session, census)
    return census


def reopen(session: Session, census: Census, edition: int) -> None:
    """Take a submitted sheet back to work on it; needs already dealt with stay as they are."""
    _note(session, "census.reopen", census.firm_id, f"census:{census.id}")
    session.refresh(census)
    if census.edition != edition or census.stage == CensusStage.DRAFT:
        session.rollback()
        raise ChangedMeanwhile
    census.facts = unsettled(census.facts)
    census.stage = CensusStage.DRAFT
    _commit(session, census)


def begin_anew(session: Session, whose: Whose) -> Census:
    """Begin the sheet of a new campaign with what the last one said and still wants."""
    _note(session, "census.begin", whose.firm_id, f"firm:{whose.firm_id}")
    session.expire_all()
    before = last_sheet(session, whose.firm_id)
    if before is not None and before.campaign_id == whose.campaign_id:
        session.rollback()
        raise ChangedMeanwhile
    census = Census(firm_id=whose.firm_id, campaign_id=whose.campaign_id)
    if before is not None:
        census.facts = unsettled(before.facts)
    session.add(census)
    session.flush()
    for need in needs_of(session, before) if before is not None else ():
        if need.stage == NeedStage.OPEN:
            held = need.model_dump(exclude=COPIED)
            session.add(Need.model_validate(held | {"census_id": census.id}))
    session.commit()
    return census


def _claim(session: Session, whose: Whose, action: str, edition: int, **details: Any) -> Census:
    """The firm's open sheet as the page showed it.

    The log's row comes first: it keeps writers in line.
    """
    firm_id = whose.firm_id
    _note(session, action, firm_id, f"firm:{firm_id}", edition=edition + 1, **details)
    session.expire_all()
    census = last_sheet(session, firm_id)
    seen = census.edition if census is not None else 0
    if seen != edition or (census is not None and census.stage != CensusStage.DRAFT):
        session.rollback()
        raise ChangedMeanwhile
    if census is None:
        census = Census(firm_id=firm_id, campaign_id=whose.campaign_id)
        session.add(census)
        session.flush()
    return census


def _refuse_handed_in(session: Session, need: Need) -> None:
    census_id = need.census_id
    session.expire_all()
    if session.get_one(Census, census_id).stage != CensusStage.DRAFT:
        session.rollback()
        raise ChangedMeanwhile


def _commit(session: Session, census: Census) -> None:
    census.edition += 1
    census.saved_at = now()
    session.add(census)
    session.commit()
    session.refresh(census)


def _note(session: Session, action: str, firm_id: int, subject: str, **details: Any) -> None:
    note(session, actor(), action, subject, firm_id=firm_id, **details)
