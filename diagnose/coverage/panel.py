"""The panel of a district: its firms and all that coverage rests on, as arrays for any day.

It is read in a constant number of statements and kept in each process until one of the tables it
rests on has a new row; what a day adds (who is in which state, who assessed itself) is read when
that day is first asked for.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from threading import RLock
from weakref import WeakKeyDictionary

import numpy as np
from sqlalchemy import Engine, func, or_, select
from sqlmodel import Session, col

from diagnose.coverage.arrays import (
    Flags,
    Ints,
    number,
    packed,
    places,
    read,
    read_by,
    unpacked,
)
from diagnose.coverage.loading import (
    Links,
    Reports,
    Spells,
    read_links,
    read_reports,
    read_spells,
)
from diagnose.records import Assessment, Judgement, Report, RosterEvent, Spell, Stay, Transfer
from diagnose.records.roster import Listing
from questionnaires.clock import HERE

Stamp = tuple[int, ...]

MOST_PANELS = 8
MOST_DAYS = 4
RECENT = timedelta(days=365)  # a self-assessment counts so long
NO_DIAGNOSIS = "none"
NO_LEVEL = -1
REPORT = 30  # bits that hold the version of a report and its level


@dataclass(frozen=True, slots=True)
class Day:
    """How every firm of the panel stands on a day, a place each.

    `spell` is the firm's spell of the day and `last` the latest so far, -1 where there is none.
    `listed` are on the roster, `exempt` those of them left out, `covered` those due with a valid
    report, `inherited` those of them that have it from a firm that merged into them. `state` is a
    place in `states`, `provider` who diagnoses or diagnosed, 0 where nobody does.
    """

    day: int
    spell: Ints
    last: Ints
    listed: Flags
    exempt: Flags
    covered: Flags
    inherited: Flags
    assessed: Flags
    state: Ints
    states: tuple[str, ...]
    provider: Ints
    diagnosis: Ints
    covering: Ints

    @property
    def due(self) -> Flags:
        """The denominator of the dynamic figure."""
        return self.listed & ~self.exempt


@dataclass(slots=True, eq=False, weakref_slot=True)
class Panel:
    """The firms of a district (`firms`: their ids, in order) with what is known of each."""

    district: str
    firms: Ints
    spells: Spells
    reports: Reports
    merged: Links
    split: Links
    foreign: Ints
    _days: OrderedDict[int, tuple[Stamp, Day]] = field(default_factory=OrderedDict)
    _levels: tuple[Stamp, Ints, Ints] | None = None

    def on(self, session: Session, day: date) -> Day:
        """How the firms stand on `day`; read anew where a sheet was handed in since."""
        number_, stamp = day.toordinal(), _stamp_of_sheets(session)
        known = self._days.get(number_)
        if known is None or known[0] != stamp:
            known = self._days[number_] = stamp, self._day(session, day)
            while len(self._days) > MOST_DAYS:
                self._days.popitem(last=False)
        return known[1]

    def valid(self, day: int) -> Flags:
        """The reports that are valid on a day."""
        held = self.reports
        return (held.counts <= day) & (held.until > day) & (held.valid >= day)

    def ever(self, day: int) -> Flags:
        """Firms diagnosed by this programme up to a day; reopened reports wait for acceptance."""
        held = self.reports
        taken_back = held.reopened & (held.until <= day)
        rows = (held.accepted <= day) & ~taken_back & ~held.inherited & ~held.brought
        return self.marked(rows)

    def marked(self, rows: Flags) -> Flags:
        """The firms that some of the reports belong to."""
        found = np.zeros(self.firms.size, bool)
        found[self.reports.firm[rows]] = True
        return found

    def last_spells(self, day: int) -> Ints:
        """The latest spell of each firm that began by a day, -1 where there is none."""
        found = np.full(self.firms.size, -1)
        begun = np.flatnonzero(self.spells.since <= day)
        found[self.spells.firm[begun]] = begun
        return found

    def levels(self, session: Session, at: Day) -> Ints:
        """The verified level that each firm's covering report found, -1 where it judged none."""
        stamp = (session.scalar(select(func.max(col(Report.id)))) or 0,)
        if self._levels is None or self._levels[0] != stamp:
            level = number(Report.version) * 1024 + number(Report.level, NO_LEVEL) + 1
            [found] = read(session, packed(col(Report.diagnosis_id), level, REPORT))
            ordered = np.sort(found)
            diagnosis, level = unpacked(ordered, REPORT)
            last = np.append(diagnosis[1:] != diagnosis[:-1], True)[: ordered.size]
            self._levels = stamp, diagnosis[last], level[last] % 1024 - 1
        _stamp, known, levels = self._levels
        at_report = places(at.covering, known)
        return np.where(at_report >= 0, levels[at_report], NO_LEVEL) if known.size else at_report

    def _day(self, session: Session, day: date) -> Day:
        number_ = day.toordinal()
        last = self.last_spells(number_)
        there = last >= 0
        there[there] = self.spells.until[last[there]] > number_
        spell = np.where(there, last, -1)
        due = there & self.spells.plain[spell]
        listed = due | (there & (self.spells.listing[spell] == Listing.LISTED))
        exempt = listed & ~due
        valid = self.valid(number_)
        covered = self.marked(valid) & due
        covering = np.zeros(self.firms.size, np.int64)
        covering[self.reports.firm[valid]] = self.reports.diagnosis[valid]
        states, state, provider, diagnosis = self._states(session, number_)
        return Day(
            day=number_,
            spell=spell,
            last=last,
            listed=listed,
            exempt=exempt,
            covered=covered,
            inherited=covered & ~self.marked(valid & ~self.reports.inherited),
            assessed=self._assessed(session, day),
            state=_told(states, state, exempt, covered),
            states=states,
            provider=provider,
            diagnosis=diagnosis,
            covering=covering,
        )

    def _states(self, session: Session, day: int) -> tuple[tuple[str, ...], Ints, Ints, Ints]:
        """The state and the provider of each firm's latest diagnosis."""
        found = read_by(
            session,
            col(Stay.state),
            *map(number, (Stay.firm_id, Stay.diagnosis_id, Stay.provider_id)),
            where=(
                col(Stay.since) <= date.fromordinal(day),
                or_(col(Stay.until).is_(None), col(Stay.until) > date.fromordinal(day)),
            ),
        )
        states = tuple(dict.fromkeys([NO_DIAGNOSIS, "exempt", "done", "expired", *sorted(found)]))
        latest, state, provider = (np.zeros(self.firms.size, np.int64) for _ in range(3))
        held = {name: self._own(*columns) for name, columns in found.items()}
        for at, diagnosis, _house in held.values():
            np.maximum.at(latest, at, diagnosis)
        for name, (at, diagnosis, house) in held.items():
            newest = diagnosis == latest[at]
            provider[at[newest]], state[at[newest]] = house[newest], states.index(name)
        return states, state, provider, latest

    def _own(self, firm: Ints, diagnosis: Ints, house: Ints) -> tuple[Ints, Ints, Ints]:
        """The places of the firms of this panel, with what belongs to them."""
        at = places(firm, self.firms)
        own = at >= 0
        if self.foreign.size:
            own &= ~np.isin(diagnosis, self.foreign)
        return at[own], diagnosis[own], house[own]

    def _assessed(self, session: Session, day: date) -> Flags:
        """Who handed in a self-assessment within a year."""
        end = datetime.combine(day + timedelta(days=1), time(), HERE)
        begin = datetime.combine(day, time(), HERE) - RECENT
        submitted = col(Assessment.submitted_at)
        where = (submitted >= begin, submitted < end)
        [firm] = read(session, number(Assessment.firm_id), where=where)
        found = np.zeros(self.firms.size, bool)
        at = places(firm, self.firms)
        found[at[at >= 0]] = True
        return found


