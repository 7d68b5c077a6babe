"""What a panel holds, read from the database in a constant number of statements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import Integer, cast, exists, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from diagnose.coverage.arrays import (
    NEVER,
    Flags,
    Ints,
    distinct,
    number,
    packed,
    pairs,
    places,
    read,
    read_by,
    unpacked,
)
from diagnose.records import Firm, RosterEvent, Spell, Stay, Transfer
from diagnose.records.roster import ANSWERING, Change, Ground, Listing

DAY = 22  # bits that hold every day
FACTS = 30  # bits that hold what is small of a spell
TAG = 31


@dataclass(frozen=True, slots=True)
class Spells:
    """How firms stood, in order of firm and day; `firm` is a place in the panel's firms.

    `since` and `ground_since` begin a firm's present listing and exemption: spells that follow
    one another without a change of these are one run. `plain` ones are listed and not exempt.
    """

    firm: Ints
    since: Ints
    until: Ints
    listing: Ints
    ground: Ints
    stopped: Flags
    entered: Ints
    street: Ints
    park: Ints
    chain: Ints
    division: Ints
    size: Ints
    honours: Ints
    listing_since: Ints
    ground_since: Ints
    plain: Flags


@dataclass(frozen=True, slots=True)
class Reports:
    """Accepted reports: a row for each unbroken time in which one was accepted.

    `accepted` is the day of acceptance, `counts` the day from which the row counts for its firm,
    `until` the day on which it was reopened or declared expired, `valid` its last day of validity.
    `reopened` tells which of the two ended it. `inherited` came with a merger, `brought` from
    another district.
    """

    firm: Ints
    accepted: Ints
    counts: Ints
    until: Ints
    valid: Ints
    reopened: Flags
    inherited: Flags
    brought: Flags
    diagnosis: Ints

    def take(self, rows: Any, **changes: Any) -> Reports:
        """Some of the rows, with changes."""
        kept = {name: getattr(self, name)[rows] for name in self.__slots__}
        return Reports(**(kept | changes))

    def __add__(self, other: Reports) -> Reports:
        return Reports(
            *(
                np.concatenate((getattr(self, name), getattr(other, name)))
                for name in self.__slots__
            )
        )


@dataclass(frozen=True, slots=True)
class Links:
    """Firms that go on in another from a day on: `old` in `new`, places in the panel's firms."""

    old: Ints
    new: Ints
    day: Ints

    def by(self, day: int) -> Links:
        """Those of a day."""
        return self.only(self.day <= day)

    def only(self, rows: Flags) -> Links:
        """Some of them."""
        return Links(self.old[rows], self.new[rows], self.day[rows])


def read_spells(session: Session, district: str) -> tuple[Spells, Ints]:
    """The spells of a district, and the ids of its firms in order, those never listed included.

    The last one is nobody's and never begins, so that place -1 is there even without spells.
    """
    held = _packed_spells(session, district)
    [own] = read(session, number(Firm.id), where=(col(Firm.district) == district,))
    when, span, sites, facts = (np.append(column, 0) for column in held)
    ids, since = unpacked(when, DAY)
    until, entered = unpacked(span, DAY)
    until[until == 0] = NEVER
    firms = distinct(np.concatenate((ids[:-1], own)))
    firm = places(ids, firms)
    begins = np.append(True, (ids[1:] != ids[:-1]) | (since[1:] != until[:-1]))
    street, facts = unpacked(facts, FACTS)
    chain, park = unpacked(sites, TAG)
    listing, ground = facts & 7, facts >> 3 & 7
    none = ((firm, firms.size), (since, NEVER), (entered, NEVER), (listing, int(Listing.BELOW)))
    for column, value in none:
        column[-1] = value
    spells = Spells(
        firm=firm,
        since=since,
        until=until,
        listing=listing,
        ground=ground,
        stopped=(facts & 64).astype(bool),
        entered=entered,
        street=street,
        park=park,
        chain=chain,
        division=facts >> 10 & 127,
        size=(facts >> 7 & 7) - 1,
        honours=facts >> 17,
        listing_since=_run_since(begins, listing, since),
        ground_since=_run_since(begins, ground, since),
        plain=(listing == Listing.LISTED) & (ground == Ground.NONE),
    )
    return spells, firms


def _packed_spells(session: Session, district: str) -> list[Ints]:
    """Firm and beginning, end and entry, chain and park, street and facts, in order."""
    facts = (
        col(Spell.listing)
        + col(Spell.ground) * 8
        + cast(col(Spell.stopped), Integer) * 64
        + (col(Spell.size) + 1) * 128
        + col(Spell.division) * 1024
        + col(Spell.honours) * (1 << 17)
    )
    held = read(
        session,
        packed(col(Spell.firm_id), number(Spell.since), DAY),
        packed(number(Spell.until), number(Spell.entered), DAY),
        packed(number(Spell.chain_id), number(Spell.park_id), TAG),
        packed(number(Spell.street_id), facts, FACTS),
        where=(col(Spell.district) == district,),
    )
    if np.any(held[0][1:] < held[0][:-1]):
        order = np.argsort(held[0])
        held = [column[order] for column in held]
    return held


