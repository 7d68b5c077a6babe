"""Lists that only the internal edition prints: changes, exemptions, what is due next."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import Any

import numpy as np
from sqlalchemy import Integer, case, func, or_, type_coerce
from sqlmodel import Session, col, select

from diagnose.bulletins.progress import firm_names
from diagnose.coverage import Figures
from diagnose.records import CLOSED, Firm, RosterEvent, Stay
from diagnose.records.roster import Change
from diagnose.workflow import MACHINE

Lines = dict[str, Any]

MOST_LINES = 30
QUIET = (Change.DESCRIBED, Change.VOIDED)


def changes_of(session: Session, district: str, month: date, day: date) -> Lines:
    """The roster's changes from the first of a month to `day`, by day."""
    where = (
        RosterEvent.district == district,
        col(RosterEvent.effective_on) >= month,
        col(RosterEvent.effective_on) <= day,
        col(RosterEvent.change).not_in(QUIET),
        col(RosterEvent.id).not_in(
            select(RosterEvent.voids_id).where(col(RosterEvent.voids_id).is_not(None))
        ),
    )
    rows = session.execute(
        select(col(Firm.name), col(RosterEvent.change), col(RosterEvent.effective_on))
        .join(Firm, col(Firm.id) == RosterEvent.firm_id)
        .where(*where)
        .order_by(col(RosterEvent.effective_on), col(RosterEvent.id))
        .limit(MOST_LINES)
    ).all()
    return {
        "of": session.exec(select(func.count()).select_from(RosterEvent).where(*where)).one(),
        "lines": [
            {"firm": firm, "change": change, "day": on.isoformat()} for firm, change, on in rows
        ],
    }


def exclusions_of(session: Session, found: Figures) -> Lines:
    """The firms that are exempt, since when and on which ground."""
    places = np.flatnonzero(found.at.exempt)
    spells, last = found.panel.spells, found.at.last
    places = places[np.argsort(spells.since[last[places]], kind="stable")]
    shown = places[:MOST_LINES]
    names = firm_names(session, found.panel.firms[shown].tolist())
    return {
        "of": int(places.size),
        "lines": [
            {
                "firm": names[int(found.panel.firms[place])],
                "since": date.fromordinal(int(spells.since[last[place]])).isoformat(),
                "ground": int(spells.ground[last[place]]),
            }
            for place in shown.tolist()
        ],
    }


def due_after(session: Session, district: str, day: date) -> Lines:
    """Steps that were open on `day` and whose clock runs out in the month after it."""
    from_ = day + timedelta(days=1)
    until = from_.replace(day=calendar.monthrange(from_.year, from_.month)[1])
    clocks = {name: each.days for name, each in MACHINE.states.items() if each.days}
    ends = type_coerce(Stay.since, Integer) + case(clocks, value=col(Stay.state), else_=0)
    rows = session.execute(
        select(col(Firm.name), col(Stay.state), ends)
        .join(Firm, col(Firm.id) == Stay.firm_id)
        .where(
            col(Firm.district) == district,
            col(Stay.state).in_([name for name in clocks if name not in CLOSED]),
            col(Stay.since) <= day,
            or_(col(Stay.until).is_(None), col(Stay.until) > day),
            ends >= from_.toordinal(),
            ends <= until.toordinal(),
        )
        .order_by(ends, col(Stay.diagnosis_id))
    ).all()
    return {
        "of": len(rows),
        "lines": [
            {"firm": firm, "state": state, "due": date.fromordinal(due).isoformat()}
            for firm, state, due in rows[:MOST_LINES]
        ],
    }