def panel_of(session: Session, district: str) -> Panel:
    """The panel of a district, kept in this process while nothing new was written.

    Ask before writing: what a transaction has written and then takes back must not be kept.
    """
    engine = session.get_bind()
    assert isinstance(engine, Engine)
    stamp = _stamp(session)
    with _LOCK:
        held = _HELD.setdefault(engine, OrderedDict())
        known = held.get(district)
        if known is None or known[0] != stamp:
            known = held[district] = stamp, _read(session, district)
        held.move_to_end(district)
        while len(held) > MOST_PANELS:
            held.popitem(last=False)
    return known[1]


_HELD: WeakKeyDictionary[Engine, OrderedDict[str, tuple[Stamp, Panel]]] = WeakKeyDictionary()
_LOCK = RLock()


def _read(session: Session, district: str) -> Panel:
    spells, ids = read_spells(session, district)
    merged, split = read_links(session, ids)
    reports, foreign = read_reports(session, district, ids, spells, merged)
    return Panel(district, ids, spells, reports, merged, split, foreign)


def _stamp(session: Session) -> Stamp:
    """Changes with every write that a panel rests on: ids grow, and none ever comes back."""
    ids = (RosterEvent.id, Spell.id, Stay.id, Transfer.id)
    largest = [select(func.max(column)).scalar_subquery() for column in ids]
    transfers = select(func.count()).select_from(Transfer).scalar_subquery()
    return tuple(value or 0 for value in session.execute(select(*largest, transfers)).one())


def _stamp_of_sheets(session: Session) -> Stamp:
    """Changes with every sheet handed in: that is when it is judged."""
    ids = (Assessment.id, Judgement.id)
    largest = [select(func.max(column)).scalar_subquery() for column in ids]
    return tuple(value or 0 for value in session.execute(select(*largest)).one())


def _told(states: tuple[str, ...], state: Ints, exempt: Flags, covered: Flags) -> Ints:
    """States as figures show them: exempt is who is left out, done whose report is valid."""
    place: Mapping[str, int] = {name: at for at, name in enumerate(states)}
    told = np.where((state == place["done"]) & ~covered, place["expired"], state)
    told = np.where(state == place["exempt"], place[NO_DIAGNOSIS], told)
    return np.where(exempt, place["exempt"], told)
