"""Diagnoses that follow the roster: whoever is exempt there is exempt here, and no longer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import and_, exists, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from diagnose.moves import MoveRefused, Wanted
from diagnose.records import Actor, Diagnosis, Firm, Spell
from diagnose.records.roster import Ground, Listing
from diagnose.workflow.exempting import BY_ROSTER
from diagnose.workflow.machine import MACHINE
from diagnose.workflow.moving import move

AS_RECORDED = "按名录变动登记"
"""The reason that the log keeps where the roster's event gives none."""


def follow_roster(
    session: Session, firm_ids: Sequence[int], day: date, actor: Actor, reason: str = ""
) -> list[Diagnosis]:
    """Exempt and readmit diagnoses of firms as their roster has it on `day`; the caller commits.

    One under way that is too far to be exempted goes on, one that ended stays as it is. Those
    moved come back.
    """
    moved = []
    for diagnosis, ground in session.execute(_out_of_step(firm_ids, day)).all():
        way = "exempt" if ground else "readmit"
        facts = {BY_ROSTER: True} | ({"ground": ground} if ground else {})
        try:
            move(session, diagnosis, Wanted(way, reason or AS_RECORDED, facts=facts), None, actor)
        except MoveRefused:
            continue
        moved.append(diagnosis)
    return moved


def _out_of_step(firm_ids: Sequence[int], day: date) -> Any:
    """Diagnoses that stand otherwise than the roster says, with the ground that it gives."""
    later = aliased(Diagnosis)
    latest = ~exists().where(col(later.firm_id) == Diagnosis.firm_id, col(later.id) > Diagnosis.id)
    to_exempt = and_(
        col(Spell.ground) != Ground.NONE,
        col(Diagnosis.state).in_(MACHINE.moves["exempt"].sources),
    )
    to_readmit = and_(
        col(Spell.ground) == Ground.NONE,
        col(Spell.listing) == Listing.LISTED,
        col(Diagnosis.state).in_(MACHINE.moves["readmit"].sources),
    )
    return (
        select(Diagnosis, Spell.ground)
        .join(Firm, col(Firm.id) == Diagnosis.firm_id)
        .join(Spell, and_(col(Spell.firm_id) == Firm.id, col(Spell.district) == Firm.district))
        .where(
            col(Firm.id).in_(firm_ids),
            col(Spell.since) <= day,
            or_(col(Spell.until).is_(None), col(Spell.until) > day),
            latest,
            or_(to_exempt, to_readmit),
        )
    )
