"""Whether providers keep their clocks (按期率): steps done in time, of those that fell due."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from sqlalchemy import Integer, and_, case, func, select, type_coerce
from sqlmodel import Session, col

from diagnose.access import Capability
from diagnose.coverage.panel import RECENT
from diagnose.records import Firm, Stay
from diagnose.workflow.machine import MACHINE

AT_WORK = frozenset({Capability.WORK, Capability.CHECK})
CLOCKS: Mapping[str, int] = MappingProxyType(
    {
        name: state.days
        for name, state in MACHINE.states.items()
        if state.days
        and any(name in move.sources and move.by & AT_WORK for move in MACHINE.moves.values())
    }
)
"""The states that a provider is to leave, each with the days it may take."""

Kept = Mapping[int, tuple[int, int]]


def kept_clocks(session: Session, whose: Any, day: date) -> Kept:
    """By provider: steps done in time, and all whose clock ran out in the year up to `day`.

    `whose` narrows the firms. A step that is still open after its clock is among them, one whose
    clock runs on is not, however it goes. Steps that began and ended on one day keep no stay.
    """
    since, until = type_coerce(Stay.since, Integer), type_coerce(Stay.until, Integer)
    last = since + case(dict(CLOCKS), value=col(Stay.state), else_=0)
    in_time = case((and_(until.is_not(None), until <= last), 1), else_=0)
    rows = session.execute(
        select(col(Stay.provider_id), func.sum(in_time), func.count())
        .join(Firm, col(Firm.id) == Stay.firm_id)
        .where(
            whose,
            col(Stay.state).in_(list(CLOCKS)),
            col(Stay.provider_id).is_not(None),
            last < day.toordinal(),
            last >= (day - RECENT).toordinal(),
        )
        .group_by(col(Stay.provider_id))
    )
    return {provider: (int(done), due) for provider, done, due in rows}
