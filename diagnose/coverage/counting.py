"""Counting coverage on a day: the three figures, their parts, and who is in which state."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from weakref import WeakKeyDictionary

import numpy as np
from sqlalchemy import func
from sqlmodel import Session, col, select

from diagnose.coverage.arrays import NEVER, Flags, Ints
from diagnose.coverage.assessed import Assessed
from diagnose.coverage.counted import Coverage, Frozen, Tally, tenths
from diagnose.coverage.figures import BY, Figures, figures_of
from diagnose.coverage.panel import Day, Panel, panel_of
from diagnose.records import Campaign, Report, Tag
from diagnose.records.roster import Ground, Honour

__all__ = ["BY", "Coverage", "Frozen", "Tally", "count_coverage", "tenths"]

MOST_KEPT = 8
TAGGED = ("street", "park", "chain")


def count_coverage(
    session: Session, district: str, day: date, campaign: Campaign | None = None
) -> Coverage:
    """Count the district on `day`, and a campaign's list where one is given.

    What was counted is kept with the panel, as long as nothing it rests on changed.
    """
    panel = panel_of(session, district)
    at = panel.on(session, day)
    key = (at.day, session.scalar(select(func.max(col(Report.id)))), *_listed(campaign))
    kept = _KEPT.setdefault(panel, OrderedDict())
    known = kept.get(key)
    if known is None or known[0] is not at:
        known = kept[key] = at, _count(session, district, day, campaign)
        while len(kept) > MOST_KEPT:
            kept.popitem(last=False)
    return known[1]


def _listed(campaign: Campaign | None) -> tuple[object, ...]:
    """What a campaign's figure rests on."""
    if campaign is None:
        return ()
    days = (campaign.base_on, campaign.opens_on, campaign.due_on)
    return (campaign.id, campaign.list_version, campaign.frozen_at, *days)


def _count(session: Session, district: str, day: date, campaign: Campaign | None) -> Coverage:
    found = figures_of(session, district, day, campaign)
    names = tag_names(session, district)
    at, held = found.at, found.assessed
    return Coverage(
        district=district,
        day=day,
        total=_tally(found, "", 0, np.ones(found.panel.firms.size, bool)),
        states=_states(found),
        levels=_levels(found),
        by=MappingProxyType({by: _tallies(found, by, names) for by in BY}),
        ever=_sum(found.ever),
        inherited=_sum(at.inherited),
        newcomers=_sum(found.newcomers),
        late=_sum(found.late),
        grounds=_grounds(found),
        list_version=campaign.list_version if campaign else "",
        listed=held.listed if held else 0,
        assessed=_in_all(found, held) if held else None,
        streets=_streets(found, held, names) if held else (),
    )


def tag_names(session: Session, district: str) -> Mapping[int, str]:
    """The streets, parks and chains of a district by id."""
    query = select(Tag.id, Tag.name).where(col(Tag.district) == district)
    return {number: name for number, name in session.execute(query) if number is not None}


def _tally(found: Figures, key: str, code: int, part: Flags) -> Tally:
    at = found.at
    flags = (at.listed, at.exempt, at.covered, at.assessed & at.due)
    listed, excluded, covered, assessed = (_sum(one & part) for one in flags)
    return Tally(key, listed, excluded, covered, assessed, code)


def _tallies(found: Figures, by: str, names: Mapping[int, str]) -> tuple[Tally, ...]:
    if by == "honour":
        return tuple(
            _tally(found, (honour.name or "").lower(), int(honour), found.part(by, int(honour)))
            for honour in Honour
            if (found.part(by, int(honour)) & found.at.listed).any()
        )
    at, codes = found.at, found.codes(by) + 1
    flags = (at.listed, at.exempt, at.covered, at.assessed & at.due)
    most = int(codes.max(initial=0)) + 1
    counts = [np.bincount(codes[one], minlength=most) for one in flags]
    tallies = []
    for code in np.flatnonzero(counts[0]).tolist():
        listed, excluded, covered, assessed = (int(one[code]) for one in counts)
        key = _key(by, code - 1, names)
        tallies.append(Tally(key, listed, excluded, covered, assessed, code - 1))
    return tuple(sorted(tallies, key=lambda tally: (tally.key == "", tally.key)))


def _key(by: str, code: int, names: Mapping[int, str]) -> str:
    if by in TAGGED:
        return names.get(code, "")
    if by == "industry":
        return f"{code:02d}" if code else ""
    if by == "provider":
        return str(code) if code else ""
    return str(code)


def _states(found: Figures) -> Mapping[str, int]:
    at = found.at
    counts = np.bincount(at.state[at.listed], minlength=len(at.states))
    return MappingProxyType({name: int(counts[n]) for n, name in enumerate(at.states) if counts[n]})


def _levels(found: Figures) -> Mapping[int | None, int]:
    counts = np.bincount(found.levels[found.at.covered] + 1)
    held = {(n - 1 if n else None): int(count) for n, count in enumerate(counts) if count}
    return MappingProxyType(held)


def _grounds(found: Figures) -> Mapping[Ground, int]:
    exempt = found.ground[found.at.exempt]
    return MappingProxyType({ground: _sum(exempt == ground) for ground in Ground if ground})


def _streets(found: Figures, held: Assessed, names: Mapping[int, str]) -> tuple[Frozen, ...]:
    parts = _frozen(found, held, held.street, names)
    streets = (part for part in parts if part.firms)
    return tuple(sorted(streets, key=lambda part: (part.key == "", part.key)))


def _in_all(found: Figures, held: Assessed) -> Frozen:
    return _frozen(found, held, np.zeros_like(held.street), {})[0]


def _frozen(
    found: Figures, held: Assessed, code: Ints, names: Mapping[int, str]
) -> Sequence[Frozen]:
    """A campaign's figure for each code from 0 on; each firm has one."""
    most = int(code.max(initial=0)) + 1
    flags = (held.firms, held.out, held.done, held.inherited)
    counts = (np.bincount(code[one], minlength=most).tolist() for one in flags)
    oldest = _oldest(found, np.flatnonzero(held.open), code, most)
    numbers = enumerate(zip(*counts, oldest, strict=True))
    return [Frozen(names.get(each, ""), each, *row) for each, row in numbers]


def _oldest(found: Figures, at: Ints, code: Ints, most: int) -> Sequence[tuple[int, date] | None]:
    """Of each code the firm at these places that is longest on the roster, the first of several."""
    entered, code = found.entered[at], code[at]
    least, first = np.full(most, NEVER), np.full(most, -1)
    np.minimum.at(least, code, entered)
    longest = np.flatnonzero(entered == least[code])[::-1]
    first[code[longest]] = at[longest]  # the last one written stays
    today = found.at.day
    return [
        (int(found.panel.firms[place]), date.fromordinal(min(since, today))) if place >= 0 else None
        for place, since in zip(first.tolist(), least.tolist(), strict=True)
    ]


def _sum(flags: Flags) -> int:
    return int(np.count_nonzero(flags))


_KEPT: WeakKeyDictionary[Panel, OrderedDict[tuple[object, ...], tuple[Day, Coverage]]] = (
    WeakKeyDictionary()
)