def read_links(session: Session, ids: Ints) -> tuple[Links, Links]:
    """Mergers and splits among these firms that were not taken back."""
    void = aliased(RosterEvent)
    found = read_by(
        session,
        col(RosterEvent.change),
        *map(number, (RosterEvent.firm_id, RosterEvent.other_id, RosterEvent.effective_on)),
        where=(
            col(RosterEvent.other_id) > 0,
            ~exists().where(col(void.voids_id) == RosterEvent.id),
        ),
    )
    none = [np.empty(0, np.int64)] * 3
    old, new, day = found.get(Change.MERGED, none)
    merged = Links(places(old, ids), places(new, ids), day)
    child, parent, day_of_split = found.get(Change.ENTERED, none)
    split = Links(places(parent, ids), places(child, ids), day_of_split)
    return _known(merged), _known(split)


def read_reports(
    session: Session, district: str, ids: Ints, spells: Spells, merged: Links
) -> tuple[Reports, Ints]:
    """What was ever accepted or brought along, and the diagnoses made in other districts."""
    columns = (Stay.firm_id, Stay.diagnosis_id, Stay.since, Stay.until, Stay.valid_until)
    held = read_by(
        session,
        col(Stay.state),
        *map(number, columns),
        where=(col(Stay.state).in_(("done", "expired")),),
    )
    none = [np.empty(0, np.int64)] * len(columns)
    firm, diagnosis, since, until, valid = held.get("done", none)
    _firms, ended, ended_on, *_rest = held.get("expired", none)
    expired = np.isin(_moments(diagnosis, until), _moments(ended, ended_on))
    at, no = places(firm, ids), np.zeros(firm.size, bool)
    until = np.where(until == 0, NEVER, until)
    reopened = (until < NEVER) & ~expired
    valid = np.where(valid == 0, NEVER, valid)
    own = Reports(at, since, since, until, valid, reopened, no, no, diagnosis).take(at >= 0)
    foreign = _made_elsewhere(session, district, ids, spells, own)
    reports = own.take(~foreign) + _brought(session, district, ids)
    return _inherit(reports, merged), distinct(own.diagnosis[foreign])


def _run_since(begins: Flags, value: Ints, since: Ints) -> Ints:
    """When the run of equal values began to which each spell belongs."""
    starts = begins.copy()
    starts[1:] |= value[1:] != value[:-1]
    first = np.maximum.accumulate(np.where(starts, np.arange(since.size), 0))
    return since[first]


def _known(links: Links) -> Links:
    kept = (links.old >= 0) & (links.new >= 0) & (links.old != links.new)
    order = np.flatnonzero(kept)[np.argsort(links.old[kept], kind="stable")]
    return Links(links.old[order], links.new[order], links.day[order])


def _moments(diagnosis: Ints, day: Ints) -> Ints:
    return (diagnosis << 22) + day


def _made_elsewhere(
    session: Session, district: str, ids: Ints, spells: Spells, reports: Reports
) -> Flags:
    """Which reports were accepted while their firm answered to another district."""
    here = aliased(Spell)
    firm, since, until = read(
        session,
        *map(number, (Spell.firm_id, Spell.since, Spell.until)),
        where=(
            # Not “!=”: on both sides of a name an index is entered, and often there is nothing.
            or_(col(Spell.district) < district, col(Spell.district) > district),
            col(Spell.listing) != Listing.MOVED_OUT,
            exists().where(col(here.district) == district, col(here.firm_id) == Spell.firm_id),
        ),
    )
    there = _within(reports, places(firm, ids), since, np.where(until == 0, NEVER, until))
    if not there.any():
        return there
    own = np.isin(spells.listing, ANSWERING)
    return there & ~_within(reports, spells.firm[own], spells.since[own], spells.until[own])


def _within(reports: Reports, firm: Ints, since: Ints, until: Ints) -> Flags:
    """Which reports were accepted within a span of their firm."""
    order = np.argsort(firm, kind="stable")
    row, span = pairs(reports.firm, firm[order])
    span = order[span]
    held = (since[span] <= reports.accepted[row]) & (reports.accepted[row] < until[span])
    found = np.zeros(reports.firm.size, bool)
    found[row[held]] = True
    return found


def _brought(session: Session, district: str, ids: Ints) -> Reports:
    columns = (Transfer.firm_id, Transfer.accepted_on, Transfer.valid_until)
    where = (col(Transfer.district) == district,)
    firm, accepted, valid = read(session, *map(number, columns), where=where)
    no, none = np.zeros(firm.size, bool), np.zeros(firm.size, np.int64)
    until, at = np.full(firm.size, NEVER), places(firm, ids)
    return Reports(at, accepted, accepted, until, valid, no, no, ~no, none).take(at >= 0)


def _inherit(reports: Reports, merged: Links) -> Reports:
    """A successor has the reports of the firms that merged into it, from that day on."""
    fresh, found = reports, reports
    for _merger_after_merger in range(10):
        row, link = pairs(fresh.firm, merged.old)
        if not row.size:
            break
        fresh = fresh.take(
            row,
            firm=merged.new[link],
            counts=np.maximum(fresh.counts[row], merged.day[link]),
            inherited=np.ones(row.size, bool),
        )
        found = found + fresh
    return found
