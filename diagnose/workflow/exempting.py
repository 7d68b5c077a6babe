"""What a move means for the roster: who is exempt there, and who no longer is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from diagnose.moves import Wanted
from diagnose.records import Actor, Attachment, Diagnosis, Firm, Purpose, Spell
from diagnose.records.roster import Change, Ground
from diagnose.roster.recording import EventRefused, record
from questionnaires.clock import day_of
from questionnaires.text import Text

REVIEW = timedelta(days=92)  # exemptions are looked at again each quarter

BY_ROSTER = "by_roster"
"""The fact of a move that follows what the roster holds already, with its proof."""

CHANGES: Mapping[str, Change] = {"exempt": Change.EXEMPTED, "readmit": Change.READMITTED}


def tell_roster(
    session: Session, diagnosis: Diagnosis, wanted: Wanted, actor: Actor
) -> tuple[Text, ...]:
    """Record on the roster what a move says of the firm; what stands against it, if anything.

    Of its facts, “ground” is a `Ground` and “review_on” the day, in ISO form, on which the
    exemption is looked at again. A firm that the roster no longer exempts need not be readmitted
    there, and a move that follows the roster is not told back to it.
    """
    change, facts = CHANGES.get(wanted.move), wanted.facts
    firm = session.get(Firm, diagnosis.firm_id)
    if change is None or firm is None or facts.get(BY_ROSTER):
        return ()
    day = day_of(actor.moment)
    exempts = change == Change.EXEMPTED
    if not exempts and not _is_exempt(session, firm, day):
        return ()
    try:
        record(
            session,
            actor,
            firm,
            change,
            day,
            facts={"ground": int(str(facts.get("ground", int(Ground.OTHER))))} if exempts else {},
            reason=wanted.reason,
            asked_by=wanted.asked_by,
            proof_id=_proof(session, diagnosis) if exempts else None,
            review_on=_review(facts, day) if exempts else None,
        )
    except EventRefused as refused:
        return refused.problems
    return ()


def _is_exempt(session: Session, firm: Firm, day: date) -> bool:
    ground = session.scalar(
        select(Spell.ground).where(
            Spell.firm_id == firm.id,
            Spell.district == firm.district,
            col(Spell.since) <= day,
            or_(col(Spell.until).is_(None), col(Spell.until) > day),
        )
    )
    return bool(ground)


def _proof(session: Session, diagnosis: Diagnosis) -> int | None:
    return session.scalar(
        select(func.max(col(Attachment.id))).where(
            Attachment.diagnosis_id == diagnosis.id, Attachment.purpose == Purpose.PROOF
        )
    )


def _review(facts: Mapping[str, object], day: date) -> date:
    asked = facts.get("review_on")
    return date.fromisoformat(str(asked)) if asked else day + REVIEW
