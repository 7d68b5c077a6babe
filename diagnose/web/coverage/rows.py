"""The firms of a list of coverage as they stood on its day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
from sqlalchemy import exists
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from diagnose.coverage import Figures
from diagnose.coverage.arrays import Ints, places
from diagnose.coverage.counting import tag_names
from diagnose.records import Firm, RosterEvent
from diagnose.records.roster import Change
from diagnose.roster.past import changed_facts
from diagnose.roster.words import GROUNDS, LISTINGS
from diagnose.web.coverage.naming import providers
from diagnose.web.judging import size_name
from diagnose.web.languages import told
from diagnose.web.roster.listing import state_title
from models.firms import industry_name

AT_ONCE = 5_000
NAMING = (Change.RENAMED, Change.RECODED)


@dataclass(frozen=True, slots=True)
class Row:
    """A firm of a list as it stood on the day; `ours` says that its own page may be opened."""

    id: int
    uscc: str
    name: str
    ours: bool
    street: str
    industry: str
    size: str
    listing: str
    entered: date | None
    state: str
    provider: str
    ground: str
    since: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class Names:
    """What codes are called in the language of the request, each looked up once for a list."""

    streets: Mapping[int, str]
    industry: Callable[[int], str]
    size: Callable[[int], str]
    listing: Callable[[int], str]
    ground: Callable[[int], str]
    state: Callable[[str], str]
    providers: Mapping[int, str]


def rows_of(session: Session, found: Figures, ids: Ints) -> list[Row]:
    """The firms of a list as they stood on its day, in its order."""
    names, reasons = _names(session, found.panel.district), _reasons(session, found, ids)
    day, ours = date.fromordinal(found.at.day), found.panel.district
    then = changed_facts(session, ours, day, ids.tolist(), NAMING)
    held: dict[int, Row] = {}
    for start in range(0, ids.size, AT_ONCE):
        some = ids[start : start + AT_ONCE].tolist()
        query = select(Firm.id, Firm.uscc, Firm.name, Firm.district).where(col(Firm.id).in_(some))
        at = dict(zip(some, places(np.array(some), found.panel.firms).tolist(), strict=True))
        for number, uscc, name, district in session.execute(query):
            said = then.get(number, {})
            firm = (number, said.get("uscc", uscc), said.get("name", name), district == ours)
            held[number] = _row(found, at[number], firm, names, reasons)
    return [held[number] for number in ids.tolist() if number in held]


def _names(session: Session, district: str) -> Names:
    return Names(
        streets=tag_names(session, district),
        industry=cache(lambda code: told(industry_name(f"{code:02d}" if code else ""))),
        size=cache(lambda size: told(size_name(size))),
        listing=cache(lambda listing: told(LISTINGS[listing])),
        ground=cache(lambda ground: told(GROUNDS[ground])),
        state=cache(state_title),
        providers=providers(session),
    )


def _row(
    found: Figures,
    place: int,
    firm: tuple[int, str, str, bool],
    names: Names,
    reasons: Mapping[int, str],
) -> Row:
    spells, at, last = found.panel.spells, found.at, int(found.at.last[place])
    known, exempt = last >= 0, bool(at.exempt[place])
    return Row(
        *firm,
        street=names.streets.get(int(spells.street[last]), ""),
        industry=names.industry(int(spells.division[last])),
        size=names.size(int(spells.size[last])),
        listing=names.listing(int(spells.listing[last])),
        entered=date.fromordinal(int(spells.entered[last])) if known else None,
        state=names.state(at.states[int(at.state[place])]),
        provider=names.providers.get(int(at.provider[place]), ""),
        ground=names.ground(int(spells.ground[last])) if exempt else "",
        since=date.fromordinal(int(spells.ground_since[last])) if exempt else None,
        reason=reasons.get(firm[0], "") if exempt else "",
    )


def _reasons(session: Session, found: Figures, ids: Ints) -> Mapping[int, str]:
    """What the roster says why firms are exempt: the last exemption up to the day, if not void."""
    void = aliased(RosterEvent)
    exempt = ids[found.at.exempt[places(ids, found.panel.firms)]]
    reasons: dict[int, str] = {}
    for start in range(0, exempt.size, AT_ONCE):
        query = (
            select(RosterEvent.firm_id, RosterEvent.reason)
            .where(
                col(RosterEvent.firm_id).in_(exempt[start : start + AT_ONCE].tolist()),
                RosterEvent.district == found.panel.district,
                RosterEvent.change == Change.EXEMPTED,
                ~exists().where(col(void.voids_id) == RosterEvent.id),
                col(RosterEvent.effective_on) <= date.fromordinal(found.at.day),
            )
            .order_by(col(RosterEvent.effective_on), col(RosterEvent.id))
        )
        reasons.update(tuple(row) for row in session.execute(query))
    return reasons
