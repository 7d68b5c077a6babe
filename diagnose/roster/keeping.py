"""What follows from events, written anew: spells, and the firms' rows as of today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, insert, update
from sqlmodel import Session, col, select

from diagnose.records import Firm
from diagnose.records.roster import Listing, RosterEvent, Spell, TagKind
from diagnose.roster.projection import fold
from diagnose.roster.stands import FACTS, Event, Folded, Span
from diagnose.roster.tags import tag_ids
from questionnaires.clock import day_of

AT_ONCE = 500
AHEAD = timedelta(days=366)
"""So far ahead an event may be recorded."""
READ = ("firm_id", "id", "change", "effective_on", "facts", "voids_id")

Names = Mapping[TagKind, Mapping[str, int]]


def refold(session: Session, district: str, firm_ids: Iterable[int], day: date) -> None:
    """Write the spells of firms in a district anew, and their rows as they stand on `day`."""
    wanted = list(firm_ids)
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        folded = histories(session, district, some)
        _write_spells(session, district, some, folded)
        _write_firms(session, district, some, folded, day)
    session.flush()


def histories(session: Session, district: str, firm_ids: Sequence[int]) -> Mapping[int, Folded]:
    """The folded history of each firm that has events in the district."""
    held = events_of(session, district, firm_ids)
    return {firm_id: fold(events) for firm_id, events in held.items()}


def events_of(
    session: Session, district: str, firm_ids: Sequence[int]
) -> Mapping[int, Sequence[Event]]:
    """The events of each firm that has any in the district."""
    events: defaultdict[int, list[Event]] = defaultdict(list)
    columns: list[Any] = [getattr(RosterEvent, name) for name in READ]
    own = (col(RosterEvent.firm_id).in_(firm_ids), col(RosterEvent.district) == district)
    for row in session.execute(select(*columns).where(*own)):
        events[row.firm_id].append(row)
    return events


def come_due(session: Session, day: date) -> Mapping[str, list[int]]:
    """The firms by district with an event that was recorded ahead of its day and counts by now."""
    columns: list[Any] = [
        RosterEvent.district,
        RosterEvent.firm_id,
        RosterEvent.effective_on,
        RosterEvent.recorded_at,
    ]
    span = (col(RosterEvent.effective_on) <= day, col(RosterEvent.effective_on) > day - AHEAD)
    found: defaultdict[str, set[int]] = defaultdict(set)
    for district, firm_id, effective_on, recorded_at in session.execute(
        select(*columns).where(*span)
    ):
        if day_of(recorded_at) < effective_on:
            found[district].add(firm_id)
    return {district: sorted(firm_ids) for district, firm_ids in found.items()}


def spell_rows(
    session: Session, district: str, spans: Iterable[tuple[int, Span]]
) -> list[dict[str, Any]]:
    """Rows of the table of spells from spans of firms; streets, parks, chains become tags."""
    held = [(firm_id, span, span.stand.counted) for firm_id, span in spans]
    at = {TagKind.STREET: 4, TagKind.PARK: 5, TagKind.CHAIN: 6}
    tags: Names = {
        kind: tag_ids(session, district, kind, (counted[place] for _, _, counted in held))
        for kind, place in at.items()
    }
    return [_row(district, firm_id, span, counted, tags) for firm_id, span, counted in held]


def _row(
    district: str, firm_id: int, span: Span, counted: tuple[Any, ...], tags: Names
) -> dict[str, Any]:
    listing, ground, stopped, entered, street, park, chain, division, size, honours = counted
    return {
        "firm_id": firm_id,
        "district": district,
        "since": span.since,
        "until": span.until,
        "listing": int(listing),
        "ground": int(ground),
        "stopped": stopped,
        "entered": entered,
        "street_id": tags[TagKind.STREET].get(street),
        "park_id": tags[TagKind.PARK].get(park),
        "chain_id": tags[TagKind.CHAIN].get(chain),
        "division": division,
        "size": size,
        "honours": honours,
    }


def _write_spells(
    session: Session, district: str, firm_ids: Sequence[int], folded: Mapping[int, Folded]
) -> None:
    own = (col(Spell.firm_id).in_(firm_ids), col(Spell.district) == district)
    session.exec(delete(Spell).where(*own).execution_options(synchronize_session=False))
    spans = [(firm_id, span) for firm_id, held in folded.items() for span in held.spells()]
    rows = spell_rows(session, district, spans)
    if rows:
        session.exec(insert(Spell), params=rows)


def _write_firms(
    session: Session,
    district: str,
    firm_ids: Sequence[int],
    folded: Mapping[int, Folded],
    day: date,
) -> None:
    """Bring rows in step; a firm that answers to another district by now is left alone."""
    columns: list[Any] = [getattr(Firm, name) for name in ("id", *FACTS, "on_roster")]
    own = (col(Firm.id).in_(firm_ids), col(Firm.district) == district)
    session.flush()
    known = session.execute(select(*columns).where(*own))
    changed = []
    for row in known.mappings():
        told = as_of(folded.get(row["id"]), day)
        differing = {name: value for name, value in told.items() if row[name] != value}
        if differing:
            changed.append({**row, **differing})
    if changed:
        session.execute(update(Firm), changed)
        gone_stale = {row["id"] for row in changed}
        for held in list(session.identity_map.values()):
            if isinstance(held, Firm) and held.id in gone_stale:
                session.expire(held)


def as_of(folded: Folded | None, day: date) -> dict[str, Any]:
    """What the row of a firm says as of a day, as far as its events tell."""
    stand = folded.on(day) if folded else None
    if stand is None:
        return {"on_roster": False}
    facts = {name: stand.facts[name] for name in FACTS if name in stand.facts}
    return facts | {"on_roster": stand.listing == Listing.LISTED}
